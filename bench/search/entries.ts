/** A journal of many years, made up: words of our own making in the proportions in which people use words. */

const CONSONANTS = [
  "b",
  "d",
  "f",
  "g",
  "h",
  "k",
  "l",
  "m",
  "n",
  "p",
  "r",
  "s",
  "t",
  "v",
  "st",
  "tr",
];
const VOWELS = ["a", "e", "i", "o", "u", "ai", "ea"];
const VOCABULARY = 8_000;
const TAGS = 60;
const FEWEST_WORDS = 40;
const MOST_WORDS = 160;
const DAY_MS = 86_400_000;
const LAST_DAY = Date.UTC(2026, 10, 22);

export interface MadeEntry {
  readonly on: string;
  readonly text: string;
  readonly tags: readonly string[];
}

/** The same every time. */
export function makeEntries(count: number): {
  readonly entries: readonly MadeEntry[];
  readonly vocabulary: readonly string[];
} {
  const chance = seeded(20261122);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)]!;
  const words = new Set<string>();
  while (words.size < VOCABULARY) {
    const syllables = 1 + Math.floor(chance() * 3);
    words.add(
      Array.from({ length: syllables }, () => pick(CONSONANTS) + pick(VOWELS)).join("") +
        (chance() < 0.4 ? pick(["n", "r", "s", "t"]) : ""),
    );
  }
  const vocabulary = [...words];
  // Zipf: the word of rank r comes about as often as 1/r.
  const drawn = () => vocabulary[Math.floor(VOCABULARY ** chance()) - 1]!;
  const entries = Array.from({ length: count }, (_, place) => {
    const length = FEWEST_WORDS + Math.floor(chance() * (MOST_WORDS - FEWEST_WORDS));
    return {
      on: new Date(LAST_DAY - place * DAY_MS).toISOString().slice(0, 10),
      text: Array.from({ length }, drawn).join(" "),
      tags: chance() < 0.3 ? [vocabulary[Math.floor(chance() * TAGS)]!] : [],
    };
  });
  return { entries, vocabulary };
}

/** Mulberry32: numbers from 0 up to 1, from a seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
