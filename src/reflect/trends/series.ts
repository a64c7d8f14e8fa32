/**
 * Whatever repeats, in one shape: dimensions of the check-ins, what exercises measure, and scores of instruments.
 * Answers to other questions, or to another version of them, are another series and never joined.
 */
import type { CheckIn, CheckInResults } from "#library/check-in.ts";
import { noiseOf, type Noise, type Reading } from "../change.ts";
import { readingsOf, seriesOf as checkInsOf, type FinishedCheckIn } from "../finished-check-in.ts";

export interface Series {
  /** The same wherever it is made anew: `check-in full exhaustion`. */
  readonly id: string;
  readonly source: "check-in" | "exercise" | "instrument";
  readonly name: string;
  /** Title of the check-in, the exercise or the instrument. */
  readonly within: string;
  /** Ends of the scale. */
  readonly range: readonly [number, number];
  readonly better: "lower" | "higher";
  /** Oldest first, at least one. */
  readonly readings: readonly Reading[];
  /** Null where nothing is known of it: then nothing is called a change. */
  readonly noise: Noise | null;
}

/** In the order of the content's dimensions. */
export function checkInSeries(
  checkIn: CheckIn,
  results: CheckInResults,
  kept: readonly FinishedCheckIn[],
): Series[] {
  const kind = checkIn.id === "pulse" ? "pulse" : "full";
  const finished = checkInsOf(kind, checkIn.version, kept);
  return results.dimensions.flatMap(({ id, name, better }): Series[] => {
    const readings = readingsOf(finished, id);
    if (readings.length === 0) return [];
    return [
      {
        id: `check-in ${kind} ${id}`,
        source: "check-in",
        name,
        within: checkIn.title,
        range: [0, 100],
        better,
        readings,
        noise: noiseOf(checkIn, id),
      },
    ];
  });
}
