/** Words our texts don't use, signs they don't carry, and sentences that are too hard for three in the morning. */
import { forbiddenIn, type ForbiddenWords } from "../forbidden-words.ts";
import { readingGrade, wordCount } from "../reading-level.ts";
import type { Fault } from "./content-check.ts";

/** Not written to be read by members: data to match against, or the lists of words themselves. */
const KINDS_NOT_PROSE = [
  "words-not-to-use",
  "crisis-signs",
  "crisis-points",
  "crisis-labelled",
  "coverage",
  "languages",
];
/** Names, addresses and titles that are quoted as they are. */
const KEYS_NOT_PROSE = ["id", "kind", "study", "url", "email", "timeZone", "number", "employers"];

const HIGHEST_GRADE = 10;
const HIGHEST_GRADE_OF_PARAGRAPH = 12;
const WORDS_IN_PARAGRAPH = 20;

export function proseFaults(raw: unknown, forbidden: ForbiddenWords["content"]): Fault[] {
  if (typeof raw === "object" && raw !== null && "kind" in raw) {
    if (typeof raw.kind === "string" && KINDS_NOT_PROSE.includes(raw.kind)) return [];
  }
  const texts = textsIn(raw);
  const words = texts.flatMap(({ at, text }) => [
    ...forbiddenIn(text, forbidden).map(({ found, why }): Fault => ({
      at,
      rule: "words",
      message: `"${found}": ${why}`,
    })),
    ...(/\p{Extended_Pictographic}/u.test(text)
      ? [{ at, rule: "words", message: "No emoji." } as const]
      : []),
  ]);
  return [...words, ...readingFaults(texts)];
}

interface Text {
  readonly at: readonly (string | number)[];
  readonly text: string;
}

function readingFaults(texts: readonly Text[]): Fault[] {
  const prose = texts.filter(({ text }) => wordCount(text) >= 6);
  const whole = readingGrade(prose.map(({ text }) => `${text}.`).join("\n"));
  const hard = prose.flatMap(({ at, text }): Fault[] => {
    const grade = wordCount(text) < WORDS_IN_PARAGRAPH ? null : readingGrade(text);
    if (grade === null || grade <= HIGHEST_GRADE_OF_PARAGRAPH) return [];
    return [{ at, rule: "reading", message: `reads at grade ${grade.toFixed(1)}` }];
  });
  if (whole === null || whole <= HIGHEST_GRADE) return hard;
  return [
    { at: [], rule: "reading", message: `as a whole reads at grade ${whole.toFixed(1)}` },
    ...hard,
  ];
}

function textsIn(value: unknown, at: readonly (string | number)[] = []): Text[] {
  if (typeof value === "string") return [{ at, text: value }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((part, i) => textsIn(part, [...at, i]));
  return Object.entries(value).flatMap(([key, part]) =>
    KEYS_NOT_PROSE.includes(key) ? [] : textsIn(part, [...at, key]),
  );
}
