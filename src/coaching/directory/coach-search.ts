/**
 * Looking through the directory on the device: what is typed is sought in names and stories, accents and case
 * aside, and the rest is by the card's own facts. The server is told nothing of it.
 */
import type { Stage } from "#identity/account.ts";
import type { Coach, Path } from "./coach.ts";
import { foldedWords } from "#library/folded-words.ts";

export interface CoachFilter {
  /** As typed; every word must be found. */
  readonly text: string;
  readonly path: Path | null;
  /** BCP 47; a region of it will do, and so will it for a region. */
  readonly language: string | null;
  readonly stage: Stage | null;
  readonly doctorsOnly: boolean;
  /** The most a session may cost; in another currency only what is given away passes. */
  readonly ceiling: { readonly currency: string; readonly minorUnitsPerSession: number } | null;
}

export interface CoachSearch {
  /** By name; those whose name has all the words come first. */
  readonly find: (filter: CoachFilter) => Coach[];
}

/** `alsoOf`: what else of a card is sought in, such as the names of its specialty. */
export function searchAmong(
  coaches: readonly Coach[],
  alsoOf: (coach: Coach) => string,
): CoachSearch {
  const byName = coaches.toSorted((a, b) => a.name.localeCompare(b.name));
  // Folded when first asked for: most people never type a word.
  let entries: readonly Entry[] | null = null;
  const folded = () =>
    (entries ??= byName.map((coach) => ({
      coach,
      name: foldedText(coach.name),
      rest: foldedText(`${coach.story} ${alsoOf(coach)}`),
    })));
  return {
    find: (filter) => {
      const words = foldedWords(filter.text).filter((word) => word !== ",");
      const passes = passesFacts(filter);
      if (words.length === 0) return byName.filter(passes);
      const found = folded().filter(
        ({ coach, name, rest }) =>
          passes(coach) && words.every((word) => hasWord(name, word) || hasWord(rest, word)),
      );
      const isNamed = ({ name }: Entry) => words.every((word) => hasWord(name, word));
      return [...found.filter(isNamed), ...found.filter((entry) => !isNamed(entry))].map(
        ({ coach }) => coach,
      );
    },
  };
}

interface Entry {
  readonly coach: Coach;
  readonly name: string;
  readonly rest: string;
}

function passesFacts(filter: CoachFilter): (coach: Coach) => boolean {
  const { path, language, stage, doctorsOnly, ceiling } = filter;
  return (coach) =>
    (path === null || coach.paths.includes(path)) &&
    (language === null || coach.languages.some((each) => primary(each) === primary(language))) &&
    (stage === null || coach.stages.includes(stage)) &&
    (!doctorsOnly || coach.kind === "physician") &&
    (ceiling === null || isWithin(coach.price, ceiling));
}

function isWithin(
  { currency, minorUnitsPerSession }: Coach["price"],
  ceiling: NonNullable<CoachFilter["ceiling"]>,
): boolean {
  if (minorUnitsPerSession === 0) return true;
  return currency === ceiling.currency && minorUnitsPerSession <= ceiling.minorUnitsPerSession;
}

const primary = (language: string): string => language.split("-", 1)[0]!;

/** Plain writing keeps its marks, which `hasWord` looks past: ten thousand stories are read at the first letter typed. */
function foldedText(text: string): string {
  const isPlain = /^[\n -~]*$/.test(text);
  return isPlain ? text.toLowerCase().replace(/['`]/g, "") : foldedWords(text).join(" ");
}

/** By its beginning; in writing without spaces between words, anywhere. */
function hasWord(text: string, word: string): boolean {
  if (!isPartOfWord(word.charCodeAt(0))) return text.includes(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at === 0 || !isPartOfWord(text.charCodeAt(at - 1))) return true;
  return false;
}

/** 0 to 9 and a to z. */
const isPartOfWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
