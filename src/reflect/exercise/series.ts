/** What an exercise measures over time: one reading a filling, for each scale that is followed and each measure. */
import type { Reading } from "../change.ts";
import type { Exercise } from "./exercise.ts";
import type { Filling } from "./filling.ts";
import { measureOf, type FrequencyAnswer } from "./steps/frequency/step.ts";
import { scaleScore, type ScaleAnswer } from "./steps/scale/step.ts";
import { openSteps, type OpenStep } from "./walk.ts";

export interface Series {
  readonly exercise: string;
  readonly step: string;
  readonly name: string;
  readonly better: "lower" | "higher";
  /** Oldest first; what was not answered enough is left out, not filled in. */
  readonly readings: readonly Reading[];
}

/** `fillings`: of this exercise, in any order. Those without a reading are left out. */
export function seriesOf(exercise: Exercise, fillings: readonly Filling[]): readonly Series[] {
  const inOrder = fillings
    .filter((filling) => filling.exercise === exercise.id)
    .toSorted((a, b) => (a.begunOn < b.begunOn ? -1 : a.begunOn > b.begunOn ? 1 : 0))
    .map((filling) => ({ day: filling.begunOn, open: openSteps(exercise, filling) }));
  return exercise.steps.flatMap((step) => {
    const followed = followedBy(step);
    if (followed === null) return [];
    const readings = inOrder.flatMap(({ day, open }) => {
      const at = open.find((one) => one.step.id === step.id);
      const score = at === undefined ? null : scoreOf(at);
      return score === null ? [] : [{ day, score }];
    });
    return readings.length === 0
      ? []
      : [{ exercise: exercise.id, step: step.id, ...followed, readings }];
  });
}

function followedBy(step: Exercise["steps"][number]): Pick<Series, "name" | "better"> | null {
  const followed =
    step.kind === "scale" ? step.follow : step.kind === "frequency" ? step.measure : undefined;
  return followed === undefined ? null : { name: followed.name, better: followed.better };
}

function scoreOf({ step, answer }: OpenStep): number | null {
  if (step.kind === "scale") return scaleScore(step, answer as ScaleAnswer);
  if (step.kind === "frequency") return measureOf(step, answer as FrequencyAnswer)?.score ?? null;
  return null;
}
