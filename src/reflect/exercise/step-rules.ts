/** What every kind of step can do, whatever it asks: the one seam between the kinds and the engine around them. */
export interface StepRules<Step, Answer> {
  /** What stands there before anything was said. `carried`: entries of the step that this one points at. */
  readonly empty: (step: Step, carried: readonly string[]) => Answer;
  /**
   * An answer of any version of the step, made to fit this one; null for what was never an answer. Entries that
   * were carried here since are taken up, nothing that was said is lost.
   */
  readonly read: (step: Step, raw: unknown, carried: readonly string[]) => Answer | null;
  readonly isAnswered: (step: Step, answer: Answer) => boolean;
  /** The texts that later steps take up, in order; of one pile, column or row where `part` is said. */
  readonly entries: (step: Step, answer: Answer, part?: string) => readonly string[];
  /** What `part` may name. */
  readonly parts: (step: Step) => readonly string[];
  /** True where there is nothing to ask once the step that it points at holds nothing. */
  readonly needsCarried?: true;
  /** Free text that somebody typed here, for the crisis recogniser and the search. */
  readonly typed: (step: Step, answer: Answer) => readonly string[];
  /** Whether something was picked that opens the crisis panel; absent in kinds where nothing of ours is picked. */
  readonly callsForCare?: (step: Step, answer: Answer) => boolean;
  /**
   * For print and export, without the question itself; empty where nothing was said. Paragraphs, lists ("- ",
   * "1. ") and **bold** only, a table's row as "- **Row**: text": pages show it with AnswerText.
   */
  readonly toMarkdown: (step: Step, answer: Answer) => string;
}
