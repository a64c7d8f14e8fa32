/** The schema of exercises for editors, made of the one that the check uses: it can't say something else. */
import { toJsonSchema } from "@valibot/to-json-schema";
import { exerciseSchema } from "../exercise.ts";

/** As it lies in content/exercises/schema.json. Rules between fields are no part of it; `content check` has them. */
export function exerciseJsonSchema(): string {
  const schema = toJsonSchema(exerciseSchema, { errorMode: "ignore", target: "draft-07" });
  const head = {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "schema.json",
    title: "An exercise of Callroom",
    description: "Made by `callroom content schema --write`. Change src/reflect/exercise instead.",
  };
  return `${JSON.stringify({ ...schema, ...head }, null, 2)}\n`;
}
