/** The rules of every kind of step. A kind that is declared in exercise.ts and has none here does not compile. */
import type { Step } from "./exercise.ts";
import type { StepRules } from "./step-rules.ts";
import { cardsRules } from "./steps/cards/step.ts";
import { choiceRules } from "./steps/choice/step.ts";
import { frequencyRules } from "./steps/frequency/step.ts";
import { listRules } from "./steps/list/step.ts";
import { mapRules } from "./steps/map/step.ts";
import { matrixRules } from "./steps/matrix/step.ts";
import { pairsRules } from "./steps/pairs/step.ts";
import { promoteRules } from "./steps/promote/step.ts";
import { proseRules } from "./steps/prose/step.ts";
import { rankingRules } from "./steps/ranking/step.ts";
import { reviewRules } from "./steps/review/step.ts";
import { scaleRules } from "./steps/scale/step.ts";
import { sorterRules } from "./steps/sorter/step.ts";
import { timedRules } from "./steps/timed/step.ts";
import { wordsRules } from "./steps/words/step.ts";

export type StepKind = Step["kind"];
export type StepOf<Kind extends StepKind> = Extract<Step, { kind: Kind }>;

/** What holds of the rules of a kind whatever its answers are. */
type RulesFor<Kind extends StepKind> = Pick<
  StepRules<StepOf<Kind>, unknown>,
  "empty" | "read" | "parts"
> &
  Pick<StepRules<StepOf<Kind>, never>, "isAnswered" | "entries" | "typed" | "toMarkdown">;

const rulesByKind = {
  prose: proseRules,
  choice: choiceRules,
  scale: scaleRules,
  frequency: frequencyRules,
  list: listRules,
  pairs: pairsRules,
  cards: cardsRules,
  ranking: rankingRules,
  matrix: matrixRules,
  sorter: sorterRules,
  timed: timedRules,
  words: wordsRules,
  map: mapRules,
  review: reviewRules,
  promote: promoteRules,
} satisfies { readonly [Kind in StepKind]: RulesFor<Kind> };

export type AnswerOf<Kind extends StepKind> = ReturnType<(typeof rulesByKind)[Kind]["empty"]>;

/** What `read` or `empty` of the same step gave: nothing else may be handed to the rules. */
export type Answer = unknown;

/** A step's rules are only ever given that step and its own answers; TypeScript can't say so of a union. */
export const rulesOf = (step: Step): StepRules<Step, Answer> =>
  rulesByKind[step.kind] as unknown as StepRules<Step, Answer>;
