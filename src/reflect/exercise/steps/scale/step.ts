/** One value from 0 to `steps - 1` between two ends that are named. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { isRecord } from "#platform/record.ts";
import { askFields } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";

export const scaleStepSchema = v.strictObject({
  kind: v.literal("scale"),
  ...askFields,
  low: proseSchema,
  high: proseSchema,
  steps: v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(11)),
  /** Where the value is worth following over time: what it measures, and which way is better. */
  follow: v.exactOptional(
    v.strictObject({ name: proseSchema, better: v.picklist(["lower", "higher"]) }),
  ),
});
export type ScaleStep = v.InferOutput<typeof scaleStepSchema>;

export interface ScaleAnswer {
  /** 0 to `steps - 1`. */
  readonly value: number | null;
}

export const scaleRules: StepRules<ScaleStep, ScaleAnswer> = {
  empty: () => ({ value: null }),
  read: (step, raw) => {
    if (!isRecord(raw)) return null;
    const { value } = raw;
    const fits =
      typeof value === "number" && Number.isInteger(value) && value >= 0 && value < step.steps;
    return { value: fits ? value : null };
  },
  isAnswered: (_, { value }) => value !== null,
  entries: () => [],
  parts: () => [],
  typed: () => [],
  toMarkdown: (step, { value }) =>
    value === null
      ? ""
      : `**${value}** (0: ${step.low.toLowerCase()}, ${step.steps - 1}: ${step.high.toLowerCase()})`,
};

/** 0 to 100, so that it can be drawn beside other things. */
export const scaleScore = (step: ScaleStep, { value }: ScaleAnswer): number | null =>
  value === null ? null : (100 * value) / (step.steps - 1);
