/** What a fault says to whoever adds an instrument, at the command line and on the steward's screen. */
import type { FaultType, FormFault } from "./form-fault.ts";

export const faultToWords = ({ type, place, what }: FormFault): string =>
  `${place}: ${says[type](what)}`;

const says: Readonly<Record<FaultType, (what: string) => string>> = {
  NotJson: () => "it is not JSON.",
  TooLarge: (most) => `it has more than ${most} characters.`,
  TooDeep: () => "it nests deeper than any questionnaire needs to.",
  TooMany: (what) => `it has too many ${what}.`,
  ForbiddenKey: (key) => `a field may not be called ${key}.`,
  NotQuestionnaire: () => "it is not a FHIR R4 Questionnaire (resourceType).",
  FieldUnknown: (field) => `the field ${field} is not one that Callroom can honour. Leave it out.`,
  FieldMissing: (field) => `the field ${field} is missing.`,
  FieldWrong: (field) => `the field ${field} doesn't hold what FHIR asks for.`,
  TypeUnknown: (type) =>
    `items of type ${type} can't be shown. There are group, display, choice, integer and boolean.`,
  Repeats: () => "it takes several answers at once, which can't be scored.",
  ValueSet: () => "its answers stand in a value set elsewhere. Write them as answerOption.",
  Expression: () => "it depends on an expression (enableWhenExpression). None is ever run here.",
  Hidden: () => "it is hidden, but is asked for. Leave it out, or show it.",
  OptionsMissing: () => "it has no answers to choose from (answerOption).",
  OptionsMixed: () =>
    "each answer must be one valueCoding with code and display, or one valueInteger.",
  OptionTwice: (code) => `the answer ${code} stands there twice.`,
  LinkIdTwice: (linkId) => `the linkId ${linkId} stands there twice.`,
  Nested: () => "a question or a display text can't hold items. Put them into a group.",
  GroupEmpty: () => "it is a group without items.",
  RangeMissing: () =>
    "an integer needs a lowest and a highest value (extensions minValue, maxValue).",
  BehaviorMissing: () => "with several conditions it must say whether all or any of them count.",
  ConditionLater: (linkId) => `it waits for ${linkId}, which is no question that comes before it.`,
  ConditionWrong: (linkId) => `what it waits for is no answer that ${linkId} can have.`,
  NoScorer: (names) =>
    `no scorer knows it. It is called ${names || "nothing"}; a scorer is found by url, code or identifier.`,
  TwoScorers: (ids) => `it names more than one scorer: ${ids}.`,
  GroupsOnly: (title) => `${title} is a measure of teams and is never scored for one person.`,
  ItemMissing: (codes) => `an item is missing. Its code is one of: ${codes}.`,
  ItemTwice: (code) => `the item with the code ${code} stands there twice.`,
  ItemExtra: () =>
    "it has no code that the scorer knows. What is asked besides would make it another instrument.",
  ItemConditional: () => "it is asked on a condition only; this instrument asks all of its items.",
  ValueMissing: (option) =>
    `the answer ${option} has no value (extension ordinalValue), and its code tells none.`,
  ValuesDiffer: (what) => `its answers have other values than the scorer's: ${what}.`,
};
