/**
 * The slope through a series (Theil and Sen: the median over all pairs), the range of slopes that fit as well, and
 * whether it leans beyond chance. Nothing is said under six days with a reading.
 */
import type { Reading } from "../change.ts";
import { mannKendall, slopesLeftOut } from "./kendall.ts";
import { medianOf } from "./median.ts";

const DAYS_FOR_A_SLOPE = 6;
const SIGNIFICANT = 0.05;

export interface Slope {
  /** Points per day. */
  readonly perDay: number;
  /** The 95 % interval, points per day. */
  readonly from: number;
  readonly to: number;
  /** Days with a reading. */
  readonly days: number;
  /** Two-sided, of Mann-Kendall. */
  readonly p: number;
  readonly isExact: boolean;
  /** Beyond chance by the test, and zero is not among what fits. */
  readonly leans: boolean;
}

/** Null under six days. Several readings of one day count as their mean: no time lies between them. */
export function slopeOf(readings: readonly Reading[]): Slope | null {
  const days = onePerDay(readings);
  if (days.length < DAYS_FOR_A_SLOPE) return null;
  const slopes = slopesBetween(days);
  const leftOut = slopesLeftOut(days.length);
  const perDay = medianOf(slopes);
  const [from, to] = [slopes[leftOut - 1]!, slopes[slopes.length - leftOut]!];
  const { p, isExact } = mannKendall(days.map(({ score }) => score));
  const leans = p < SIGNIFICANT && from * to > 0;
  return { perDay, from, to, days: days.length, p, isExact, leans };
}

/** Of every two days, in rising order. */
const slopesBetween = (days: readonly Dated[]): number[] =>
  days
    .flatMap((a, i) => days.slice(i + 1).map((b) => (b.score - a.score) / (b.at - a.at)))
    .toSorted((a, b) => a - b);

interface Dated {
  /** Whole days since some day. */
  readonly at: number;
  readonly score: number;
}

/** Oldest first. */
function onePerDay(readings: readonly Reading[]): Dated[] {
  const byDay = Map.groupBy(readings, ({ day }) => day);
  return [...byDay]
    .map(([day, those]) => ({
      at: Temporal.PlainDate.from(day).since("2000-01-01").days,
      score: those.reduce((sum, { score }) => sum + score, 0) / those.length,
    }))
    .toSorted((a, b) => a.at - b.at);
}
