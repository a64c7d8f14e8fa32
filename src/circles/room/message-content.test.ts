import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToBase64url, concatBytes, utf8ToBytes } from "#platform/bytes.ts";
import {
  encodeContent,
  LARGEST_CONTENT,
  LONGEST_TEXT,
  parseContent,
  REACTIONS,
  type Content,
} from "./message-content.ts";

const target = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => bytesToBase64url(bytes));
const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 400 })
  .map((typed) => typed.normalize("NFC").trim())
  .filter((typed) => encodeContent({ kind: "text", text: typed }) !== null);
const content: fc.Arbitrary<Content> = fc.oneof(
  text.map((text) => ({ kind: "text" as const, text })),
  fc.record({ kind: fc.constantFrom("reply" as const, "edit" as const), target, text }),
  fc.record({
    kind: fc.constant("reaction" as const),
    target,
    reaction: fc.constantFrom(...REACTIONS),
  }),
  fc.record({ kind: fc.constant("delete" as const), target }),
);

test("every content comes back as it was", () => {
  fc.assert(
    fc.property(content, (said) => {
      expect(parseContent(encodeContent(said)!)).toEqual(said);
    }),
  );
});

test("hostile bytes are refused, or have one meaning and one spelling", () => {
  const shaped = fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.uint8Array({ maxLength: 40 }))
    .map(([kind, rest]) => Uint8Array.of(kind, ...rest));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), shaped), (bytes) => {
      const parsed = parseContent(bytes);
      if (parsed !== null) expect(encodeContent(parsed)).toEqual(concatBytes(bytes));
    }),
    { numRuns: 2000 },
  );
});

test("every truncation of a content with a target is refused", () => {
  const whole = encodeContent({
    kind: "reaction",
    target: bytesToBase64url(new Uint8Array(16)),
    reaction: "heard",
  })!;
  for (let length = 0; length < whole.length; length++)
    expect(parseContent(whole.subarray(0, length))).toBeNull();
});

test("four thousand characters fit, of any alphabet, and not one more", () => {
  for (const letter of ["a", "ж", "医"]) {
    const bytes = encodeContent({
      kind: "reply",
      target: "A".repeat(22),
      text: letter.repeat(LONGEST_TEXT),
    })!;
    expect(bytes.length).toBeLessThanOrEqual(LARGEST_CONTENT);
    expect(encodeContent({ kind: "text", text: letter.repeat(LONGEST_TEXT + 1) })).toBeNull();
    const long = concatBytes(Uint8Array.of(0), utf8ToBytes(letter.repeat(LONGEST_TEXT + 1)));
    expect(parseContent(long)).toBeNull();
  }
});

test("text that hides, turns around or isn't in its one form is not said, and not read", () => {
  for (const text of ["", " a", "a\u202eb", "e\u0301", "\ufeffa", "a\u0000"]) {
    expect(encodeContent({ kind: "text", text })).toBeNull();
    expect(parseContent(concatBytes(Uint8Array.of(0), utf8ToBytes(text)))).toBeNull();
  }
  expect(encodeContent({ kind: "text", text: "\ud800" })).toBeNull();
  expect(parseContent(Uint8Array.of(0, 0xff, 0xfe))).toBeNull();
  const reaction = "laugh" as (typeof REACTIONS)[number];
  expect(encodeContent({ kind: "reaction", target: "A".repeat(22), reaction })).toBeNull();
  expect(encodeContent({ kind: "delete", target: "AAAA" })).toBeNull();
});
