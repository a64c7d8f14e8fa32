/**
 * Takes what somebody typed apart into sentences of plain words: lower case, accents and apostrophes
 * dropped ("don't" is `dont`), digits kept, quotation marks as words of their own.
 */
export interface Sentence {
  readonly words: readonly string[];
  /** For each word, whether a sentence or clause begins with it; one more says whether one ends last. */
  readonly begins: readonly boolean[];
}

/** Longer ones are read in pieces that overlap, so that the time taken grows no faster than the text. */
const LONGEST = 60;
const OVERLAP = 20;

export function sentencesOf(text: string): Sentence[] {
  const plain = text
    // First of all: NFKD makes a blank of an acute accent that stands for an apostrophe.
    .replace(/(?<=[a-z])['\u2018\u2019\u02bc\u00b4`](?=[a-z])/gi, "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .toLowerCase()
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"');
  return (
    plain
      // Three dots are a pause, not an end: "I want to... disappear".
      .replace(/\.{2,}|\u2026/g, " , ")
      .split(/[.!?\n\r;]+/)
      .map(sentenceOf)
      .filter((sentence) => sentence.words.length > 0)
  );
}

export function piecesOf(sentence: Sentence): Sentence[] {
  const { words, begins } = sentence;
  if (words.length <= LONGEST) return [sentence];
  const count = Math.ceil((words.length - OVERLAP) / (LONGEST - OVERLAP));
  return Array.from({ length: count }, (_, i) => {
    const from = i * (LONGEST - OVERLAP);
    return {
      words: words.slice(from, from + LONGEST),
      begins: begins.slice(from, from + LONGEST + 1),
    };
  });
}

/** A single quotation mark counts only where it opens: "patients' notes" quotes nobody. */
const TOKENS = /[a-z0-9]+|"|(?<=^|[\s(,:])['\u2018]|[,:()\u2013\u2014]| - /g;

function sentenceOf(text: string): Sentence {
  const words: string[] = [];
  const begins: boolean[] = [];
  let fresh = true;
  for (const token of text.match(TOKENS) ?? []) {
    if (/^[a-z0-9]/.test(token)) {
      words.push(token);
      begins.push(fresh);
      fresh = false;
    } else {
      fresh = true;
      if (/["'\u2018]/.test(token)) {
        words.push('"');
        begins.push(true);
      }
    }
  }
  return { words, begins: [...begins, true] };
}
