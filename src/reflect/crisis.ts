/**
 * Recognises, on the device and nowhere else, when words or answers say that somebody may not want to
 * live. It knows English only, it is no assessment, and nobody is told what it finds.
 */
import type { CheckIn } from "#library/check-in.ts";
import type { CrisisLine, CrisisLines, CrisisPoints, CrisisSigns } from "#library/crisis.ts";
import { piecesOf, sentencesOf, type Sentence } from "#library/sentence.ts";
import { spellingReader } from "#library/spelling.ts";
import { pointReader } from "./crisis-points.ts";
import { signFinder } from "./crisis-signs.ts";
import { itemsCallingForCare, type Answers } from "./questionnaire.ts";

/** "explicit" opens the crisis panel; "possible" shows one quiet line with the way there. */
export type CrisisLevel = "explicit" | "possible";

export interface CrisisFinding {
  /** The id of a sign, or what the words of a passage weigh together. */
  readonly sign: string;
  readonly level: CrisisLevel;
}

/** Entries of one list are handed over apart: what is weighed together in a text is not in a list. */
export type CrisisRecogniser = (...entries: readonly string[]) => CrisisFinding[];

/** Compiles signs and points once; what it returns may run on every pause in typing. */
export function crisisRecogniser(signs: CrisisSigns, points: CrisisPoints): CrisisRecogniser {
  const readSentences = sentenceReader(signs);
  const findSigns = signFinder(signs);
  const pointsOf = pointReader(points);
  return (...entries) => {
    const read = entries.map((entry) => ({ entry, sentences: readSentences(entry) }));
    const said = read.filter(({ sentences }) => sentences.length > 0);
    const sentences = said.flatMap((one) => one.sentences);
    const inSentence = findSigns(sentences);
    const found = inSentence
      .flatMap(({ signs: some }) => some)
      .flatMap(({ id, level }): CrisisFinding[] =>
        level === "likely" ? [] : [{ sign: id, level }],
      );
    const most = passagesOf(said).reduce((highest, { of, isApart }) => {
      const words = of.flatMap((i) => sentences[i]!.words);
      const signsHere = of.flatMap((i) => inSentence[i]!.signs);
      const isLikely = signsHere.some(({ level }) => level === "likely");
      const isExplained = signsHere.length === 0 && of.some((i) => inSentence[i]!.isExplained);
      const moved = isLikely ? points.likely : isExplained ? points.explained : 0;
      // A short text without any sign is heard only by words that weigh much.
      const missing = isLikely ? 0 : Math.max(0, points.short.words - words.length);
      const lost = missing * points.short.each + (isApart ? points.apart : 0);
      return Math.max(highest, pointsOf(words) + moved - lost);
    }, -Infinity);
    if (most >= points.panel) found.push({ sign: "words", level: "explicit" });
    else if (most >= points.line) found.push({ sign: "words", level: "possible" });
    return found;
  };
}

/** Sentences as signs and points read them: spelling mended, none longer than a piece. */
export function sentenceReader(signs: CrisisSigns): (text: string) => Sentence[] {
  const readSpelling = spellingReader(signs);
  return (text) => sentencesOf(text).flatMap((sentence) => piecesOf(readSpelling(sentence)));
}

interface Passage {
  /** Places among all sentences. */
  readonly of: readonly number[];
  /** It reaches from one entry of a list into the next. */
  readonly isApart: boolean;
}

/**
 * Each sentence with the next one of its entry, for what one begins the other often says; and the last of an entry with
 * the first of the next. An entry that begins with a small letter goes on where the one before stopped.
 */
function passagesOf(
  said: readonly { readonly entry: string; readonly sentences: readonly Sentence[] }[],
): readonly Passage[] {
  let first = 0;
  return said.flatMap(({ entry, sentences: { length } }, nth) => {
    const from = first;
    first += length;
    const within = length === 1 ? [[from]] : Array.from({ length: length - 1 }, pairFrom(from));
    const passages = within.map((of): Passage => ({ of, isApart: false }));
    const isApart = !/^[^\p{L}\d]*\p{Ll}/u.test(entry);
    return nth === 0 ? passages : [...passages, { of: [from - 1, from], isApart }];
  });
}

const pairFrom = (from: number) => (_: unknown, i: number) => [from + i, from + i + 1];

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
