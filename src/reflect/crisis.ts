/**
 * Recognises, on the device and nowhere else, when words or answers say that somebody may not want to
 * live. It knows English only, it is no assessment, and nobody is told what it finds.
 */
import type { CheckIn } from "#library/check-in.ts";
import type { CrisisLine, CrisisLines, CrisisSigns, Exception } from "#library/crisis.ts";
import { itemsCallingForCare, type Answers } from "./questionnaire.ts";
import {
  compilePattern,
  findSpans,
  sentencesOf,
  type Sentence,
  type Span,
  type WordPattern,
} from "#library/word-pattern.ts";

/** "explicit" opens the crisis panel; "possible" shows one quiet line with the way there. */
export type CrisisLevel = "explicit" | "possible";

export interface CrisisFinding {
  readonly sign: string;
  readonly level: CrisisLevel;
}

export type CrisisRecogniser = (text: string) => CrisisFinding[];

/** Compiles the signs once; what it returns may run on every pause in typing. */
export function crisisRecogniser(signs: CrisisSigns): CrisisRecogniser {
  const compile = (pattern: string): WordPattern => compilePattern(pattern, signs);
  const guards = signs.guards.map(({ id, unless }) => ({
    id,
    exceptions: unless.map((exception) => compileException(exception, compile)),
  }));
  const compiled = signs.signs.map((sign) => ({
    finding: { sign: sign.id, level: sign.level },
    patterns: sign.any.map(compile),
    exceptions: [
      ...(sign.unless ?? []).map((exception) => compileException(exception, compile)),
      ...guards.flatMap((guard) => (sign.despite?.includes(guard.id) ? [] : guard.exceptions)),
    ],
  }));
  return (text) => {
    const sentences = sentencesOf(text);
    return compiled
      .filter(({ patterns, exceptions }) =>
        sentences.some((sentence) =>
          patterns.some((pattern) =>
            findSpans(pattern, sentence).some(
              (span) => !exceptions.some((excepts) => excepts(sentence, span)),
            ),
          ),
        ),
      )
      .map(({ finding }) => finding);
  };
}

/** The stronger of what was found; null when nothing was. */
export function crisisLevelOf(findings: readonly CrisisFinding[]): CrisisLevel | null {
  if (findings.some((finding) => finding.level === "explicit")) return "explicit";
  return findings.length > 0 ? "possible" : null;
}

/** Whether a check-in, by its answers or by its words, opens the panel. */
export function crisisLevelOfCheckIn(
  checkIn: CheckIn,
  answers: Answers,
  words: string,
  recognise: CrisisRecogniser,
): CrisisLevel | null {
  if (itemsCallingForCare(checkIn, answers).length > 0) return "explicit";
  return crisisLevelOf(recognise(words));
}

export interface LinesForCountry {
  readonly emergency: readonly CrisisLine[];
  readonly doctors: readonly CrisisLine[];
  readonly anyone: readonly CrisisLine[];
  /** True where we know no number of the country itself. */
  readonly fallback: boolean;
}

/** `country` is ISO 3166-1 alpha-2; an unknown one gets the lines for everywhere. */
export function linesFor(country: string, { lines }: CrisisLines): LinesForCountry {
  const own = lines.filter((line) => line.country === country.toUpperCase());
  const fallback = own.length === 0;
  const chosen = fallback ? lines.filter((line) => line.country === "*") : own;
  const ofKind = (kind: CrisisLine["kind"]): CrisisLine[] => chosen.filter((l) => l.kind === kind);
  return {
    emergency: ofKind("emergency"),
    doctors: ofKind("doctors"),
    anyone: ofKind("anyone"),
    fallback,
  };
}

type Excepts = (sentence: Sentence, span: Span) => boolean;

function compileException(
  exception: Exception,
  compile: (pattern: string) => WordPattern,
): Excepts {
  if ("near" in exception) {
    const pattern = compile(exception.near);
    return (sentence) => findSpans(pattern, sentence).length > 0;
  }
  if ("before" in exception) {
    const pattern = compile(exception.before);
    return (sentence, span) =>
      findSpans(pattern, sentence).some(
        ({ to }) => to <= span.from && span.from - to <= exception.within,
      );
  }
  const pattern = compile(exception.after);
  return (sentence, span) =>
    findSpans(pattern, sentence).some(
      ({ from }) => from >= span.to && from - span.to <= exception.within,
    );
}
