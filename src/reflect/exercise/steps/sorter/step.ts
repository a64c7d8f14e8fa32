/** Two columns between which one's own entries are moved, such as want and should. */
import * as v from "valibot";
import { pointerSchema } from "../../pointer.ts";
import { askFields, countSchema, explainedSchema, promptsSchema } from "../../step-fields.ts";

export const sorterStepSchema = v.strictObject({
  kind: v.literal("sorter"),
  ...askFields,
  columns: v.pipe(v.array(explainedSchema), v.length(2)),
  /** Begun with what an earlier step holds, not sorted yet. */
  from: v.exactOptional(pointerSchema),
  prompts: v.exactOptional(promptsSchema),
  atMost: countSchema(40),
});
export type SorterStep = v.InferOutput<typeof sorterStepSchema>;
