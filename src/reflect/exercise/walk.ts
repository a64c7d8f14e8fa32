/**
 * Going through an exercise: which steps are asked, what each begins with, which comes next. Read from the first
 * step on, because what an earlier one holds decides what a later one is and whether it is asked.
 */
import type { Exercise, Step } from "./exercise.ts";
import type { Filling } from "./filling.ts";
import type { Pointer } from "./pointer.ts";
import { rulesOf, type Answer } from "./steps.ts";
import { isOneOf, type ChoiceAnswer } from "./steps/choice/step.ts";

export interface OpenStep {
  readonly step: Step;
  /** Fits this version of the step; what it points at has been taken up. */
  readonly answer: Answer;
  readonly carried: readonly string[];
  readonly isAnswered: boolean;
  /** It points at a step that holds nothing, and there is nothing to ask: going through, it is passed over. */
  readonly isIdle: boolean;
}

/** The steps that are asked, in order, given what was said so far. */
export function openSteps(exercise: Exercise, filling: Filling): readonly OpenStep[] {
  const open: OpenStep[] = [];
  for (const step of exercise.steps) {
    if (!isAsked(step, open)) continue;
    const rules = rulesOf(step);
    const pointer = pointerOf(step);
    const carried = pointer === null ? [] : entriesAt(pointer, open);
    const kept = filling.answers[step.id];
    const answer =
      (kept === undefined ? null : rules.read(step, kept.answer, carried)) ??
      rules.empty(step, carried);
    const isAnswered = rules.isAnswered(step, answer);
    const isIdle =
      rules.needsCarried === true && pointer !== null && carried.length === 0 && !isAnswered;
    open.push({ step, answer, carried, isAnswered, isIdle });
  }
  return open;
}

export const openStepNamed = (id: string | null, open: readonly OpenStep[]): OpenStep | null =>
  open.find(({ step }) => step.id === id) ?? null;

/** Null after the last one: it can be finished. */
export function stepAfter(id: string, open: readonly OpenStep[]): Step | null {
  const at = open.findIndex(({ step }) => step.id === id);
  return open.slice(at + 1).find(({ isIdle }) => !isIdle)?.step ?? null;
}

/** Null before the first one: leave. */
export function stepBefore(id: string, open: readonly OpenStep[]): Step | null {
  const at = open.findIndex(({ step }) => step.id === id);
  return open.slice(0, Math.max(0, at)).findLast(({ isIdle }) => !isIdle)?.step ?? null;
}

/** Where it was left; where that step is not asked any more, the first one that nothing was said to. */
export const stepToResume = (filling: Filling, open: readonly OpenStep[]): Step =>
  (openStepNamed(filling.at, open) ?? open.find(({ isAnswered }) => !isAnswered) ?? open.at(-1)!)
    .step;

export const isUntouched = (filling: Filling): boolean => Object.keys(filling.answers).length === 0;

/** Free text of the whole filling. */
export const typedIn = (open: readonly OpenStep[]): readonly string[] =>
  open.flatMap(({ step, answer }) => rulesOf(step).typed(step, answer));

/** Whether anything picked in the filling opens the crisis panel. */
export const callsForCareIn = (open: readonly OpenStep[]): boolean =>
  open.some(({ step, answer }) => rulesOf(step).callsForCare?.(step, answer) === true);

function isAsked({ when }: Step, open: readonly OpenStep[]): boolean {
  if (when === undefined) return true;
  const asked = openStepNamed(when.step, open);
  return asked?.step.kind === "choice" && isOneOf(asked.answer as ChoiceAnswer, when.is);
}

export const pointerOf = (step: Step): Pointer | null =>
  "from" in step && step.from !== undefined ? step.from : null;

function entriesAt({ step, part }: Pointer, open: readonly OpenStep[]): readonly string[] {
  const at = openStepNamed(step, open);
  return at === null ? [] : rulesOf(at.step).entries(at.step, at.answer, part);
}
