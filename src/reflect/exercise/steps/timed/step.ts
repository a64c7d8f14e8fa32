/** A timed breath or routine: phases one after the other, several rounds, with a clock and a light buzz where the device can. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { countSchema, stepFields } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";

export const timedStepSchema = v.strictObject({
  kind: v.literal("timed"),
  ...stepFields,
  title: proseSchema,
  before: v.exactOptional(proseSchema),
  rounds: countSchema(60),
  phases: v.pipe(
    v.array(
      v.strictObject({
        text: proseSchema,
        seconds: countSchema(600),
        /** How the circle moves meanwhile: it grows, holds or shrinks. */
        moves: v.exactOptional(v.picklist(["grows", "holds", "shrinks"])),
        /** Felt at the phase's beginning. */
        buzz: v.exactOptional(v.picklist(["short", "long"])),
      }),
    ),
    v.minLength(1),
    v.maxLength(12),
  ),
});
export type TimedStep = v.InferOutput<typeof timedStepSchema>;

const timedAnswerSchema = v.object({
  /** Of the longest run, when it was done more than once. */
  rounds: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type TimedAnswer = v.InferOutput<typeof timedAnswerSchema>;

export const timedRules: StepRules<TimedStep, TimedAnswer> = {
  empty: () => ({ rounds: 0 }),
  read: (step, raw) => {
    const parsed = v.safeParse(timedAnswerSchema, raw);
    return parsed.success ? { rounds: Math.min(parsed.output.rounds, step.rounds) } : null;
  },
  isAnswered: (_, { rounds }) => rounds > 0,
  entries: () => [],
  parts: () => [],
  typed: () => [],
  toMarkdown: (step, { rounds }) => (rounds === 0 ? "" : `${rounds} / ${step.rounds}`),
};
