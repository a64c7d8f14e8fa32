/** One value from 0 to `steps - 1` between two ends that are named. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { askFields } from "../../step-fields.ts";

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
