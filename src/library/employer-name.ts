/**
 * Employer names as people really write them, "St. Mary's Hosp" and "Saint Mary Hospital", brought to one form
 * and compared generously: one coach too many kept away is a small loss, one too few breaks a promise.
 */
import { foldedWords } from "./folded-words.ts";

export interface ComparableEmployer {
  /** Abbreviations written out, words that say nothing left out. */
  readonly words: readonly string[];
  readonly whole: string;
  /** "mgh" for "massachusetts general hospital"; null under three words, since two letters mean nothing. */
  readonly initials: string | null;
}

export function employerToComparable(name: string): ComparableEmployer {
  const all = fullWords(foldedWords(name));
  const telling = all.filter((word) => !silentWords.has(word));
  const words = telling.length > 0 ? telling : all;
  return {
    words,
    whole: words.join(" "),
    initials: words.length < 3 ? null : singular(words.map((word) => word[0]).join("")),
  };
}

/**
 * The same; or all words of one are among the other's and one of them is telling ("mercy harbor" and "mercy
 * harbor hospital"); or one is the other's initials.
 */
export function isSameEmployer(a: ComparableEmployer, b: ComparableEmployer): boolean {
  if (a.whole === "" || b.whole === "") return false;
  return (
    a.whole === b.whole ||
    a.whole === b.initials ||
    a.initials === b.whole ||
    isContained(a.words, b.words) ||
    isContained(b.words, a.words)
  );
}

/** Two that are the same employer share at least one of these. */
export function employerKeys({ words, whole, initials }: ComparableEmployer): readonly string[] {
  const telling = words.filter((word) => !commonWords.has(word));
  return initials === null ? [whole, ...telling] : [whole, initials, ...telling];
}

function isContained(few: readonly string[], many: readonly string[]): boolean {
  return few.every((word) => many.includes(word)) && few.some((word) => !commonWords.has(word));
}

/** "St. Mary's Hosp" becomes "saint", "mary", "hospital"; the letters of "U.C.L.A." become one word. */
function fullWords(folded: readonly string[]): string[] {
  const words: string[] = [];
  let letters = "";
  for (const word of [...folded, ","]) {
    if (word.length === 1 && word !== ",") {
      letters += word;
      continue;
    }
    if (letters !== "") words.push(fullWord(letters));
    letters = "";
    if (word !== ",") words.push(fullWord(word));
  }
  return words;
}

function fullWord(word: string): string {
  const one = singular(word);
  return writtenOut.get(one) ?? one;
}

/** "Mary's", "Marys" and "Mary" are one. */
function singular(word: string): string {
  let end = word.length;
  while (word[end - 1] === "s") end--;
  return end < 3 ? word : word.slice(0, end);
}

const writtenOut = pairs(
  "assoc associate, center centre, children child, clin clinic, cntr centre, coll college, comm community, " +
    "ctr centre, dept department, ft fort, gen general, grp group, healthcare health, hlth health, " +
    "hosp hospital, inst institute, intl international, med medical, medicine medical, mem memorial, " +
    "mt mount, natl national, paediatric pediatric, reg regional, st saint, ste saint, sainte saint, " +
    "sys system, uni university, univ university, va veteran",
);

const silentWords = words(
  "a affair and at care co corp for in inc llc llp ltd of pa pc plc pllc the",
);

/** Words that many houses share: alone they name none of them. */
const commonWords = words(
  "academic associate centre child clinic college community department doctor east emergency family " +
    "foundation general group health hospital institute international medical memorial mount national nhs north " +
    "partner pediatric physician practice primary regional saint school service south surgery surgical " +
    "system trust university west",
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

function pairs(list: string): ReadonlyMap<string, string> {
  return new Map(list.split(", ").map((pair) => pair.split(" ") as [string, string]));
}
