/** One of several, or some of several; an entry in one's own words beside them where `own` is said. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { askFields, countSchema, explainedSchema } from "../../step-fields.ts";

export const choiceStepSchema = v.strictObject({
  kind: v.literal("choice"),
  ...askFields,
  /** `says` is shown once the option is picked. */
  options: v.pipe(v.array(explainedSchema), v.minLength(2), v.maxLength(24)),
  /** Absent: exactly one may be picked. */
  many: v.exactOptional(v.strictObject({ atMost: countSchema(24) })),
  /** Label of the field for one's own. */
  own: v.exactOptional(proseSchema),
});
export type ChoiceStep = v.InferOutput<typeof choiceStepSchema>;
