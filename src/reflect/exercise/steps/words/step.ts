/** Free text, with prompts for whoever wants them. */
import * as v from "valibot";
import { isRecord } from "#platform/record.ts";
import { isSaid, said, textIn } from "../../raw-answer.ts";
import { askFields, promptsSchema } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";

export const wordsStepSchema = v.strictObject({
  kind: v.literal("words"),
  ...askFields,
  prompts: v.exactOptional(promptsSchema),
  size: v.picklist(["line", "paragraph", "page"]),
});
export type WordsStep = v.InferOutput<typeof wordsStepSchema>;

export interface WordsAnswer {
  readonly text: string;
}

export const wordsRules: StepRules<WordsStep, WordsAnswer> = {
  empty: () => ({ text: "" }),
  read: (_, raw) => (isRecord(raw) ? { text: textIn(raw["text"]) } : null),
  isAnswered: (_, { text }) => isSaid(text),
  entries: (_, { text }) => said([text]),
  parts: () => [],
  typed: (_, { text }) => said([text]),
  toMarkdown: (_, { text }) => text.trim(),
};
