/**
 * Is it a change, or noise? A change is called one only when it is larger than chance would make it
 * (reliable change index, Jacobson and Truax 1991), and a trend only when it holds or is very large.
 */
import type { CheckIn, Dimension } from "#library/check-in.ts";

/** What a verdict rests on; kept with every verdict, so that it can be judged years later. */
export interface Noise {
  /** Standard deviation, in points of the 0-100 scale. */
  readonly sd: number;
  /** Reliability, 0 to under 1. */
  readonly r: number;
  readonly source: string;
  readonly assumed: boolean;
  /** Check-in and version that sd and r are declared in, such as `full@1`. */
  readonly version: string;
}

export interface Reading {
  /** ISO day in the person's own zone, such as 2026-11-22. */
  readonly day: string;
  /** 0-100. */
  readonly score: number;
}

export type ChangeState = "improved" | "worsened" | "no-clear-change";

export interface Verdict {
  readonly state: ChangeState;
  readonly since: string;
  /** Points, signed: later minus earlier. */
  readonly by: number;
  readonly rci: number;
  /** Points that a move must reach to be called a change. */
  readonly threshold: number;
  /** True once two readings in a row, or one by half as much again, stand beyond the threshold. */
  readonly trend: boolean;
  readonly noise: Noise;
}

/** 95 %, two-sided. */
const Z = 1.96;
const ALONE_BEYOND = 1.5;

/** SEM = SD * sqrt(1 - r): how far one reading lies from the true score by chance. */
export const standardError = (noise: Noise): number => noise.sd * Math.sqrt(1 - noise.r);

/** Sdiff = sqrt(2) * SEM: the same for the difference of two readings. */
export const standardErrorOfDifference = (noise: Noise): number =>
  Math.SQRT2 * standardError(noise);

export const changeThreshold = (noise: Noise): number => Z * standardErrorOfDifference(noise);

/** Two readings, by themselves. */
export function changeBetween(
  earlier: Reading,
  later: Reading,
  noise: Noise,
  better: Dimension["better"],
): Verdict {
  const by = later.score - earlier.score;
  const rci = by / standardErrorOfDifference(noise);
  return {
    state: stateOf(rci, better),
    since: earlier.day,
    by,
    rci,
    threshold: changeThreshold(noise),
    trend: Math.abs(rci) >= Z * ALONE_BEYOND,
    noise,
  };
}

/**
 * One verdict per reading after the first. Readings are compared with the last level that was settled:
 * the first reading, and after each trend the reading that made it one. So a slow drift is measured
 * from where it began and not from month to month.
 */
export function verdictsOf(
  readings: readonly Reading[],
  noise: Noise,
  better: Dimension["better"],
): Verdict[] {
  const verdicts: Verdict[] = [];
  let settled = readings[0];
  let before: ChangeState = "no-clear-change";
  for (const reading of readings.slice(1)) {
    const alone = changeBetween(settled!, reading, noise, better);
    const holds: boolean = alone.state !== "no-clear-change" && alone.state === before;
    const verdict: Verdict = { ...alone, trend: alone.trend || holds };
    verdicts.push(verdict);
    if (verdict.trend) settled = reading;
    before = verdict.trend ? "no-clear-change" : verdict.state;
  }
  return verdicts;
}

export function noiseOf(checkIn: CheckIn, dimension: string): Noise {
  const declared = checkIn.noise.find((noise) => noise.dimension === dimension);
  if (!declared) throw new Error(`${checkIn.id} declares no noise for ${dimension}`);
  const { sd, r, source, assumed } = declared;
  return { sd, r, source, assumed, version: `${checkIn.id}@${checkIn.version}` };
}

function stateOf(rci: number, better: Dimension["better"]): ChangeState {
  if (Math.abs(rci) < Z) return "no-clear-change";
  return rci > 0 === (better === "higher") ? "improved" : "worsened";
}
