/**
 * One dimension over time, ready to be drawn and read aloud: the points, the band that chance fills,
 * a table, and the sentence that says what the picture shows.
 */
import type { CheckInResults, Dimension } from "#library/check-in.ts";
import { changeThreshold, verdictsOf, type Noise, type Reading, type Verdict } from "./change.ts";
import { driftOf, type Drift } from "./drift.ts";

interface TrendPoint extends Reading {
  /** Null for the first reading: there is nothing to compare it with. */
  readonly verdict: Verdict | null;
}

export interface Trend {
  readonly dimension: string;
  readonly points: readonly TrendPoint[];
  /** Scores that are within chance of the settled level, clipped to 0-100. */
  readonly band: { readonly level: number; readonly from: number; readonly to: number };
  readonly latest: Verdict | null;
  readonly drift: Drift | null;
  readonly sentence: string;
}

/** Null without a reading. Readings may come in any order; two on one day count as they were given. */
export function trendOf(
  dimension: Dimension,
  given: readonly Reading[],
  noise: Noise,
  words: CheckInResults["change"],
  showDay: (day: string) => string,
): Trend | null {
  const readings = given.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  if (readings.length === 0) return null;
  const verdicts = verdictsOf(readings, noise, dimension.better);
  const points = readings.map((reading, i) => ({ ...reading, verdict: verdicts[i - 1] ?? null }));
  const latest = verdicts.at(-1) ?? null;
  const drift = driftOf(readings);
  return {
    dimension: dimension.id,
    points,
    band: bandAround(levelOf(points), noise),
    latest,
    drift,
    sentence: sentenceOf(dimension, readings, latest, drift, words, showDay),
  };
}

/** The reading that the next one will be compared with. */
const levelOf = (points: readonly TrendPoint[]): number =>
  (points.findLast((point) => point.verdict?.trend) ?? points[0]!).score;

function bandAround(level: number, noise: Noise): Trend["band"] {
  const reach = changeThreshold(noise);
  return { level, from: Math.max(0, level - reach), to: Math.min(100, level + reach) };
}

function sentenceOf(
  dimension: Dimension,
  readings: readonly Reading[],
  latest: Verdict | null,
  drift: Drift | null,
  words: CheckInResults["change"],
  showDay: (day: string) => string,
): string {
  if (!latest) return fill(words.first, { name: dimension.name });
  const drifting = latest.state === "no-clear-change" ? drift : null;
  return fill(drifting ? driftWords(drifting, dimension, words) : changeWords(latest, words), {
    name: dimension.name,
    since: showDay(drifting ? readings[0]!.day : latest.since),
    by: String(Math.round(Math.abs(latest.by))),
    threshold: String(Math.ceil(latest.threshold)),
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

const driftWords = (drift: Drift, dimension: Dimension, words: CheckInResults["change"]): string =>
  (drift.direction === "rising") === (dimension.better === "higher")
    ? words.improvingSlowly
    : words.worseningSlowly;

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
