/** "Promote to...": entries of an earlier step become something to try, something to do, or something to see again on a later day. */
import * as v from "valibot";
import { pointerSchema } from "../../pointer.ts";
import { askFields, countSchema } from "../../step-fields.ts";
import { bulleted, said } from "../../raw-answer.ts";
import type { StepRules } from "../../step-rules.ts";
import { followed } from "../carried.ts";

export const promoteStepSchema = v.pipe(
  v.strictObject({
    kind: v.literal("promote"),
    ...askFields,
    from: pointerSchema,
    /** `experiment` and `step` are kept for Plan, `ideas` lie apart until their day. */
    to: v.picklist(["experiment", "step", "ideas"]),
    atMost: countSchema(20),
    /** Days until what was put by is shown again; said for `ideas` only. */
    againInDays: v.exactOptional(countSchema(120)),
  }),
  v.check(
    (step) => (step.to === "ideas") === (step.againInDays !== undefined),
    "`ideas` need `againInDays`, and nothing else has it",
  ),
);
export type PromoteStep = v.InferOutput<typeof promoteStepSchema>;

const promoteAnswerSchema = v.object({
  /** `from` is the entry as it was carried here, `text` how one wants to take it on. */
  taken: v.array(v.object({ from: v.string(), text: v.string() })),
});
export type PromoteAnswer = v.InferOutput<typeof promoteAnswerSchema>;

const isTaken = (answer: PromoteAnswer, from: string): boolean =>
  answer.taken.some((each) => each.from === from);

/** Takes one on as it stands, or puts it back. Where only one can be taken, it takes the place of the other. */
export function withToggled(step: PromoteStep, answer: PromoteAnswer, from: string): PromoteAnswer {
  if (isTaken(answer, from)) return { taken: answer.taken.filter((each) => each.from !== from) };
  if (step.atMost === 1) return { taken: [{ from, text: from }] };
  if (isFull(step, answer)) return answer;
  return { taken: [...answer.taken, { from, text: from }] };
}

export const isFull = (step: PromoteStep, answer: PromoteAnswer): boolean =>
  answer.taken.length >= step.atMost;

export function withReworded(answer: PromoteAnswer, from: string, text: string): PromoteAnswer {
  return { taken: answer.taken.map((each) => (each.from === from ? { from, text } : each)) };
}

export const promoteRules: StepRules<PromoteStep, PromoteAnswer> = {
  needsCarried: true,
  empty: () => ({ taken: [] }),
  read: (_, raw, carried) => {
    const parsed = v.safeParse(promoteAnswerSchema, raw);
    if (!parsed.success) return null;
    const held = [...new Map(parsed.output.taken.map((each) => [each.from, each])).values()];
    const now = followed(
      held.map(({ from }) => from),
      carried,
    );
    return { taken: held.map((each) => asItReadsNow(each, now.get(each.from) ?? null)) };
  },
  isAnswered: (_, answer) => texts(answer).length > 0,
  entries: (_, answer) => texts(answer),
  parts: () => [],
  typed: (_, answer) =>
    answer.taken.filter(({ from, text }) => from !== text).map(({ text }) => text),
  toMarkdown: (_, answer) => bulleted(texts(answer)),
};

const texts = ({ taken }: PromoteAnswer): readonly string[] => said(taken.map(({ text }) => text));

/** One that was taken on stays so, even where the step before has let it go; one's own wording is never touched. */
function asItReadsNow(taken: PromoteAnswer["taken"][number], now: string | null) {
  if (now === null) return taken;
  return { from: now, text: taken.text === taken.from ? now : taken.text };
}
