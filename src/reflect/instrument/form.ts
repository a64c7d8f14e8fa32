/** A questionnaire as Callroom shows it: what is left of the FHIR file once it has been read and found good. */

/** A choice's code or integer, an integer, or yes and no. */
export type Answer = string | number | boolean;

export interface Coding {
  readonly system: string | null;
  readonly code: string;
  readonly display: string | null;
}

export interface FormOption {
  /** What is kept when it is picked. */
  readonly answer: string | number;
  readonly text: string;
  /** Null where the answer is an integer. */
  readonly coding: Coding | null;
  /** From the extension ordinalValue, else of an integer itself. */
  readonly ordinal: number | null;
}

export interface Condition {
  readonly question: string;
  readonly operator: "exists" | "=" | "!=" | ">" | "<" | ">=" | "<=";
  readonly answer: Answer;
}

/** Asked always where there is no condition. */
export interface Enabling {
  readonly behavior: "all" | "any";
  readonly conditions: readonly Condition[];
}

interface Placed {
  readonly linkId: string;
  readonly text: string;
  readonly prefix: string | null;
  readonly enabling: Enabling | null;
}

export interface Group extends Placed {
  readonly kind: "group";
  readonly items: readonly FormItem[];
}

export interface Display extends Placed {
  readonly kind: "display";
}

interface Asked extends Placed {
  readonly codes: readonly Coding[];
  /** A hint only: skipping is always allowed. */
  readonly required: boolean;
}

interface ChoiceQuestion extends Asked {
  readonly kind: "choice";
  readonly options: readonly FormOption[];
}

interface IntegerQuestion extends Asked {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
}

interface BooleanQuestion extends Asked {
  readonly kind: "boolean";
}

export type Question = ChoiceQuestion | IntegerQuestion | BooleanQuestion;
export type FormItem = Group | Display | Question;

export interface Form {
  readonly title: string;
  readonly url: string | null;
  readonly version: string | null;
  readonly language: string | null;
  readonly publisher: string | null;
  readonly copyright: string | null;
  /** What it calls itself: its url, and `system|code` of its codes and identifiers. */
  readonly names: readonly string[];
  readonly items: readonly FormItem[];
}

/** In the order in which they are read, groups before what they hold. */
const allItems = (items: readonly FormItem[]): FormItem[] =>
  items.flatMap((item) => (item.kind === "group" ? [item, ...allItems(item.items)] : [item]));

export const isQuestion = (item: FormItem): item is Question =>
  item.kind !== "group" && item.kind !== "display";

export const questionsOf = (form: Form): Question[] => allItems(form.items).filter(isQuestion);

/** As scorers write codes: `http://loinc.org|44250-9`. */
export const codingToName = ({ system, code }: Pick<Coding, "system" | "code">): string =>
  `${system ?? ""}|${code}`;
