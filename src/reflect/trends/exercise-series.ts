/** What an exercise follows over time, as series beside all others. */
import type { Exercise } from "../exercise/exercise.ts";
import type { Filling } from "../exercise/filling.ts";
import { seriesOf } from "../exercise/series.ts";
import type { Series } from "./series.ts";

/** Statements of our own that nobody has tested twice: how much of a move is chance is not known. */
export const exerciseSeries = (exercise: Exercise, fillings: readonly Filling[]): Series[] =>
  seriesOf(exercise, fillings).map(({ step, name, better, readings }) => ({
    id: `exercise ${exercise.id} ${step}`,
    source: "exercise",
    name,
    within: exercise.title,
    range: [0, 100],
    better,
    readings,
    noise: null,
  }));
