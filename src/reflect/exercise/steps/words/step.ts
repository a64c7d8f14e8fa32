/** Free text, with prompts for whoever wants them. */
import * as v from "valibot";
import { askFields, promptsSchema } from "../../step-fields.ts";

export const wordsStepSchema = v.strictObject({
  kind: v.literal("words"),
  ...askFields,
  prompts: v.exactOptional(promptsSchema),
  size: v.picklist(["line", "paragraph", "page"]),
});
export type WordsStep = v.InferOutput<typeof wordsStepSchema>;
