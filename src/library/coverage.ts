/** Which text, screen or report carries each numbered thing the mission names. */
import * as v from "valibot";

/** `content:check-in/full#recovery-gives-back` (a file, and an id inside it), or `screen:/crisis`. */
const pointerSchema = v.pipe(
  v.string(),
  v.regex(/^(content:[a-z0-9/-]+(#[a-z0-9-]+)?|screen:\/[a-z0-9/-]*)$/),
);

export const COVERAGE_ITEMS = 126;

export const coverageSchema = v.objectWithRest(
  { kind: v.literal("coverage"), state: v.picklist(["partial", "whole"]) },
  v.pipe(v.array(pointerSchema), v.minLength(1)),
);
export type Coverage = v.InferOutput<typeof coverageSchema>;
