/**
 * Tells which of many patterns a sentence can match at all, by one word that each cannot do without, so
 * that reading a long entry does not try every pattern on every sentence.
 */
import { isOfChoice, type WordChoice, type WordPattern } from "./word-pattern.ts";
import type { Sentence } from "./sentence.ts";

export function patternIndex<Entry extends { readonly pattern: WordPattern }>(
  entries: readonly Entry[],
): (sentence: Sentence) => Entry[] {
  const uses = new Map<string, number>();
  for (const word of entries.flatMap(({ pattern }) => choicesOf(pattern).flatMap(wordsOf))) {
    uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  const weight = (choice: WordChoice): number =>
    wordsOf(choice).reduce((sum, word) => sum + (uses.get(word) ?? 0), 0);
  const entriesByWord = new Map<string, Entry[]>();
  const others: { readonly anchor: WordChoice; readonly entry: Entry }[] = [];
  for (const entry of entries) {
    const [anchor] = choicesOf(entry.pattern).toSorted((a, b) => weight(a) - weight(b));
    if (anchor === undefined || anchor.stems.length > 0) {
      others.push({ anchor: anchor ?? { exact: new Set(), stems: [""] }, entry });
      continue;
    }
    for (const word of anchor.exact) {
      const same = entriesByWord.get(word);
      if (same) same.push(entry);
      else entriesByWord.set(word, [entry]);
    }
  }
  return ({ words }) => {
    const distinct = [...new Set(words)];
    return [
      ...new Set(distinct.flatMap((word) => entriesByWord.get(word) ?? [])),
      ...others
        .filter(({ anchor }) => distinct.some((word) => isOfChoice(anchor, word)))
        .map(({ entry }) => entry),
    ];
  };
}

/** The choices one of which must stand in the sentence. */
const choicesOf = (pattern: WordPattern): WordChoice[] =>
  pattern.flatMap((step) =>
    step.step === "word" && !step.optional && !step.orEnd ? [step.choice] : [],
  );

const wordsOf = ({ exact, stems }: WordChoice): string[] => [...exact, ...stems];
