/** Why a file can't be rendered or scored: each fault with its place in the file, so that it can be mended. */
export type FaultType =
  | "NotJson"
  | "TooLarge"
  | "TooDeep"
  | "TooMany"
  | "ForbiddenKey"
  | "NotQuestionnaire"
  | "FieldUnknown"
  | "FieldMissing"
  | "FieldWrong"
  | "TypeUnknown"
  | "Repeats"
  | "ValueSet"
  | "Expression"
  | "Hidden"
  | "OptionsMissing"
  | "OptionsMixed"
  | "OptionTwice"
  | "LinkIdTwice"
  | "Nested"
  | "GroupEmpty"
  | "RangeMissing"
  | "BehaviorMissing"
  | "ConditionLater"
  | "ConditionWrong"
  | "NoScorer"
  | "TwoScorers"
  | "GroupsOnly"
  | "ItemMissing"
  | "ItemTwice"
  | "ItemExtra"
  | "ItemConditional"
  | "ValueMissing"
  | "ValuesDiffer";

export interface FormFault {
  readonly type: FaultType;
  /** `the file`, or an item by its number and linkId. */
  readonly place: string;
  /** What it is about: a field, a type, a code, the values that were wanted. */
  readonly what: string;
}

export const THE_FILE = "The file";

export const fault = (type: FaultType, place: string = THE_FILE, what = ""): FormFault => ({
  type,
  place,
  what: what.slice(0, 300),
});
