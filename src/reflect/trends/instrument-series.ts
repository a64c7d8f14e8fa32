/** Scores of an instrument's scales over time, as series beside all others. */
import {
  noiseOf,
  readingsOf,
  seriesOf,
  type FinishedInstrument,
} from "../instrument/finished-instrument.ts";
import type { Scorer } from "../instrument/scorer.ts";
import type { Series } from "./series.ts";

/** In the scale's own points. */
export function instrumentSeries(scorer: Scorer, kept: readonly FinishedInstrument[]): Series[] {
  const finished = seriesOf(scorer.id, kept);
  return scorer.scales.flatMap((scale): Series[] => {
    const readings = readingsOf(finished, scale.id);
    if (readings.length === 0) return [];
    return [
      {
        id: `instrument ${scorer.id} ${scale.id}`,
        source: "instrument",
        name: scale.name,
        within: scorer.title,
        range: [scale.lowest, scale.highest],
        better: scale.better,
        readings,
        noise: noiseOf(scorer, scale),
      },
    ];
  });
}
