/** Prints the JSON Schema of exercises, so that an editor checks and completes them; `--write` puts it beside them. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exerciseJsonSchema } from "../../src/reflect/exercise/server/exercise-json-schema.ts";
import type { Given } from "./given.ts";

export async function run({ home, flags }: Given): Promise<number> {
  const schema = exerciseJsonSchema();
  if (flags.has("write")) {
    await writeFile(join(home, "content/exercises/schema.json"), schema);
    console.error("Written to content/exercises/schema.json.");
  } else process.stdout.write(schema);
  return 0;
}
