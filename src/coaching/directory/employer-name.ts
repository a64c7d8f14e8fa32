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

/** Two that are the same employer share at least one of these. */
export function employerKeys(normalised: string): readonly string[] {
  const telling = normalised.split(" ").filter((word) => !commonWords.has(word));
  const initials = initialsOf(normalised);
  return initials === null ? [...telling, normalised] : [...telling, normalised, initials];
}

function isContained(shorter: string, longer: string): boolean {
  const words = shorter.split(" ");
  const among = longer.split(" ");
  return (
    words.every((word) => among.includes(word)) && words.some((word) => !commonWords.has(word))
  );
}

/** "massachusetts general hospital" is "mgh"; two letters are too few to mean anything. */
function initialsOf(normalised: string): string | null {
  const words = normalised.split(" ");
  if (words.length < 3) return null;
  let initials = "";
  for (const word of words) initials += word[0];
  return singular(initials);
}

/** Letters that carry no separable accent are spelled out, since people without that key write them so. */
export function foldedLetters(text: string): string {
  const lower = text.toLowerCase();
  if (/^[ -~]*$/.test(lower)) return lower;
  return lower
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => plainLetters.get(letter)!);
}

const plainLetters = pairs("ß ss, æ ae, œ oe, ø o, ł l, đ d, ð d, þ th, ı i");

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

const fullWords = pairs(
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
