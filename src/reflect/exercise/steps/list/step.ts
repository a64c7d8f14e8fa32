/** Short entries in one's own words, one below the other. */
import * as v from "valibot";
import { pointerSchema } from "../../pointer.ts";
import { askFields, countSchema, promptsSchema } from "../../step-fields.ts";

export const listStepSchema = v.strictObject({
  kind: v.literal("list"),
  ...askFields,
  /** Begun with what an earlier step holds. */
  from: v.exactOptional(pointerSchema),
  prompts: v.exactOptional(promptsSchema),
  atMost: countSchema(60),
});
export type ListStep = v.InferOutput<typeof listStepSchema>;
