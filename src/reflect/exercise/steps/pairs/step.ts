/** Two columns that belong together line by line: a value and an act, a thought and an answer to it. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { pointerSchema } from "../../pointer.ts";
import { askFields, countSchema, promptsSchema } from "../../step-fields.ts";

export const pairsStepSchema = v.strictObject({
  kind: v.literal("pairs"),
  ...askFields,
  left: proseSchema,
  right: proseSchema,
  /** What stands on the left to begin with. */
  from: v.exactOptional(pointerSchema),
  prompts: v.exactOptional(promptsSchema),
  atMost: countSchema(30),
});
export type PairsStep = v.InferOutput<typeof pairsStepSchema>;
