/**
 * A small language for word patterns that a clinician can read and change, and its matcher. It looks
 * at words only, one sentence at a time, and takes bounded time: no regular expression ever comes from
 * content.
 *
 *   word        exactly this word           a|b|c   any of these
 *   stem*       any word beginning so       word?   may be absent
 *   @set        any word of a named set     @set+4  up to four words of that set
 *   ..3         up to three words of any kind, but never across a gap stop
 *   !@set+4     up to four words, none of them of that set
 *   ^  $        the beginning, the end of a sentence or clause
 *   "           a quotation mark
 */

export interface Sentence {
  readonly words: readonly string[];
  /** For each word, whether a sentence or clause begins with it. */
  readonly begins: readonly boolean[];
}

export interface Span {
  readonly from: number;
  /** One past the last word. */
  readonly to: number;
}

export interface PatternWords {
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly gapStops: readonly string[];
}

type WordTest = (word: string) => boolean;
type Step =
  | { readonly step: "word"; readonly test: WordTest; readonly optional: boolean }
  | { readonly step: "run"; readonly test: WordTest; readonly atMost: number }
  | { readonly step: "begin" | "end" };

export type WordPattern = readonly Step[];

/** Throws on a set that does not exist: a mistake in content, which its check finds first. */
export function compilePattern(pattern: string, known: PatternWords): WordPattern {
  const isNoStop = (word: string): boolean => word !== '"' && !known.gapStops.includes(word);
  return pattern
    .trim()
    .split(/\s+/)
    .map((part): Step => {
      if (part === "^") return { step: "begin" };
      if (part === "$") return { step: "end" };
      const gap = /^\.\.(\d+)$/.exec(part);
      if (gap) return { step: "run", test: isNoStop, atMost: Number(gap[1]) };
      const run = /^(!?)(@[a-zA-Z]+)\+(\d+)$/.exec(part);
      if (run) {
        const test = testOf(run[2]!, known);
        return { step: "run", test: run[1] ? (word) => !test(word) : test, atMost: Number(run[3]) };
      }
      const optional = part.endsWith("?");
      return { step: "word", test: testOf(optional ? part.slice(0, -1) : part, known), optional };
    });
}

/** Every span the pattern can take in the sentence: from each beginning, all its possible ends. */
export function findSpans(pattern: WordPattern, sentence: Sentence): Span[] {
  return sentence.words.flatMap((_, from) =>
    [...new Set(endsOf(pattern, 0, sentence, from))]
      .filter((to) => to > from)
      .map((to) => ({ from, to })),
  );
}

function endsOf(pattern: WordPattern, index: number, sentence: Sentence, at: number): number[] {
  const step = pattern[index];
  if (!step) return [at];
  const word = sentence.words[at];
  switch (step.step) {
    case "begin":
      return sentence.begins[at] ? endsOf(pattern, index + 1, sentence, at) : [];
    case "end":
      return at === sentence.words.length || sentence.begins[at]
        ? endsOf(pattern, index + 1, sentence, at)
        : [];
    case "word": {
      const without = step.optional ? endsOf(pattern, index + 1, sentence, at) : [];
      if (word === undefined || !step.test(word)) return without;
      return [...endsOf(pattern, index + 1, sentence, at + 1), ...without];
    }
    case "run": {
      const ends: number[] = [];
      for (let length = 0; length <= step.atMost; length++) {
        const taken = sentence.words[at + length - 1];
        if (length > 0 && (taken === undefined || !step.test(taken))) break;
        ends.push(...endsOf(pattern, index + 1, sentence, at + length));
      }
      return ends;
    }
  }
}

function testOf(part: string, known: PatternWords): WordTest {
  const choices = part.split("|").flatMap((choice) => {
    if (!choice.startsWith("@")) return [choice];
    const set = known.words[choice.slice(1)];
    if (!set) throw new Error(`No set of words ${choice}`);
    return set;
  });
  const exact = new Set(choices.filter((choice) => !choice.endsWith("*")));
  const stems = choices
    .filter((choice) => choice.endsWith("*"))
    .map((choice) => choice.slice(0, -1));
  return (word) => exact.has(word) || stems.some((stem) => word.startsWith(stem));
}

/**
 * Splits text into sentences of plain words: lower case, accents and apostrophes dropped ("don't" is
 * `dont`), digits kept, quotation marks as words of their own.
 */
export function sentencesOf(text: string): Sentence[] {
  const plain = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .toLowerCase()
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/(?<=[a-z])['\u2018\u2019\u02bc\u00b4`](?=[a-z])/g, "");
  return (
    plain
      // Three dots are a pause, not an end: "I want to... disappear".
      .replace(/\.{2,}|\u2026/g, " , ")
      .split(/[.!?\n\r;]+/)
      .map(sentenceOf)
      .filter((sentence) => sentence.words.length > 0)
  );
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
  return { words, begins };
}
