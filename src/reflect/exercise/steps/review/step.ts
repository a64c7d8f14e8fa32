/** Earlier answers, shown again: of this time, of the last time, or of all times, of this exercise or another. */
import * as v from "valibot";
import { idSchema, proseSchema } from "#library/prose.ts";
import { pointerSchema } from "../../pointer.ts";
import { askFields } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";

export const reviewStepSchema = v.strictObject({
  kind: v.literal("review"),
  ...askFields,
  /** Absent: the exercise that the step is in. */
  exercise: v.exactOptional(idSchema),
  shows: v.pipe(v.array(pointerSchema), v.minLength(1), v.maxLength(6)),
  of: v.picklist(["this-time", "last-time", "every-time"]),
  /** Label of a field for what one makes of it. */
  reply: v.exactOptional(proseSchema),
});
export type ReviewStep = v.InferOutput<typeof reviewStepSchema>;

const reviewAnswerSchema = v.object({ reply: v.string() });
export type ReviewAnswer = v.InferOutput<typeof reviewAnswerSchema>;

/** What is shown is read where it is kept; the answer is only what one makes of it. */
export const reviewRules: StepRules<ReviewStep, ReviewAnswer> = {
  empty: () => ({ reply: "" }),
  read: (_, raw) => {
    const parsed = v.safeParse(reviewAnswerSchema, raw);
    return parsed.success ? parsed.output : null;
  },
  isAnswered: (_, { reply }) => reply.trim() !== "",
  entries: (_, { reply }) => (reply.trim() === "" ? [] : [reply.trim()]),
  parts: () => [],
  typed: (_, { reply }) => (reply.trim() === "" ? [] : [reply]),
  toMarkdown: (_, { reply }) => reply.trim(),
};
