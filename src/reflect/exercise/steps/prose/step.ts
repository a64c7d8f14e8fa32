/** Something to read before going on. Nothing is answered. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { stepFields } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";

export const proseStepSchema = v.strictObject({
  kind: v.literal("prose"),
  ...stepFields,
  title: proseSchema,
  text: v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(8)),
  points: v.exactOptional(v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(8))),
});
export type ProseStep = v.InferOutput<typeof proseStepSchema>;

/** Reading leaves nothing behind. */
export const proseRules: StepRules<ProseStep, null> = {
  empty: () => null,
  read: () => null,
  isAnswered: () => false,
  entries: () => [],
  parts: () => [],
  typed: () => [],
  toMarkdown: () => "",
};
