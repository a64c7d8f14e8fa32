/**
 * What a message says, as bytes: the text a member typed, or what they do to an earlier message.
 *
 *     struct { uint8 kind; opaque target[kind = text ? 0 : 16]; opaque text[...]; } Content;
 */
import * as v from "valibot";
import {
  base64urlToBytes,
  bytesToBase64url,
  bytesToUtf8,
  concatBytes,
  utf8ToBytes,
  type Bytes,
} from "#platform/bytes.ts";
import { textField } from "#platform/wire.ts";

/** UTF-16 units, as text fields count. */
export const LONGEST_TEXT = 4000;

/** Few and quiet, and no words of one's own: there is nothing to say with them that would need a report. */
export const REACTIONS = ["heard", "me-too", "thank-you", "thinking-of-you", "good-point"] as const;
export type Reaction = (typeof REACTIONS)[number];

/** `target` is another message's id, base64url. */
export type Content =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "reply"; readonly target: string; readonly text: string }
  | { readonly kind: "reaction"; readonly target: string; readonly reaction: Reaction }
  | { readonly kind: "edit"; readonly target: string; readonly text: string }
  | { readonly kind: "delete"; readonly target: string };

/** By their number on the wire, which never changes. */
const KINDS = ["text", "reply", "reaction", "edit", "delete"] as const;
const TARGET_BYTES = 16;

/** Bytes: 4,000 units have at most three each in UTF-8. */
export const LARGEST_CONTENT = 1 + TARGET_BYTES + 3 * LONGEST_TEXT;

const textSchema = textField(LONGEST_TEXT);

/** Null for text that is empty, too long, untrimmed or not in NFC: trim and normalise what was typed before. */
export function encodeContent(content: Content): Bytes | null {
  const target = content.kind === "text" ? new Uint8Array(0) : base64urlToBytes(content.target);
  if (target === null || target.length !== (content.kind === "text" ? 0 : TARGET_BYTES))
    return null;
  const text = textOf(content);
  if (!isText(content, text)) return null;
  return concatBytes(Uint8Array.of(KINDS.indexOf(content.kind)), target, utf8ToBytes(text));
}

/** Null for everything that `encodeContent` can't have made. */
export function parseContent(bytes: Uint8Array): Content | null {
  const kind = KINDS[bytes[0] ?? KINDS.length];
  if (kind === undefined) return null;
  const start = kind === "text" ? 1 : 1 + TARGET_BYTES;
  if (bytes.length < start) return null;
  const text = decodedText(bytes.subarray(start));
  if (text === null) return null;
  const content = contentOf(kind, bytesToBase64url(bytes.subarray(1, start)), text);
  return isText(content, text) ? content : null;
}

function textOf(content: Content): string {
  if (content.kind === "delete") return "";
  return content.kind === "reaction" ? content.reaction : content.text;
}

function contentOf(kind: Content["kind"], target: string, text: string): Content {
  if (kind === "text") return { kind, text };
  if (kind === "delete") return { kind, target };
  if (kind === "reaction") return { kind, target, reaction: text as Reaction };
  return { kind, target, text };
}

function isText({ kind }: Content, text: string): boolean {
  if (kind === "delete") return text === "";
  if (kind === "reaction") return REACTIONS.some((reaction) => reaction === text);
  const parsed = v.safeParse(textSchema, text);
  return parsed.success && parsed.output === text;
}

/** A mark of byte order would be read over, and one text would have two spellings. */
function decodedText(bytes: Uint8Array): string | null {
  try {
    const text = bytesToUtf8(bytes);
    return utf8ToBytes(text).length === bytes.length ? text : null;
  } catch {
    return null;
  }
}
