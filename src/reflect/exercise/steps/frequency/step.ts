/**
 * How often, or how much, several statements hold. With a `measure` the mean of what was answered is told on
 * 0 to 100, once at least four in five statements were answered; without one nothing is counted.
 */
import * as v from "valibot";
import { idSchema, proseSchema } from "#library/prose.ts";
import { askFields } from "../../step-fields.ts";

export const frequencyStepSchema = v.strictObject({
  kind: v.literal("frequency"),
  ...askFields,
  statements: v.pipe(
    v.array(
      v.strictObject({
        id: idSchema,
        text: proseSchema,
        /** True where much of it means little of what is measured. */
        reversed: v.exactOptional(v.boolean()),
      }),
    ),
    v.minLength(1),
    v.maxLength(20),
  ),
  /** From least to most. */
  options: v.pipe(v.array(proseSchema), v.minLength(3), v.maxLength(7)),
  measure: v.exactOptional(
    v.strictObject({
      name: proseSchema,
      better: v.picklist(["lower", "higher"]),
      /** What is told from a score of `from` on, up to the next; the first begins at 0. */
      says: v.pipe(
        v.array(
          v.strictObject({
            from: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
            text: proseSchema,
          }),
        ),
        v.minLength(2),
        v.maxLength(4),
        v.check(
          (bands) =>
            bands[0]!.from === 0 && bands.every((b, i) => i === 0 || b.from > bands[i - 1]!.from),
          "bands must begin at 0 and climb",
        ),
      ),
    }),
  ),
});
export type FrequencyStep = v.InferOutput<typeof frequencyStepSchema>;
