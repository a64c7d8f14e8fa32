/**
 * What a scorer says of its instrument: which items, which values, what is turned round, when a score stands, and
 * what is known of cut-offs and chance. A scorer holds no wording of any item: that comes with the host's file.
 */

/** `seen`: in the named source while this was written. `remembered`: from the literature, not looked up again. */
export interface Source {
  readonly text: string;
  readonly mark: "seen" | "remembered";
}

export interface ScorerItem {
  /** Within the instrument. `callroom:item|<scorer>.<id>` names it in every file. */
  readonly id: string;
  /** Other names: `http://loinc.org|44250-9`. */
  readonly names: readonly string[];
  /** What an answer may be worth in the file, in rising order. */
  readonly values: readonly number[];
  /** What each of them counts for, where it isn't the value itself: turned round, or folded. */
  readonly points?: readonly number[];
}

/** A score stands when at least so many items were answered, and these ones always. */
export interface MissingRule {
  readonly least: number;
  readonly needed?: readonly string[];
  readonly source: Source;
}

/** A cut-off: a convention of somebody's, never a diagnosis. */
export interface Line {
  readonly when: ">=" | ">" | "<=" | "<";
  readonly at: number;
  /** What the convention says of scores beyond it. */
  readonly says: string;
  readonly source: Source;
}

export interface Scale {
  readonly id: string;
  readonly name: string;
  readonly items: readonly string[];
  /** `sum` with items missing is their mean times the number of items. */
  readonly how: "sum" | "mean";
  /** As for a sum that is told from 0 to 100. */
  readonly times?: number;
  readonly missing: MissingRule;
  readonly lowest: number;
  readonly highest: number;
  readonly better: "lower" | "higher";
  readonly lines: readonly Line[];
  readonly bands?: {
    readonly from: readonly (readonly [number, string])[];
    readonly source: Source;
  };
  /** Null where nothing certain is known: then no change is ever claimed. */
  readonly noise: { readonly sd: number; readonly r: number; readonly source: Source } | null;
  /** From here a change may mean something, though chance alone can make it. */
  readonly possibleFrom?: { readonly points: number; readonly source: Source };
}

/** What a rule says that looks at several scales or at single items. */
export interface Finding {
  readonly says: string;
  readonly source: Source;
}

export interface Given {
  /** Null where it was not scored. */
  readonly score: (scale: string) => number | null;
  /** The item's points; null where it was skipped. */
  readonly points: (item: string) => number | null;
}

type SafetyItem = { readonly item: string } & (
  { readonly from: number } | { readonly upTo: number }
);

export interface Scorer {
  /** Also the last part of its address: `/reflect/instrument/phq-9`. */
  readonly id: string;
  readonly title: string;
  /** Besides `callroom:<id>`: urls, and `system|code` of panels. */
  readonly names: readonly string[];
  readonly items: readonly ScorerItem[];
  /** Names of items that may stand in the file and count for nothing. */
  readonly besides?: readonly string[];
  readonly scales: readonly Scale[];
  readonly findings?: (given: Given) => readonly Finding[];
  /** Answers that open the crisis panel, whatever the scores say. In points. */
  readonly safety?: readonly SafetyItem[];
  /** It asks about not wanting to live: the page says before the first question that nobody is told. */
  readonly asksAboutDeath?: true;
  /** Items may be asked on a condition, as the instrument itself has it. */
  readonly branches?: true;
  /** Scored for teams by whoever holds many answers; never added for one person. */
  readonly groupsOnly?: true;
  /** What a community must have ready before it asks this: shown to the steward, who confirms it. */
  readonly protocol?: string;
  /** What is known of the terms under which its wording may be used. */
  readonly terms: string;
  /** What a reader of the result should know. */
  readonly notes: readonly string[];
}

export const seen = (text: string): Source => ({ text, mark: "seen" });
export const remembered = (text: string): Source => ({ text, mark: "remembered" });

export const loinc = (code: string): string => `http://loinc.org|${code}`;

/** The name of an item that every file may use. */
export const ownName = (scorer: Scorer, item: Pick<ScorerItem, "id">): string =>
  `callroom:item|${scorer.id}.${item.id}`;

/** Whole numbers from `from` to `to`. */
export const climbing = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** `min + max - x` for each value. */
export const turned = (values: readonly number[]): readonly number[] =>
  values.map((value) => values[0]! + values.at(-1)! - value);

/** Items `1` to `count` with the same values; those in `reversed` are turned round. */
export const numbered = (
  count: number,
  values: readonly number[],
  reversed: readonly number[] = [],
): ScorerItem[] =>
  climbing(1, count).map((number) => ({
    id: String(number),
    names: [],
    values,
    ...(reversed.includes(number) && { points: turned(values) }),
  }));

const DEFAULT_SOURCE = remembered(
  "Callroom's rule where a scale has none of its own: 80 % answered",
);

/** At least 80 % of the items. With up to four that means all of them. */
export const mostOf = (items: readonly string[]): MissingRule => ({
  least: Math.ceil((items.length * 4) / 5),
  source: DEFAULT_SOURCE,
});

export const allOf = (items: readonly string[]): MissingRule => ({
  least: items.length,
  source: remembered("Callroom's rule where a missing answer can't be stood in for: all answered"),
});

export const ids = (...numbers: readonly number[]): string[] => numbers.map(String);
