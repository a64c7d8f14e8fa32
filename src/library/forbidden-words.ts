/**
 * Words that content and discreet channels must not carry, and the finder both the content check and
 * the proof `discreet` use. Patterns are whole words; `*` at an end stands for any letters.
 */
import * as v from "valibot";
import { proseSchema, versionSchema } from "./prose.ts";

const entrySchema = v.strictObject({
  words: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
  why: proseSchema,
  instead: v.exactOptional(proseSchema),
});

export const forbiddenWordsSchema = v.strictObject({
  kind: v.literal("words-not-to-use"),
  version: versionSchema,
  content: v.array(entrySchema),
  discreet: v.array(entrySchema),
});
export type ForbiddenWords = v.InferOutput<typeof forbiddenWordsSchema>;
export type ForbiddenEntry = v.InferOutput<typeof entrySchema>;

export interface ForbiddenHit {
  /** As it stands in the text. */
  readonly found: string;
  readonly why: string;
}

export function forbiddenIn(text: string, entries: readonly ForbiddenEntry[]): ForbiddenHit[] {
  const plain = text.normalize("NFKC").replace(/[\u2018\u2019]/g, "'");
  if (!isAnyIn(plain, entries)) return [];
  return entries.flatMap((entry) =>
    entry.words.flatMap((word) => {
      const match = patternOf(word).exec(plain);
      return match ? [{ found: match[0], why: entry.why }] : [];
    }),
  );
}

const anyOf = new WeakMap<readonly ForbiddenEntry[], readonly RegExp[]>();

/** One look for all of them: nearly every text has none, and there are many texts. */
function isAnyIn(text: string, entries: readonly ForbiddenEntry[]): boolean {
  const known = anyOf.get(entries) ?? toAlternatives(entries);
  anyOf.set(entries, known);
  return known.some((pattern) => pattern.test(text));
}

function toAlternatives(entries: readonly ForbiddenEntry[]): readonly RegExp[] {
  const all = entries.flatMap(({ words }) => words.map(patternOf));
  return [...new Set(all.map(({ flags }) => flags))].map((flags) => {
    const alike = all.filter((pattern) => pattern.flags === flags);
    return new RegExp(alike.map(({ source }) => `(?:${source})`).join("|"), flags);
  });
}

const patterns = new Map<string, RegExp>();

function patternOf(word: string): RegExp {
  const known = patterns.get(word);
  if (known) return known;
  const isWord = /^[\p{L}\p{N}]/u.test(word);
  const source = word
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/ +/g, "[\\s\u00a0]+"))
    .join("[\\p{L}\\p{N}'-]*");
  const pattern = isWord
    ? new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, "iu")
    : new RegExp(source, "u");
  patterns.set(word, pattern);
  return pattern;
}
