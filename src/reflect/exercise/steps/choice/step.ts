/** One of several, or some of several; an entry in one's own words beside them where `own` is said. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { isRecord } from "#platform/record.ts";
import { bulleted, said, textIn, textsIn } from "../../raw-answer.ts";
import { askFields, countSchema, pickedSchema } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";

export const choiceStepSchema = v.strictObject({
  kind: v.literal("choice"),
  ...askFields,
  /** `says` is shown once the option is picked. */
  options: v.pipe(v.array(pickedSchema), v.minLength(2), v.maxLength(24)),
  /** Absent: exactly one may be picked. */
  many: v.exactOptional(v.strictObject({ atMost: countSchema(24) })),
  /** Label of the field for one's own. */
  own: v.exactOptional(proseSchema),
});
export type ChoiceStep = v.InferOutput<typeof choiceStepSchema>;

export interface ChoiceAnswer {
  /** Ids, in the order in which they were picked. */
  readonly picked: readonly string[];
  readonly own: string;
}

export const choiceRules: StepRules<ChoiceStep, ChoiceAnswer> = {
  empty: () => ({ picked: [], own: "" }),
  // An option that has left the content stays in the answer, and is passed over in what is told.
  read: (_, raw) =>
    isRecord(raw)
      ? { picked: [...new Set(textsIn(raw["picked"]))], own: textIn(raw["own"]) }
      : null,
  isAnswered: (step, answer) => pickedTexts(step, answer).length > 0,
  entries: (step, answer) => pickedTexts(step, answer),
  parts: () => [],
  typed: (_, { own }) => said([own]),
  callsForCare: ({ options }, { picked }) =>
    options.some(({ id, crisis }) => crisis === true && picked.includes(id)),
  toMarkdown: (step, answer) => bulleted(pickedTexts(step, answer)),
};

const pickedTexts = (step: ChoiceStep, { picked, own }: ChoiceAnswer): readonly string[] => [
  ...picked.flatMap((id) => step.options.find((option) => option.id === id)?.text ?? []),
  ...said([own]),
];

/** Whether a later step that asks only after one of these options is asked. */
export const isOneOf = ({ picked }: ChoiceAnswer, ids: readonly string[]): boolean =>
  picked.some((id) => ids.includes(id));
