/**
 * What the view of a step is handed, whatever its kind. A view shows the question (StepQuestion), its hint and
 * the controls; title, progress, back, next and leave are the runner's.
 */
import type { ComponentType } from "react";
import type { EarlierAnswers } from "../earlier.ts";
import type { AnswerOf, StepKind, StepOf } from "../steps.ts";

export interface StepViewProps<Step, Answer> {
  readonly step: Step;
  /** Never null: what `empty` or `read` of the kind's rules gave. */
  readonly answer: Answer;
  /** Entries of the step that `from` points at. The answer has taken them up already. */
  readonly carried: readonly string[];
  /** For a review step, newest first; empty for all others. */
  readonly earlier: readonly EarlierAnswers[];
  /** Kept as it is called: no button to save is needed. */
  readonly onChange: (answer: Answer) => void;
}

export type StepView<Kind extends StepKind> = ComponentType<
  StepViewProps<StepOf<Kind>, AnswerOf<Kind>>
>;
