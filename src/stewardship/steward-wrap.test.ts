import fc from "fast-check";
import { expect, test } from "vitest";
import {
  documentType,
  isSealedDocumentLength,
  LARGEST_DOCUMENT,
  LARGEST_SEALED_DOCUMENT,
  padDocument,
  unpadDocument,
} from "./steward-wrap.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (words: string) => new TextEncoder().encode(words);

test("PDF, JPEG and PNG are known by their first bytes, and nothing else is", () => {
  expect(documentType(text("%PDF-1.7 …"))).toBe("application/pdf");
  expect(documentType(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe("image/jpeg");
  expect(documentType(bytes(0x89, 80, 78, 71, 13, 10, 26, 10, 0))).toBe("image/png");
  for (const other of [text("<svg>"), text("%PDF"), text("GIF89a"), text(" %PDF-"), bytes()])
    expect(documentType(other)).toBeNull();
});

test("a padded document comes back as it was, in steps of 64 KiB", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300_000 }), (length) => {
      const file = new Uint8Array(length).fill(7);
      const padded = padDocument(file);
      expect(padded.length % 65_536).toBe(0);
      expect(padded.length - length).toBeLessThan(65_536 + 4);
      expect(Buffer.compare(unpadDocument(padded)!, file)).toBe(0);
    }),
    { numRuns: 20 },
  );
});

test("the largest fits what the server takes, and one byte more is a defect", () => {
  const sealed = padDocument(new Uint8Array(LARGEST_DOCUMENT)).length + 48;
  expect(sealed).toBe(LARGEST_SEALED_DOCUMENT);
  expect(isSealedDocumentLength(sealed)).toBe(true);
  expect(() => padDocument(new Uint8Array(LARGEST_DOCUMENT + 1))).toThrow(RangeError);
});

test("a truncated, longer or dirty padding is refused", () => {
  const padded = padDocument(text("%PDF-"));
  expect(unpadDocument(padded.subarray(0, -1))).toBeNull();
  expect(unpadDocument(new Uint8Array(131_072))).toBeNull();
  expect(unpadDocument(padded.with(60_000, 1))).toBeNull();
  expect(unpadDocument(bytes(0, 0))).toBeNull();
});

test("only whole steps are a sealed document's length", () => {
  for (const length of [0, 47, 48, 49, 65_536, 65_536 + 47, LARGEST_SEALED_DOCUMENT + 65_536])
    expect(isSealedDocumentLength(length)).toBe(false);
  expect(isSealedDocumentLength(65_536 + 48)).toBe(true);
});
