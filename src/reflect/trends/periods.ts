/**
 * Two stretches of time beside each other: the middle of each, what lies between, and how often a later reading was
 * the better one (NAP, Parker and Vannest 2009). A difference under the threshold is called no change, and where the
 * threshold is not known nothing is called one.
 */
import { changeThreshold, type ChangeState, type Reading } from "../change.ts";
import { medianOf } from "./median.ts";
import type { Series } from "./series.ts";

/** ISO days, both within it; null is open. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

export interface PeriodsCompared {
  readonly earlier: PeriodTold;
  readonly later: PeriodTold;
  /** Points, signed: later median minus earlier. */
  readonly by: number;
  /** Points that two single readings must lie apart to be called a change; null where it isn't known. */
  readonly threshold: number | null;
  readonly state: ChangeState | "not-known";
  readonly nap: Nap | null;
}

interface PeriodTold {
  readonly count: number;
  readonly median: number;
}

/** Of all pairs of an earlier and a later reading. */
interface Nap {
  readonly pairs: number;
  /** In how many the later one is better; equal ones count half. */
  readonly better: number;
  /** 0-1 */
  readonly share: number;
}

const READINGS_FOR_NAP = 3;

/** Null where one of the two holds no reading. */
export function comparePeriods(
  series: Pick<Series, "readings" | "better" | "noise">,
  earlier: Period,
  later: Period,
): PeriodsCompared | null {
  const [a, b] = [scoresIn(series.readings, earlier), scoresIn(series.readings, later)];
  if (a.length === 0 || b.length === 0) return null;
  const by = medianOf(b) - medianOf(a);
  const threshold = series.noise === null ? null : changeThreshold(series.noise);
  return {
    earlier: { count: a.length, median: medianOf(a) },
    later: { count: b.length, median: medianOf(b) },
    by,
    threshold,
    state:
      threshold === null
        ? "not-known"
        : Math.abs(by) < threshold
          ? "no-clear-change"
          : by > 0 === (series.better === "higher")
            ? "improved"
            : "worsened",
    nap: Math.min(a.length, b.length) < READINGS_FOR_NAP ? null : napOf(a, b, series.better),
  };
}

export function napOf(
  earlier: readonly number[],
  later: readonly number[],
  better: Series["better"],
): Nap {
  const pairs = earlier.length * later.length;
  const sign = better === "higher" ? 1 : -1;
  const wins = earlier.flatMap((a) => later.map((b) => (1 + Math.sign(sign * (b - a))) / 2));
  const betterOnes = wins.reduce((sum, win) => sum + win, 0);
  return { pairs, better: betterOnes, share: betterOnes / pairs };
}

const scoresIn = (readings: readonly Reading[], { from, to }: Period): number[] =>
  readings
    .filter(({ day }) => (from === null || day >= from) && (to === null || day <= to))
    .map(({ score }) => score);

/** Whether some day lies in both, or one ends before it begins: such two are not compared. */
export const arePeriodsApart = (earlier: Period, later: Period): boolean =>
  isInOrder(earlier) &&
  isInOrder(later) &&
  earlier.to !== null &&
  later.from !== null &&
  earlier.to < later.from;

const isInOrder = ({ from, to }: Period): boolean => from === null || to === null || from <= to;

/** Pairs that a marked event offers: before it and since; or, where it lasted, before, during and after. */
export function periodsAround(event: {
  readonly from: string;
  readonly to: string | null;
}): readonly {
  readonly when: "since" | "during" | "after";
  readonly earlier: Period;
  readonly later: Period;
}[] {
  const before = { from: null, to: dayBeside(event.from, -1) };
  if (event.to === null)
    return [{ when: "since", earlier: before, later: { from: event.from, to: null } }];
  const during = { from: event.from, to: event.to };
  const after = { from: dayBeside(event.to, 1), to: null };
  return [
    { when: "during", earlier: before, later: during },
    { when: "after", earlier: during, later: after },
  ];
}

const dayBeside = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();
