/** Two columns between which one's own entries are moved, such as want and should. */
import * as v from "valibot";
import { pointerSchema } from "../../pointer.ts";
import { askFields, countSchema, explainedSchema, promptsSchema } from "../../step-fields.ts";
import { bulleted } from "../../raw-answer.ts";
import type { StepRules } from "../../step-rules.ts";
import { followed } from "../carried.ts";
import { namedMarkdownLists } from "../markdown-list.ts";

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

const sorterEntrySchema = v.object({
  text: v.string(),
  /** The column's id; null while it is not sorted. */
  column: v.nullable(v.string()),
  /** True for what was written here and not carried here. */
  isOwn: v.boolean(),
});
export type SorterEntry = v.InferOutput<typeof sorterEntrySchema>;

const sorterAnswerSchema = v.object({ entries: v.array(sorterEntrySchema) });
export type SorterAnswer = v.InferOutput<typeof sorterAnswerSchema>;

/** To a column, or back to the unsorted ones with null. It goes to the end of where it comes to. */
export function withSorted(
  answer: SorterAnswer,
  text: string,
  column: string | null,
): SorterAnswer {
  const entry = answer.entries.find((each) => each.text === text);
  if (entry === undefined || entry.column === column) return answer;
  return { entries: [...without(answer, text), { ...entry, column }] };
}

export function withAdded(step: SorterStep, answer: SorterAnswer, typed: string): SorterAnswer {
  const text = typed.trim();
  const isThere = text === "" || answer.entries.some((each) => each.text === text);
  if (isThere || isFull(step, answer)) return answer;
  return { entries: [...answer.entries, { text, column: null, isOwn: true }] };
}

/** Only what was written here; what was carried here is taken out where it was written. */
export const withRemoved = (answer: SorterAnswer, text: string): SorterAnswer => ({
  entries: answer.entries.filter((each) => each.text !== text || !each.isOwn),
});

export const isFull = (step: SorterStep, answer: SorterAnswer): boolean =>
  answer.entries.length >= step.atMost;

export const entriesIn = (answer: SorterAnswer, column: string | null): readonly SorterEntry[] =>
  answer.entries.filter((each) => each.column === column);

export const sorterRules: StepRules<SorterStep, SorterAnswer> = {
  empty: (_, carried) => ({ entries: unsorted(carried) }),
  read: (step, raw, carried) => {
    const parsed = v.safeParse(sorterAnswerSchema, raw);
    if (!parsed.success) return null;
    const columns = step.columns.map(({ id }) => id);
    const held = parsed.output.entries.map((entry) => ({
      ...entry,
      column: columns.includes(entry.column ?? "") ? entry.column : null,
    }));
    const kept = [...new Map(stillThere(held, carried).map((each) => [each.text, each])).values()];
    const texts = new Set(kept.map(({ text }) => text));
    return { entries: [...kept, ...unsorted(carried.filter((text) => !texts.has(text)))] };
  },
  isAnswered: (_, { entries }) => entries.some(({ column, isOwn }) => column !== null || isOwn),
  entries: (_, { entries }, part) =>
    entries.filter(({ column }) => part === undefined || column === part).map(textOf),
  parts: (step) => step.columns.map(({ id }) => id),
  typed: (_, { entries }) => entries.filter(({ isOwn }) => isOwn).map(textOf),
  toMarkdown: (step, answer) => {
    if (!sorterRules.isAnswered(step, answer)) return "";
    const sorted = namedMarkdownLists(
      step.columns.map(({ id, text }) => ({
        name: text,
        texts: entriesIn(answer, id).map(textOf),
      })),
    );
    return [bulleted(entriesIn(answer, null).map(textOf)), sorted].filter(Boolean).join("\n\n");
  },
};

const unsorted = (texts: readonly string[]): SorterEntry[] =>
  [...new Set(texts)].map((text) => ({ text, column: null, isOwn: false }));

/** What was carried here stays while the step before has it, as it reads there now. */
function stillThere(held: readonly SorterEntry[], carried: readonly string[]): SorterEntry[] {
  const now = followed(held.filter(({ isOwn }) => !isOwn).map(textOf), carried);
  return held.flatMap((entry) => {
    if (entry.isOwn) return [entry];
    const text = now.get(entry.text) ?? null;
    return text === null ? [] : [{ ...entry, text }];
  });
}

const without = (answer: SorterAnswer, text: string): SorterEntry[] =>
  answer.entries.filter((each) => each.text !== text);

const textOf = ({ text }: SorterEntry): string => text;
