/**
 * Series that take more than a check-in's to make: the texts of exercises and the scorers of instruments. Fetched
 * only where something of theirs was kept.
 */
import { readFilling } from "../../exercise/filling.ts";
import { fetchExercise } from "../../exercise/web/exercise-content.ts";
import { isFinishedInstrument } from "../../instrument/finished-instrument.ts";
import { SCORERS } from "../../instrument/scorers/all.ts";
import { exerciseSeries } from "../exercise-series.ts";
import { instrumentSeries } from "../instrument-series.ts";
import type { Series } from "../series.ts";

export interface LateSeries {
  readonly series: readonly Series[];
  /** Some exercise could not be fetched, so what it measures is not among them. */
  readonly isMissing: boolean;
}

/** As they lie in the safe. */
export async function lateSeries(
  exercises: readonly unknown[],
  instruments: readonly unknown[],
): Promise<LateSeries> {
  const fillings = exercises.flatMap((kept) => readFilling(kept) ?? []);
  const ids = [...new Set(fillings.map(({ exercise }) => exercise))];
  const fetched = await Promise.allSettled(ids.map(fetchExercise));
  const finished = instruments.filter(isFinishedInstrument);
  return {
    series: [
      ...fetched.flatMap((one) =>
        one.status === "fulfilled" && one.value !== null
          ? exerciseSeries(one.value.exercise, fillings)
          : [],
      ),
      ...SCORERS.flatMap((scorer) => instrumentSeries(scorer, finished)),
    ],
    isMissing: fetched.some(({ status }) => status === "rejected"),
  };
}
