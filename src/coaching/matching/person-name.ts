/**
 * Whether two names may mean one person, however each was written down: "Dr. José M. García-López", "garcia
 * lopez, jose", "J. Garcia Lopez". Generous on purpose: a namesake kept away costs one offer, the person on
 * the conflict list offered once costs trust.
 */
import { foldedWords } from "#library/folded-words.ts";

export interface ComparableName {
  /** Given name first, family name last; without titles, middle initials and particles. */
  readonly words: readonly string[];
  /** All of it run together: "vanderberg" and "van der Berg" are one. */
  readonly whole: string;
}

export function nameToComparable(name: string): ComparableName {
  const all = inOrder(foldedWords(name)).filter((word) => !titles.has(word));
  return { words: tellingWords(all), whole: all.join("") };
}

/** "Okafor, Ada" is turned round; "Ada Okafor, DO" loses its degree, while a family named Do keeps its name. */
function inOrder(words: readonly string[]): readonly string[] {
  const comma = words.indexOf(",");
  if (comma < 0) return words;
  const after = words.slice(comma + 1).filter((word) => word !== "," && word !== "do");
  return [...after, ...words.slice(0, comma)];
}

/**
 * The same run together; or all words of one are among the other's ("Dr Okafor" and "Ada Okafor"); or the
 * same family name and given names that may be one ("J. Garcia" and "José Garcia", "Sam" and "Samira").
 */
export function isSamePerson(a: ComparableName, b: ComparableName): boolean {
  if (a.whole === "" || b.whole === "") return false;
  if (a.whole === b.whole || isAmong(a.words, b.words) || isAmong(b.words, a.words)) return true;
  return a.words.at(-1) === b.words.at(-1) && mayBeOneGivenName(a.words[0]!, b.words[0]!);
}

/** Two that may be one person share at least one of these. */
export function nameKeys(name: ComparableName): readonly string[] {
  return [name.whole, ...name.words];
}

function isAmong(few: readonly string[], many: readonly string[]): boolean {
  return few.every((word) => many.includes(word));
}

function mayBeOneGivenName(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return (short.length === 1 || short.length >= 3) && long.startsWith(short);
}

/** The first word always stays, and so does everything that would leave fewer than two. */
function tellingWords(all: readonly string[]): string[] {
  const glued: string[] = [];
  for (const [at, word] of all.entries()) {
    if (at > 1 && gluedPrefixes.has(all[at - 1]!)) glued[glued.length - 1] += word;
    else glued.push(word);
  }
  const telling = glued.filter((word, at) => at === 0 || (word.length > 1 && !particles.has(word)));
  return telling.length > 1 ? telling : glued;
}

/** Not "do": it is a family name as well as a degree. Left in, it costs nothing, since words may be missing on one side. */
const titles = new Set(
  (
    "dr doctor prof professor mr mrs ms miss mx sir dame jr sr ii iii md mbbs mbbch mbchb bm phd dphil msc mph mba ph " +
    "faap facc facep facp facs frcp frcs frcpc frcgp mrcgp mrcp mrcs"
  ).split(" "),
);

const gluedPrefixes = new Set(["o", "mc", "mac"]);

const particles = new Set(
  "al bin da das de del dela den der di dos du el ibn la las le los ter van vander von y zu".split(
    " ",
  ),
);
