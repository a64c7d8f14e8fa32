/**
 * A check-in as it is kept: its answers, its scores, and what was told about change with all that the
 * verdict rests on. The day is its only trace of time; several on one day are told apart by counting.
 */
import type { Reading, Verdict } from "./change.ts";
import type { Answers } from "./questionnaire.ts";

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
