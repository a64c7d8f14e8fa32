/** Two columns that belong together line by line: a value and an act, a thought and an answer to it. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { isRecord } from "#platform/record.ts";
import { pointerSchema } from "../../pointer.ts";
import { bulleted, isSaid, said, textIn, textsIn } from "../../raw-answer.ts";
import { askFields, countSchema, promptsSchema } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";
import { takeUp, type HowToTakeUp, type WithCarried } from "../take-up.ts";

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

export interface Pair {
  readonly left: string;
  readonly right: string;
}

export type PairsAnswer = WithCarried<Pair>;

const how: HowToTakeUp<Pair> = {
  textOf: ({ left }) => left.trim(),
  withText: (pair, left) => ({ left, right: pair?.right ?? "" }),
  isBare: ({ right }) => !isSaid(right),
};

/** Parts are `left` and `right`; without one an entry is the whole pair. */
export const pairsRules: StepRules<PairsStep, PairsAnswer> = {
  empty: (_, carried) => ({
    entries: carried.map((left) => ({ left, right: "" })),
    taken: carried,
  }),
  read: (_, raw, carried) =>
    isRecord(raw)
      ? takeUp({ entries: pairsIn(raw["entries"]), taken: textsIn(raw["taken"]) }, carried, how)
      : null,
  // What was only carried here was said elsewhere.
  isAnswered: (_, { entries, taken }) =>
    entries.some(({ left, right }) => isSaid(right) || (isSaid(left) && !taken.includes(left))),
  entries: (_, { entries }, part) =>
    part === "left" || part === "right"
      ? said(entries.map((pair) => pair[part]))
      : saidPairs(entries).map(({ left, right }) => said([left, right]).join(": ")),
  parts: () => ["left", "right"],
  typed: (_, { entries }) => said(entries.flatMap(({ left, right }) => [left, right])),
  toMarkdown: (_, { entries }) =>
    bulleted(
      saidPairs(entries).map(({ left, right }) =>
        isSaid(left) ? `**${left.trim()}**: ${right.trim()}` : right.trim(),
      ),
    ),
};

const saidPairs = (pairs: readonly Pair[]): readonly Pair[] =>
  pairs.filter(({ left, right }) => isSaid(left) || isSaid(right));

const pairsIn = (raw: unknown): readonly Pair[] =>
  Array.isArray(raw)
    ? raw.filter(isRecord).map(({ left, right }) => ({ left: textIn(left), right: textIn(right) }))
    : [];
