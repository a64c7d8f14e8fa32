/** Slow drift: a series that keeps leaning one way though no single step is large. */
import type { Reading } from "../change.ts";
import { slopeOf } from "./slope.ts";

export interface Drift {
  readonly direction: "rising" | "falling";
  /** Points per day, the median over all pairs. */
  readonly slope: number;
  /** Two-sided. */
  readonly p: number;
}

/** Null while there are fewer than six days with a reading, or when the lean may be chance. */
export function driftOf(readings: readonly Reading[]): Drift | null {
  const slope = slopeOf(readings);
  if (slope === null || !slope.leans) return null;
  return { direction: slope.perDay > 0 ? "rising" : "falling", slope: slope.perDay, p: slope.p };
}
