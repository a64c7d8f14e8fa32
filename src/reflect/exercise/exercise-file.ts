/** A file in content/exercises/, read: what does not fit the schema is refused with the place of each fault. */
import * as v from "valibot";
import type { ContentRefusal } from "#library/content-file.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { exerciseSchema, type Exercise } from "./exercise.ts";

export function readExercise(raw: unknown): Result<Exercise, ContentRefusal> {
  const parsed = v.safeParse(exerciseSchema, raw);
  if (parsed.success) return ok(parsed.output);
  return refuse({
    type: "Malformed",
    faults: parsed.issues.map((issue) => ({
      at: (issue.path ?? []).map((step) => step.key as string | number),
      message: issue.message,
    })),
  });
}
