/** Answers of this time, of the last time or of all times, as far as a review step shows them. */
import type { Exercise } from "./exercise.ts";
import type { Filling } from "./filling.ts";
import type { Pointer } from "./pointer.ts";
import { rulesOf } from "./steps.ts";
import type { ReviewStep } from "./steps/review/step.ts";
import { openStepNamed, openSteps, type OpenStep } from "./walk.ts";

export interface EarlierAnswers {
  /** ISO day on which it was filled in; null for the filling that is open. */
  readonly on: string | null;
  /** What the step's pointers name and was answered, in their order. */
  readonly shown: readonly EarlierAnswer[];
}

export interface EarlierAnswer {
  /** What was asked then. */
  readonly ask: string;
  /** As `StepRules.entries` tells it, of the part that the pointer names. */
  readonly entries: readonly string[];
  /** As `StepRules.toMarkdown` tells it: where there are no entries, or for all of the answer. */
  readonly markdown: string;
}

/**
 * Newest first; times at which nothing of it was answered are left out. `earlier`: all other fillings of
 * `source`, which is the exercise that the step is in unless it names another one.
 */
export function earlierAnswers(
  step: ReviewStep,
  source: Exercise,
  thisTime: readonly OpenStep[],
  earlier: readonly Filling[],
): readonly EarlierAnswers[] {
  if (step.of === "this-time") return [{ on: null, shown: shownOf(step.shows, thisTime) }];
  const times = earlier
    .toSorted((a, b) => (a.changedOn < b.changedOn ? 1 : a.changedOn > b.changedOn ? -1 : 0))
    .map((filling) => ({
      on: filling.changedOn,
      shown: shownOf(step.shows, openSteps(source, filling)),
    }))
    .filter(({ shown }) => shown.length > 0);
  return step.of === "last-time" ? times.slice(0, 1) : times;
}

const shownOf = (
  pointers: readonly Pointer[],
  open: readonly OpenStep[],
): readonly EarlierAnswer[] =>
  pointers.flatMap(({ step: id, part }) => {
    const at = openStepNamed(id, open);
    if (at === null || !at.isAnswered) return [];
    const { step, answer } = at;
    return [
      {
        ask: askOf(step),
        entries: rulesOf(step).entries(step, answer, part),
        markdown: rulesOf(step).toMarkdown(step, answer),
      },
    ];
  });

/** The question, or the title of what is only read or done. */
export const askOf = (step: Exercise["steps"][number]): string =>
  "ask" in step ? step.ask : step.title;
