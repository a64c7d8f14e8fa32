/**
 * How often, or how much, several statements hold. With a `measure` the mean of what was answered is told on
 * 0 to 100, once at least four in five statements were answered; without one nothing is counted.
 */
import * as v from "valibot";
import { idSchema, proseSchema } from "#library/prose.ts";
import { isRecord } from "#platform/record.ts";
import { bulleted, isSaid } from "../../raw-answer.ts";
import { askFields } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";

export const frequencyStepSchema = v.strictObject({
  kind: v.literal("frequency"),
  ...askFields,
  statements: v.pipe(
    v.array(
      v.strictObject({
        id: idSchema,
        text: proseSchema,
        /** True where much of it means little of what is measured. */
        reversed: v.exactOptional(v.boolean()),
      }),
    ),
    v.minLength(1),
    v.maxLength(20),
  ),
  /** From least to most. */
  options: v.pipe(v.array(proseSchema), v.minLength(3), v.maxLength(7)),
  measure: v.exactOptional(
    v.strictObject({
      name: proseSchema,
      better: v.picklist(["lower", "higher"]),
      /** What is told from a score of `from` on, up to the next; the first begins at 0. */
      says: v.pipe(
        v.array(
          v.strictObject({
            from: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
            text: proseSchema,
          }),
        ),
        v.minLength(2),
        v.maxLength(4),
        v.check(
          (bands) =>
            bands[0]!.from === 0 && bands.every((b, i) => i === 0 || b.from > bands[i - 1]!.from),
          "bands must begin at 0 and climb",
        ),
      ),
    }),
  ),
});
export type FrequencyStep = v.InferOutput<typeof frequencyStepSchema>;

export interface FrequencyAnswer {
  /** Place of the option, by statement; absent where it was left out. */
  readonly given: Readonly<Record<string, number>>;
}

/** Entries are the statements that hold most: answered beyond the middle of the options. */
export const frequencyRules: StepRules<FrequencyStep, FrequencyAnswer> = {
  empty: () => ({ given: {} }),
  read: (step, raw) => {
    if (!isRecord(raw)) return null;
    const given = Object.entries(isRecord(raw["given"]) ? raw["given"] : {}).filter(
      (pair): pair is [string, number] => isPlace(step, pair[1]),
    );
    return { given: Object.fromEntries(given) };
  },
  isAnswered: (step, answer) => answeredIn(step, answer).length > 0,
  entries: (step, answer) =>
    answeredIn(step, answer)
      .filter(({ place }) => place > (step.options.length - 1) / 2)
      .toSorted((a, b) => b.place - a.place)
      .map(({ text }) => text),
  parts: () => [],
  typed: () => [],
  toMarkdown: (step, answer) => {
    const lines = answeredIn(step, answer).map(
      ({ text, place }) => `**${step.options[place]}**: ${text}`,
    );
    const measured = measureOf(step, answer);
    const told =
      measured === null
        ? ""
        : `${measured.name}: ${Math.round(measured.score)} of 100. ${measured.says}`;
    return [bulleted(lines), told].filter(isSaid).join("\n\n");
  },
};

export interface Measured {
  readonly name: string;
  readonly better: "lower" | "higher";
  /** 0-100 */
  readonly score: number;
  readonly says: string;
}

const ANSWERED_PERCENT_NEEDED = 80;

/** Null where nothing is measured, or too little was answered: what was left out is never guessed. */
export function measureOf(step: FrequencyStep, answer: FrequencyAnswer): Measured | null {
  const { measure, statements, options } = step;
  if (measure === undefined) return null;
  const answered = answeredIn(step, answer);
  if (answered.length * 100 < statements.length * ANSWERED_PERCENT_NEEDED) return null;
  const most = options.length - 1;
  const shares = answered.map(({ place, reversed }) =>
    reversed === true ? (most - place) / most : place / most,
  );
  const score = (100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length;
  const { text } = measure.says.findLast(({ from }) => from <= score)!;
  return { name: measure.name, better: measure.better, score, says: text };
}

const answeredIn = (step: FrequencyStep, { given }: FrequencyAnswer) =>
  step.statements.flatMap((statement) => {
    const place = Object.hasOwn(given, statement.id) ? given[statement.id] : undefined;
    return isPlace(step, place) ? [{ ...statement, place }] : [];
  });

const isPlace = ({ options }: FrequencyStep, place: unknown): place is number =>
  typeof place === "number" && Number.isInteger(place) && place >= 0 && place < options.length;
