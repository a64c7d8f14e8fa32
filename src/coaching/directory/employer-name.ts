/**
 * Employer names as people really write them, "St. Mary's Hosp" and "Saint Mary Hospital", brought to one form
 * and compared generously: one coach too many kept away is a small loss, one too few breaks a promise.
 */

/** Lower case, no accents, abbreviations written out, words that say nothing left out. Applying it twice changes nothing. */
export function normalisedEmployer(name: string): string {
  const words = foldedLetters(name)
    .replace(/['’`´]s(?![\p{L}\p{N}])/gu, "")
    .replace(/['’`´.]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => fullWords.get(singular(word)) ?? singular(word));
  const telling = words.filter((word) => !silentWords.has(word));
  return (telling.length > 0 ? telling : words).join(" ");
}

/**
 * Both normalised. The same; or all words of one are among the other's and one of them is telling ("mercy
 * harbor" and "mercy harbor hospital"); or one is the other's initials.
 */
export function isSameEmployer(a: string, b: string): boolean {
  if (a === "" || b === "") return false;
  return (
    a === b || isContained(a, b) || isContained(b, a) || initialsOf(a) === b || initialsOf(b) === a
  );
}

function isContained(shorter: string, longer: string): boolean {
  const words = shorter.split(" ");
  const among = new Set(longer.split(" "));
  return words.every((word) => among.has(word)) && words.some((word) => !commonWords.has(word));
}

/** "massachusetts general hospital" is "mgh"; two letters are too few to mean anything. */
export function initialsOf(normalised: string): string | null {
  const words = normalised.split(" ");
  return words.length < 3 ? null : singular(words.map((word) => word[0]).join(""));
}

/** Letters that carry no separable accent are spelled out, since people without that key write them so. */
export function foldedLetters(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => plainLetters.get(letter)!);
}

const plainLetters: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ı", "i"],
]);

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

const fullWords: ReadonlyMap<string, string> = new Map([
  ["assoc", "associate"],
  ["center", "centre"],
  ["children", "child"],
  ["clin", "clinic"],
  ["cntr", "centre"],
  ["coll", "college"],
  ["comm", "community"],
  ["ctr", "centre"],
  ["dept", "department"],
  ["ft", "fort"],
  ["gen", "general"],
  ["grp", "group"],
  ["healthcare", "health"],
  ["hlth", "health"],
  ["hosp", "hospital"],
  ["inst", "institute"],
  ["intl", "international"],
  ["med", "medical"],
  ["medicine", "medical"],
  ["mem", "memorial"],
  ["mt", "mount"],
  ["natl", "national"],
  ["paediatric", "pediatric"],
  ["reg", "regional"],
  ["st", "saint"],
  ["ste", "saint"],
  ["sainte", "saint"],
  ["sys", "system"],
  ["uni", "university"],
  ["univ", "university"],
  ["va", "veteran"],
]);

const silentWords = new Set([
  "a",
  "affair",
  "and",
  "at",
  "co",
  "corp",
  "for",
  "in",
  "inc",
  "llc",
  "llp",
  "ltd",
  "of",
  "pa",
  "pc",
  "plc",
  "pllc",
  "the",
]);

/** Words that many houses share: alone they name none of them. */
const commonWords = new Set([
  "academic",
  "associate",
  "care",
  "centre",
  "child",
  "clinic",
  "college",
  "community",
  "department",
  "doctor",
  "emergency",
  "family",
  "foundation",
  "general",
  "group",
  "health",
  "hospital",
  "institute",
  "international",
  "medical",
  "memorial",
  "national",
  "nhs",
  "north",
  "east",
  "south",
  "west",
  "partner",
  "pediatric",
  "physician",
  "practice",
  "primary",
  "regional",
  "saint",
  "school",
  "service",
  "surgery",
  "surgical",
  "system",
  "trust",
  "university",
  "veteran",
]);
