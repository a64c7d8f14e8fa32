/**
 * Finds the signs of content/crisis/signs.yaml in sentences: a pattern that matches, that no exception
 * explains away, and whose companions stand near it.
 */
import type { CrisisSigns, Exception } from "#library/crisis.ts";
import { patternIndex } from "#library/pattern-index.ts";
import type { Sentence } from "#library/sentence.ts";
import { compilePattern, findSpans, type Span, type WordPattern } from "#library/word-pattern.ts";

type Sign = CrisisSigns["signs"][number];

export interface SignsInSentence {
  readonly signs: readonly Sign[];
  /** No sign is left, and one was there that an exception took away: it is denied, past, or another's. */
  readonly isExplained: boolean;
}

/** Sentence by sentence; a sign that opens or shows something is told only once. */
export function signFinder(
  signs: CrisisSigns,
): (sentences: readonly Sentence[]) => SignsInSentence[] {
  const rulesIn = patternIndex(rulesOf(signs));
  return (sentences) => {
    const readings = sentences.map(readingOf);
    const told = new Set<Sign>();
    return readings.map((reading, i) => {
      const around = readings.slice(Math.max(0, i - 1), i + 2);
      const found = new Set<Sign>();
      let isExplained = false;
      for (const rule of rulesIn(reading.sentence)) {
        if (told.has(rule.sign) || found.has(rule.sign) || !stands(rule, reading, around)) continue;
        if (isExcepted(rule, reading, around)) {
          isExplained = true;
          continue;
        }
        found.add(rule.sign);
        if (rule.sign.level !== "likely") told.add(rule.sign);
      }
      return { signs: [...found], isExplained: isExplained && found.size === 0 };
    });
  };
}

interface Rule {
  readonly sign: Sign;
  readonly pattern: WordPattern;
  /** Must stand there too, or in the sentence before or after. */
  readonly also: readonly WordPattern[];
  readonly exceptions: readonly Excepts[];
}

function rulesOf(signs: CrisisSigns): Rule[] {
  const compile = (pattern: string): WordPattern => compilePattern(pattern, signs);
  const guards = signs.guards.map(({ id, unless }) => ({
    id,
    exceptions: unless.map((exception) => compileException(exception, compile)),
  }));
  return signs.signs.flatMap((sign) => {
    const exceptions = [
      ...(sign.unless ?? []).map((exception) => compileException(exception, compile)),
      ...guards.flatMap((guard) => (sign.despite?.includes(guard.id) ? [] : guard.exceptions)),
    ];
    return sign.any.map((one): Rule => {
      const [pattern, ...also] = [one].flat().map(compile);
      return { sign, pattern: pattern!, also, exceptions };
    });
  });
}

const stands = ({ pattern, also }: Rule, reading: Reading, around: readonly Reading[]): boolean =>
  standsIn([reading], pattern) && also.every((one) => standsIn(around, one));

const isExcepted = (rule: Rule, reading: Reading, around: readonly Reading[]): boolean =>
  reading
    .spansOf(rule.pattern)
    .every((span) => rule.exceptions.some((excepts) => excepts(reading, span, around)));

const standsIn = (readings: readonly Reading[], pattern: WordPattern): boolean =>
  readings.some(({ spansOf }) => spansOf(pattern).length > 0);

/** A sentence, and what was already found in it. */
interface Reading {
  readonly sentence: Sentence;
  readonly spansOf: (pattern: WordPattern) => readonly Span[];
}

function readingOf(sentence: Sentence): Reading {
  const known = new Map<WordPattern, readonly Span[]>();
  const spansOf = (pattern: WordPattern): readonly Span[] => {
    const spans = known.get(pattern) ?? findSpans(pattern, sentence);
    known.set(pattern, spans);
    return spans;
  };
  return { sentence, spansOf };
}

type Excepts = (reading: Reading, span: Span, around: readonly Reading[]) => boolean;

function compileException(
  exception: Exception,
  compile: (pattern: string) => WordPattern,
): Excepts {
  if ("near" in exception) {
    const [pattern, ...also] = [exception.near].flat().map(compile);
    const but = exception.but === undefined ? [] : [compile(exception.but)];
    return ({ spansOf }, _, around) =>
      spansOf(pattern!).length > 0 &&
      also.every((one) => standsIn(around, one)) &&
      !but.some((one) => standsIn(around, one));
  }
  const { within } = exception;
  if ("before" in exception) {
    const pattern = compile(exception.before);
    const but = exception.butFrom === undefined ? null : compile(exception.butFrom);
    return ({ spansOf }, span) =>
      spansOf(pattern).some(({ to }) => to <= span.from && span.from - to <= within) &&
      !(but !== null && spansOf(but).some(({ from }) => from === span.from));
  }
  const pattern = compile(exception.after);
  return ({ spansOf }, span) =>
    spansOf(pattern).some(({ from }) => from >= span.to && from - span.to <= within);
}
