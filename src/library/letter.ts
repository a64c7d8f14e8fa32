/**
 * Letters: short mail that a colleague looking over a shoulder may read. A letter's words come from
 * content; only the named placeholders are filled, and a letter is never sent with one left open.
 */
import * as v from "valibot";
import { ok, refuse, type Result } from "#platform/result.ts";
import { idSchema, proseSchema, versionSchema } from "./prose.ts";

export const letterSchema = v.strictObject({
  kind: v.literal("letter"),
  id: idSchema,
  version: versionSchema,
  /** For stewards and translators; never sent. */
  purpose: proseSchema,
  subject: v.pipe(proseSchema, v.maxLength(60)),
  /** Paragraphs. */
  body: v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(6)),
  /** Every `{name}` in subject and body, and nothing else. */
  fills: v.array(v.pipe(v.string(), v.regex(/^[a-z][A-Za-z]*$/))),
});
export type Letter = v.InferOutput<typeof letterSchema>;

export interface WrittenLetter {
  readonly subject: string;
  /** Plain text, paragraphs parted by an empty line. */
  readonly text: string;
}

export type LetterRefusal = { readonly type: "PlaceholderMissing"; readonly name: string };

export function writeLetter(
  letter: Letter,
  fills: Readonly<Record<string, string>>,
): Result<WrittenLetter, LetterRefusal> {
  const missing = letter.fills.find((name) => fills[name] === undefined);
  if (missing !== undefined) return refuse({ type: "PlaceholderMissing", name: missing });
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (whole, name: string) =>
      letter.fills.includes(name) ? onOneLine(fills[name]!) : whole,
    );
  return ok({ subject: fill(letter.subject), text: letter.body.map(fill).join("\n\n") + "\n" });
}

/** The names of all `{placeholders}` in the letter's own words, each once. */
export function placeholdersIn(letter: Letter): string[] {
  const names = [letter.subject, ...letter.body].flatMap((text) =>
    [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!),
  );
  return [...new Set(names)];
}

const PLACEHOLDER = /\{([a-z][A-Za-z]*)\}/g;

/** A filled-in value can't add lines, and so can't add headers or paragraphs of its own. */
const onOneLine = (value: string): string => value.replace(/[\r\n\u2028\u2029]+/g, " ");
