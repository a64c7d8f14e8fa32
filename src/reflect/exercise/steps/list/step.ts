/** Short entries in one's own words, one below the other. */
import * as v from "valibot";
import { isRecord } from "#platform/record.ts";
import { pointerSchema } from "../../pointer.ts";
import { bulleted, said, textsIn } from "../../raw-answer.ts";
import { askFields, countSchema, promptsSchema } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";
import { takeUp, type HowToTakeUp, type WithCarried } from "../take-up.ts";

export const listStepSchema = v.strictObject({
  kind: v.literal("list"),
  ...askFields,
  /** Begun with what an earlier step holds. */
  from: v.exactOptional(pointerSchema),
  prompts: v.exactOptional(promptsSchema),
  atMost: countSchema(60),
});
export type ListStep = v.InferOutput<typeof listStepSchema>;

export type ListAnswer = WithCarried<string>;

const how: HowToTakeUp<string> = {
  textOf: (text) => text.trim(),
  withText: (_, text) => text,
  isBare: () => true,
};

export const listRules: StepRules<ListStep, ListAnswer> = {
  empty: (_, carried) => ({ entries: carried, taken: carried }),
  read: (_, raw, carried) =>
    isRecord(raw)
      ? takeUp({ entries: textsIn(raw["entries"]), taken: textsIn(raw["taken"]) }, carried, how)
      : null,
  isAnswered: (_, { entries }) => said(entries).length > 0,
  entries: (_, { entries }) => said(entries),
  parts: () => [],
  typed: (_, { entries }) => said(entries),
  toMarkdown: (_, { entries }) => bulleted(said(entries)),
};
