/**
 * One measure over time, ready to be drawn and read aloud: the points, the band that chance fills,
 * a table, and the sentence that says what the picture shows.
 */
import type { CheckInResults } from "#library/check-in.ts";
import { changeThreshold, verdictsOf, type Noise, type Reading, type Verdict } from "../change.ts";
import { decimalsOf } from "./decimals.ts";
import { driftOf, type Drift } from "./drift.ts";

interface TrendPoint extends Reading {
  /** Null for the first reading: there is nothing to compare it with. */
  readonly verdict: Verdict | null;
}

/** What is measured; 0 to 100 where no range is told. */
interface Measure {
  readonly name: string;
  readonly better: "lower" | "higher";
  readonly range?: readonly [number, number];
}

export interface Trend {
  readonly points: readonly TrendPoint[];
  /** Scores that are within chance of the settled level, clipped to the scale. */
  readonly band: { readonly level: number; readonly from: number; readonly to: number };
  readonly latest: Verdict | null;
  /** Null too where some step was a change by itself: what is called slow had no large step in it. */
  readonly drift: Drift | null;
  /** The day of the reading that last settled a new level, and which way; null while the first one holds. */
  readonly settled: { readonly on: string; readonly state: Verdict["state"] } | null;
  readonly sentence: string;
}

/** Null without a reading. Readings may come in any order; two on one day count as they were given. */
export function trendOf(
  measure: Measure,
  given: readonly Reading[],
  noise: Noise,
  words: CheckInResults["change"],
  showDay: (day: string) => string,
): Trend | null {
  const readings = given.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  if (readings.length === 0) return null;
  const verdicts = verdictsOf(readings, noise, measure.better);
  const points = readings.map((reading, i) => ({ ...reading, verdict: verdicts[i - 1] ?? null }));
  const latest = verdicts.at(-1) ?? null;
  const hasStep = verdicts.some(({ state }) => state !== "no-clear-change");
  const drift = hasStep ? null : driftOf(readings);
  const settled = points.findLast((point) => point.verdict?.trend);
  return {
    points,
    band: bandAround(levelOf(points), noise, rangeOf(measure)),
    latest,
    drift,
    settled: settled ? { on: settled.day, state: settled.verdict!.state } : null,
    sentence: sentenceOf(measure, readings, latest, drift, words, showDay),
  };
}

/** The reading that the next one will be compared with. */
const levelOf = (points: readonly TrendPoint[]): number =>
  (points.findLast((point) => point.verdict?.trend) ?? points[0]!).score;

function bandAround(level: number, noise: Noise, range: readonly [number, number]): Trend["band"] {
  const reach = changeThreshold(noise);
  return { level, from: Math.max(range[0], level - reach), to: Math.min(range[1], level + reach) };
}

const rangeOf = ({ range }: Measure): readonly [number, number] => range ?? [0, 100];

function sentenceOf(
  measure: Measure,
  readings: readonly Reading[],
  latest: Verdict | null,
  drift: Drift | null,
  words: CheckInResults["change"],
  showDay: (day: string) => string,
): string {
  if (!latest) return fill(words.first, { name: measure.name });
  const drifting = latest.state === "no-clear-change" ? drift : null;
  const unit = 10 ** decimalsOf(rangeOf(measure));
  return fill(drifting ? driftWords(drifting, measure, words) : changeWords(latest, words), {
    name: measure.name,
    since: showDay(drifting ? readings[0]!.day : latest.since),
    by: String(Math.round(Math.abs(latest.by) * unit) / unit),
    threshold: String(Math.ceil(latest.threshold * unit) / unit),
  });
}

function changeWords(verdict: Verdict, words: CheckInResults["change"]): string {
  switch (verdict.state) {
    case "improved":
      return verdict.trend ? words.improvedTrend : words.improved;
    case "worsened":
      return verdict.trend ? words.worsenedTrend : words.worsened;
    case "no-clear-change":
      return words.unclear;
  }
}

const driftWords = (drift: Drift, measure: Measure, words: CheckInResults["change"]): string =>
  (drift.direction === "rising") === (measure.better === "higher")
    ? words.improvingSlowly
    : words.worseningSlowly;

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
