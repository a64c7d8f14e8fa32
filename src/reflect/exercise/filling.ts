/**
 * An exercise as it is filled in and kept, finished or not: what was answered to each step, as the person left
 * it. Days are its only trace of time. Two devices may have changed it at once: see mergeFillings.
 */
import { isRecord } from "#platform/record.ts";
import type { Exercise } from "./exercise.ts";
import { textsIn } from "./raw-answer.ts";
import type { Answer } from "./steps.ts";

export interface Filling {
  readonly exercise: string;
  /** Of the exercise as it was answered last. */
  readonly version: number;
  readonly language: string;
  /** ISO days in the person's own zone. */
  readonly begunOn: string;
  /** 1 for the first of this exercise: tells apart what was begun on the same day. */
  readonly nth: number;
  readonly changedOn: string;
  readonly isFinished: boolean;
  /** The step where it was left; null before the first one. */
  readonly at: string | null;
  readonly answers: Readonly<Record<string, KeptAnswer>>;
  /** What was handed on from each step that promotes, so that it is handed on once. */
  readonly promoted: Readonly<Record<string, readonly string[]>>;
}

export interface KeptAnswer {
  /** As the step's rules made it, of the version that it was given to. */
  readonly answer: Answer;
  /** ISO day of the last change. */
  readonly on: string;
  /** How often it was changed in each sitting, by the sitting's id: tells what an answer was made in sight of. */
  readonly changes: Readonly<Record<string, number>>;
  /** What other devices had here at the same time: kept until it is taken in or put away. */
  readonly others?: readonly Answer[];
}

/** `earlier`: other fillings, of any exercise. */
export const emptyFilling = (
  exercise: Exercise,
  today: string,
  earlier: readonly Filling[] = [],
): Filling => ({
  exercise: exercise.id,
  version: exercise.version,
  language: exercise.language,
  begunOn: today,
  nth: 1 + Math.max(0, ...earlier.flatMap((one) => (one.exercise === exercise.id ? one.nth : []))),
  changedOn: today,
  isFinished: false,
  at: null,
  answers: {},
  promoted: {},
});

/** Who changes it when: `sitting` is new each time an exercise is opened on a device. */
export interface Sitting {
  readonly id: string;
  readonly today: string;
}

export function withAnswer(
  filling: Filling,
  exercise: Exercise,
  step: string,
  answer: Answer,
  sitting: Sitting,
): Filling {
  const kept = filling.answers[step];
  const count = (kept?.changes[sitting.id] ?? 0) + 1;
  return {
    ...filling,
    version: exercise.version,
    language: exercise.language,
    changedOn: sitting.today,
    at: step,
    answers: {
      ...filling.answers,
      [step]: {
        ...kept,
        answer,
        on: sitting.today,
        changes: { ...kept?.changes, [sitting.id]: count },
      },
    },
  };
}

export const withPlace = (filling: Filling, at: string | null): Filling => ({ ...filling, at });

export const withPromoted = (
  filling: Filling,
  step: string,
  texts: readonly string[],
): Filling => ({ ...filling, promoted: { ...filling.promoted, [step]: texts } });

export const asFinished = (filling: Filling, today: string): Filling => ({
  ...filling,
  isFinished: true,
  changedOn: today,
});

/** Takes what another device had here, and offers what stood here in its place: so it can be turned back. */
export function withOtherTakenIn(
  filling: Filling,
  step: string,
  other: Answer,
  { id, today }: Sitting,
): Filling {
  const kept = filling.answers[step];
  if (kept === undefined) return filling;
  const others = (kept.others ?? []).map((one) => (one === other ? kept.answer : one));
  const changes = { ...kept.changes, [id]: (kept.changes[id] ?? 0) + 1 };
  return {
    ...filling,
    changedOn: today,
    answers: { ...filling.answers, [step]: { answer: other, on: today, changes, others } },
  };
}

export function withoutOthers(filling: Filling, step: string, { id, today }: Sitting): Filling {
  const kept = filling.answers[step];
  if (kept === undefined) return filling;
  const changes = { ...kept.changes, [id]: (kept.changes[id] ?? 0) + 1 };
  return {
    ...filling,
    changedOn: today,
    answers: { ...filling.answers, [step]: { answer: kept.answer, on: today, changes } },
  };
}

/** What lies in the safe was written by some version of this app; what is no filling is passed over. */
export function readFilling(raw: unknown): Filling | null {
  if (!isRecord(raw) || !isRecord(raw["answers"])) return null;
  const { exercise, version, language, begunOn, nth, changedOn, isFinished, at } = raw;
  if (typeof exercise !== "string" || !isDay(begunOn) || !isDay(changedOn)) return null;
  return {
    exercise,
    version: typeof version === "number" ? version : 1,
    language: typeof language === "string" ? language : "en",
    begunOn,
    nth: typeof nth === "number" ? nth : 1,
    changedOn,
    isFinished: isFinished === true,
    at: typeof at === "string" ? at : null,
    answers: Object.fromEntries(
      Object.entries(raw["answers"]).flatMap(([step, kept]) => {
        const read = readKeptAnswer(kept);
        return read === null ? [] : [[step, read]];
      }),
    ),
    promoted: Object.fromEntries(
      Object.entries(isRecord(raw["promoted"]) ? raw["promoted"] : {}).map(([step, texts]) => [
        step,
        textsIn(texts),
      ]),
    ),
  };
}

function readKeptAnswer(raw: unknown): KeptAnswer | null {
  if (!isRecord(raw) || !("answer" in raw)) return null;
  const changes = Object.entries(isRecord(raw["changes"]) ? raw["changes"] : {}).filter(
    (pair): pair is [string, number] => typeof pair[1] === "number" && pair[1] > 0,
  );
  const others = Array.isArray(raw["others"]) ? (raw["others"] as Answer[]) : [];
  return {
    answer: raw["answer"],
    on: isDay(raw["on"]) ? raw["on"] : "1970-01-01",
    changes: Object.fromEntries(changes),
    ...(others.length > 0 && { others }),
  };
}

const isDay = (raw: unknown): raw is string =>
  typeof raw === "string" && /^\d{4}-\d\d-\d\d$/.test(raw);
