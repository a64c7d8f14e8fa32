/**
 * A small language for word patterns that a clinician can read and change, and its matcher. It looks
 * at words only, one sentence at a time, and takes bounded time: no regular expression ever comes from
 * content.
 *
 *   word        exactly this word           a|b|c   any of these
 *   stem*       any word beginning so       word?   may be absent
 *   @set        any word of a named set     @set+4  up to four words of that set
 *   ..3         up to three words of any kind, but never across a gap stop
 *   ^           the beginning of a sentence or clause
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
  | { readonly step: "begin" };

export type WordPattern = readonly Step[];

/** Throws on a set that does not exist: a mistake in content, which its check finds first. */
export function compilePattern(pattern: string, known: PatternWords): WordPattern {
  const isNoStop = (word: string): boolean => word !== '"' && !known.gapStops.includes(word);
  return pattern
    .trim()
    .split(/\s+/)
    .map((part): Step => {
      if (part === "^") return { step: "begin" };
      const gap = /^\.\.(\d+)$/.exec(part);
      if (gap) return { step: "run", test: isNoStop, atMost: Number(gap[1]) };
      const run = /^(@[a-zA-Z]+)\+(\d+)$/.exec(part);
      if (run) return { step: "run", test: testOf(run[1]!, known), atMost: Number(run[2]) };
      const optional = part.endsWith("?");
      return { step: "word", test: testOf(optional ? part.slice(0, -1) : part, known), optional };
    });
}

/** The first match that begins at `from` or later (and not after `last`), the shortest from there. */
export function findPattern(
  pattern: WordPattern,
  sentence: Sentence,
  from = 0,
  last = sentence.words.length,
): Span | null {
  for (let at = from; at <= Math.min(last, sentence.words.length); at++) {
    const to = endOf(pattern, 0, sentence, at);
    if (to !== null && to > at) return { from: at, to };
  }
  return null;
}

/** Every span the pattern takes in the sentence, one for each place where one begins. */
export function findAll(pattern: WordPattern, sentence: Sentence): Span[] {
  return sentence.words.flatMap((_, at) => {
    const to = endOf(pattern, 0, sentence, at);
    return to !== null && to > at ? [{ from: at, to }] : [];
  });
}

function endOf(pattern: WordPattern, index: number, sentence: Sentence, at: number): number | null {
  const step = pattern[index];
  if (!step) return at;
  const word = sentence.words[at];
  switch (step.step) {
    case "begin":
      return sentence.begins[at] ? endOf(pattern, index + 1, sentence, at) : null;
    case "word": {
      const taken =
        word !== undefined && step.test(word) ? endOf(pattern, index + 1, sentence, at + 1) : null;
      return taken ?? (step.optional ? endOf(pattern, index + 1, sentence, at) : null);
    }
    case "run": {
      for (let length = 0; length <= step.atMost; length++) {
        const next = sentence.words[at + length - 1];
        if (length > 0 && (next === undefined || !step.test(next))) return null;
        const to = endOf(pattern, index + 1, sentence, at + length);
        if (to !== null) return to;
      }
      return null;
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
  const stems = choices.filter((choice) => choice.endsWith("*")).map((choice) => choice.slice(0, -1));
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
  return plain
    .split(/[.!?\n\r;\u2026]+/)
    .map(sentenceOf)
    .filter((sentence) => sentence.words.length > 0);
}

function sentenceOf(text: string): Sentence {
  const words: string[] = [];
  const begins: boolean[] = [];
  let fresh = true;
  for (const token of text.match(/[a-z0-9]+|["'\u2018\u2019]|[,:()\u2013\u2014]| - /g) ?? []) {
    if (/^[a-z0-9]/.test(token)) {
      words.push(token);
      begins.push(fresh);
      fresh = false;
    } else {
      fresh = true;
      if (/["'\u2018\u2019]/.test(token)) {
        words.push('"');
        begins.push(true);
      }
    }
  }
  return { words, begins };
}
