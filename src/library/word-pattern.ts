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
 *   a|$         this word, or the end
 *   "           a quotation mark
 */
import type { Sentence } from "./sentence.ts";

export interface Span {
  readonly from: number;
  /** One past the last word. */
  readonly to: number;
}

export interface PatternWords {
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly gapStops: readonly string[];
}

export interface WordChoice {
  readonly exact: ReadonlySet<string>;
  readonly stems: readonly string[];
}

type Step =
  | {
      readonly step: "word";
      readonly choice: WordChoice;
      readonly optional: boolean;
      readonly orEnd: boolean;
    }
  | {
      readonly step: "run";
      readonly choice: WordChoice;
      readonly barred: boolean;
      readonly atMost: number;
    }
  | { readonly step: "begin" | "end" };

export type WordPattern = readonly Step[];

/** Throws on a set that does not exist: a mistake in content, which its check finds first. */
export function compilePattern(pattern: string, known: PatternWords): WordPattern {
  const stops = { exact: new Set([...known.gapStops, '"']), stems: [] };
  return pattern
    .trim()
    .split(/\s+/)
    .map((part): Step => {
      if (part === "^") return { step: "begin" };
      if (part === "$") return { step: "end" };
      const gap = /^\.\.(\d+)$/.exec(part);
      if (gap) return { step: "run", choice: stops, barred: true, atMost: Number(gap[1]) };
      const run = /^(!?)(@[a-zA-Z]+)\+(\d+)$/.exec(part);
      if (run) {
        const choice = choiceOf(run[2]!, known);
        return { step: "run", choice, barred: run[1] === "!", atMost: Number(run[3]) };
      }
      const optional = part.endsWith("?");
      const choices = (optional ? part.slice(0, -1) : part).split("|");
      return {
        step: "word",
        choice: choiceOf(choices.filter((choice) => choice !== "$").join("|"), known),
        optional,
        orEnd: choices.includes("$"),
      };
    });
}

const CHOICE = /^(?:@[a-zA-Z]+|[a-z0-9]+\*?|")$/;

export const isOfChoice = ({ exact, stems }: WordChoice, word: string): boolean =>
  exact.has(word) || stems.some((stem) => word.startsWith(stem));

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
      return sentence.begins[at] && at < sentence.words.length
        ? endsOf(pattern, index + 1, sentence, at)
        : [];
    case "end":
      return sentence.begins[at] ? endsOf(pattern, index + 1, sentence, at) : [];
    case "word": {
      const isPassedOver = step.optional || (step.orEnd && sentence.begins[at] === true);
      const without = isPassedOver ? endsOf(pattern, index + 1, sentence, at) : [];
      if (word === undefined || !isOfChoice(step.choice, word)) return without;
      return [...endsOf(pattern, index + 1, sentence, at + 1), ...without];
    }
    case "run": {
      const ends: number[] = [];
      for (let length = 0; length <= step.atMost; length++) {
        const taken = sentence.words[at + length - 1];
        if (length > 0 && (taken === undefined || isOfChoice(step.choice, taken) === step.barred))
          break;
        ends.push(...endsOf(pattern, index + 1, sentence, at + length));
      }
      return ends;
    }
  }
}

function choiceOf(part: string, known: PatternWords): WordChoice {
  const choices = part.split("|").flatMap((choice) => {
    if (!CHOICE.test(choice)) throw new Error(`Not a part of a pattern: ${choice}`);
    if (!choice.startsWith("@")) return [choice];
    const set = known.words[choice.slice(1)];
    if (!set) throw new Error(`No set of words ${choice}`);
    return set;
  });
  return {
    exact: new Set(choices.filter((choice) => !choice.endsWith("*"))),
    stems: choices.filter((choice) => choice.endsWith("*")).map((choice) => choice.slice(0, -1)),
  };
}
