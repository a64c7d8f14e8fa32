/**
 * Reads words as they were meant: another spelling for the one that patterns use, and slips of tired
 * fingers in the few words that must not be missed.
 */
import type { Sentence } from "./sentence.ts";

export interface Spelling {
  /** How else a word is written, in one word or in two: `myself: [my self, mysefl]`. */
  readonly spellings: Readonly<Record<string, readonly string[]>>;
  /** Words read with two letters swapped, one typed more than once, or (from six letters) one missing. */
  readonly slips: readonly string[];
}

export function spellingReader({ spellings, slips }: Spelling): (sentence: Sentence) => Sentence {
  const meant = new Map([
    ...slips.flatMap((word) => slipsOf(word).map((slip) => [slip, word] as const)),
    ...Object.entries(spellings).flatMap(([word, others]) =>
      others.map((other) => [other, word] as const),
    ),
    ...slips.map((word) => [word, word] as const),
  ]);
  return ({ words, begins }) => {
    const read: string[] = [];
    const readBegins: boolean[] = [];
    for (let at = 0; at < words.length; at++) {
      const word = plainly(words[at]!, meant);
      const joined = begins[at + 1] ? undefined : meant.get(`${word} ${words[at + 1]}`);
      read.push(joined ?? meant.get(word) ?? word);
      readBegins.push(begins[at]!);
      if (joined !== undefined) at += 1;
    }
    return { words: read, begins: [...readBegins, begins[words.length]!] };
  };
}

/** "Dieeee" is `die`; "killll" is `kill`. */
function plainly(word: string, meant: ReadonlyMap<string, string>): string {
  if (!/(.)\1\1/.test(word)) return word;
  const twice = word.replace(/(.)\1{2,}/g, "$1$1");
  return meant.has(twice) ? twice : word.replace(/(.)\1{2,}/g, "$1");
}

function slipsOf(word: string): string[] {
  const letters = [...word].map((_, i) => i);
  return [
    ...letters.map((i) => word.slice(0, i) + (word[i + 1] ?? "") + word[i]! + word.slice(i + 2)),
    ...letters.map((i) => word.slice(0, i + 1) + word.slice(i)),
    ...(word.length < 6 ? [] : letters.map((i) => word.slice(0, i) + word.slice(i + 1))),
  ];
}
