/**
 * Which words stand in which text, packed so that a phone fetches them once for the whole library: a list of all
 * words, and for each text the places of its own in that list, each as the distance from the one before.
 */
import { wordsOf } from "#library/text-index.ts";

export interface SearchWords {
  /** In the order of the alphabet, with blanks between. */
  readonly words: string;
  readonly wordsByName: Readonly<Record<string, string>>;
  /** In so many texts that they tell none apart. */
  readonly common: readonly string[];
}

/** A word in more than this part of all texts finds too much to be of use. */
const COMMON = 0.6;
const RADIX = 36;

export function packWords(textsByName: ReadonlyMap<string, string>): SearchWords {
  const sets = [...textsByName].map(([name, text]) => [name, new Set(wordsOf(text))] as const);
  const counts = new Map<string, number>();
  for (const [, set] of sets) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  const isCommon = (word: string) => sets.length > 10 && counts.get(word)! > COMMON * sets.length;
  const words = [...counts.keys()].filter((word) => !isCommon(word)).toSorted();
  const places = new Map(words.map((word, place) => [word, place]));
  return {
    words: words.join(" "),
    common: [...counts.keys()].filter(isCommon).toSorted(),
    wordsByName: Object.fromEntries(
      sets.map(([name, set]) => {
        const own = [...set].flatMap((word) => places.get(word) ?? []).toSorted((a, b) => a - b);
        return [name, own.map((place, i) => (place - (own[i - 1] ?? 0)).toString(RADIX)).join(" ")];
      }),
    ),
  };
}

/** The words of each text, each once, in the order of the alphabet. */
export function unpackWords(packed: SearchWords): ReadonlyMap<string, string> {
  const words = packed.words.split(" ");
  return new Map(
    Object.entries(packed.wordsByName).map(([name, distances]) => {
      let place = 0;
      const own = distances === "" ? [] : distances.split(" ");
      return [
        name,
        own.map((distance) => words[(place += Number.parseInt(distance, RADIX))]).join(" "),
      ];
    }),
  );
}
