/** Things in order, the first one first. What is ranked is given here or taken from an earlier step. */
import * as v from "valibot";
import { pointerSchema } from "../../pointer.ts";
import { askFields, countSchema, namedSchema } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";
import { followed } from "../carried.ts";

export const rankingStepSchema = v.pipe(
  v.strictObject({
    kind: v.literal("ranking"),
    ...askFields,
    items: v.exactOptional(v.pipe(v.array(namedSchema), v.minLength(2), v.maxLength(20))),
    from: v.exactOptional(pointerSchema),
    /** How many from the top are taken on by steps that point here; all of them without it. */
    keep: v.exactOptional(countSchema(20)),
  }),
  v.check(
    (step) => (step.items === undefined) !== (step.from === undefined),
    "ranks either `items` or what `from` points at",
  ),
);
export type RankingStep = v.InferOutput<typeof rankingStepSchema>;

const rankingAnswerSchema = v.object({
  /** Ids of `items`, or the texts that were carried here. */
  order: v.array(v.string()),
  /** Nobody has put in order what still lies as it came. */
  isMoved: v.boolean(),
});
export type RankingAnswer = v.InferOutput<typeof rankingAnswerSchema>;

/** Moves one to the place `to`, 0 for the first; those between make room. */
export function withMoved(answer: RankingAnswer, item: string, to: number): RankingAnswer {
  const from = answer.order.indexOf(item);
  const place = Math.max(0, Math.min(answer.order.length - 1, to));
  if (from === -1 || from === place) return answer;
  return { order: answer.order.toSpliced(from, 1).toSpliced(place, 0, item), isMoved: true };
}

export const rankedText = (step: RankingStep, item: string): string =>
  step.items?.find(({ id }) => id === item)?.text ?? item;

export const rankingRules: StepRules<RankingStep, RankingAnswer> = {
  needsCarried: true,
  empty: (step, carried) => ({ order: toRank(step, carried), isMoved: false }),
  read: (step, raw, carried) => {
    const parsed = v.safeParse(rankingAnswerSchema, raw);
    if (!parsed.success) return null;
    const there = toRank(step, carried);
    const held = [...new Set(parsed.output.order)];
    const order = [...followedItems(step, held, there)];
    return {
      order: [...order, ...there.filter((item) => !order.includes(item))],
      isMoved: parsed.output.isMoved && order.length > 0,
    };
  },
  isAnswered: (_, { isMoved }) => isMoved,
  entries: (step, { order }) => order.slice(0, step.keep).map((item) => rankedText(step, item)),
  parts: () => [],
  typed: () => [],
  toMarkdown: (step, { order, isMoved }) =>
    isMoved ? order.map((item, place) => `${place + 1}. ${rankedText(step, item)}`).join("\n") : "",
};

const toRank = (step: RankingStep, carried: readonly string[]): string[] => [
  ...new Set(step.items?.map(({ id }) => id) ?? carried),
];

/** Ids are the same or they are not; texts may have been reworded in the step before. */
function followedItems(
  step: RankingStep,
  held: readonly string[],
  there: readonly string[],
): readonly string[] {
  if (step.items !== undefined) return held.filter((item) => there.includes(item));
  return [...followed(held, there).values()].filter((item) => item !== null);
}
