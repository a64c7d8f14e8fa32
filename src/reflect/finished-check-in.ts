/**
 * A check-in as it is kept: its answers, its scores, and what was told about change with all that the
 * verdict rests on. The day is its only trace of time; several on one day are told apart by counting.
 */
import type { CheckIn, CheckInResults } from "#library/check-in.ts";
import { noiseOf, verdictsOf, type Reading, type Verdict } from "./change.ts";
import type { Answers, CheckInDraft } from "./questionnaire.ts";
import { dimensionNamed, scoresOf } from "./scoring.ts";

export type CheckInKind = "full" | "pulse";

export interface FinishedCheckIn {
  /** ISO day in the person's own zone. */
  readonly on: string;
  /** 1 for the first of its kind. */
  readonly nth: number;
  readonly kind: CheckInKind;
  /** Version of the questions. */
  readonly version: number;
  readonly answers: Answers;
  readonly drivers: readonly string[];
  readonly note: string;
  /** 0-100 by dimension; null where it was not scored. */
  readonly scores: Readonly<Record<string, number | null>>;
  /** By dimension, as it was told on that day; none for a first reading. */
  readonly told: Readonly<Record<string, Verdict>>;
}

/** `earlier`: everything kept so far, of any kind and in any order. */
export function finishCheckIn(
  checkIn: CheckIn,
  results: CheckInResults,
  draft: CheckInDraft,
  earlier: readonly FinishedCheckIn[],
  on: string,
): FinishedCheckIn {
  const kind: CheckInKind = checkIn.id === "pulse" ? "pulse" : "full";
  const scores = scoresOf(checkIn, draft.answers);
  const untold: FinishedCheckIn = {
    on,
    nth: 1 + Math.max(0, ...earlier.filter((kept) => kept.kind === kind).map(({ nth }) => nth)),
    kind,
    version: checkIn.version,
    answers: draft.answers,
    drivers: draft.drivers,
    note: draft.words.trim(),
    scores: Object.fromEntries(
      scores.map((score) => [score.dimension, score.state === "scored" ? score.score : null]),
    ),
    told: {},
  };
  const series = seriesUpTo(untold, [...earlier, untold]);
  const told = scores.flatMap(({ state, dimension }): [string, Verdict][] => {
    if (state === "not-scored") return [];
    const { better } = dimensionNamed(results, dimension);
    const noise = noiseOf(checkIn, dimension);
    const verdict = verdictsOf(readingsOf(series, dimension), noise, better).at(-1);
    return verdict === undefined ? [] : [[dimension, verdict]];
  });
  return { ...untold, told: Object.fromEntries(told) };
}

/** Oldest first, of one kind and one version only: answers to other questions are not compared. */
export const seriesOf = (
  kind: CheckInKind,
  version: number,
  finished: readonly FinishedCheckIn[],
): FinishedCheckIn[] =>
  finished
    .filter((kept) => kept.kind === kind && kept.version === version)
    .toSorted((a, b) => (a.on === b.on ? a.nth - b.nth : a.on < b.on ? -1 : 1));

/** The series that a check-in belongs to, up to and with itself. */
export function seriesUpTo(
  one: FinishedCheckIn,
  finished: readonly FinishedCheckIn[],
): FinishedCheckIn[] {
  const series = seriesOf(one.kind, one.version, finished);
  return series.slice(
    0,
    series.findIndex((kept) => kept.on === one.on && kept.nth === one.nth) + 1,
  );
}

/** What was not scored is left out, not filled in. */
export const readingsOf = (series: readonly FinishedCheckIn[], dimension: string): Reading[] =>
  series.flatMap(({ on, scores }) => {
    const score = scores[dimension];
    return typeof score === "number" ? [{ day: on, score }] : [];
  });

const DAYS_BETWEEN = { full: 28, pulse: 7 } as const satisfies Record<CheckInKind, number>;

/**
 * The day from which another one tells something new; null while there was none yet. A full check-in
 * asks what the pulse asks, so it counts for both.
 */
export function dayDue(kind: CheckInKind, finished: readonly FinishedCheckIn[]): string | null {
  const counting = finished.filter((kept) => kind === "pulse" || kept.kind === kind);
  const last = counting.reduce((day, { on }) => (on > day ? on : day), "");
  if (last === "") return null;
  return Temporal.PlainDate.from(last).add({ days: DAYS_BETWEEN[kind] }).toString();
}

/** What lies in the safe was written by some version of this app; what is none of these is passed over. */
export function isFinishedCheckIn(kept: unknown): kept is FinishedCheckIn {
  if (typeof kept !== "object" || kept === null) return false;
  const { on, nth, kind, version, answers, drivers, note, scores } = kept as Record<
    string,
    unknown
  >;
  return (
    typeof on === "string" &&
    /^\d{4}-\d\d-\d\d$/.test(on) &&
    typeof nth === "number" &&
    (kind === "full" || kind === "pulse") &&
    typeof version === "number" &&
    typeof answers === "object" &&
    answers !== null &&
    Array.isArray(drivers) &&
    typeof note === "string" &&
    typeof scores === "object" &&
    scores !== null
  );
}
