import fc from "fast-check";
import { expect, test } from "vitest";
import {
  base64urlLength,
  base64urlToBytes,
  bytesToBase64url,
  bytesToHex,
  bytesToUtf8,
  concatBytes,
  framedBytes,
  hexToBytes,
  utf8ToBytes,
} from "./bytes.ts";

const someBytes = fc.uint8Array({ maxLength: 200 });

test("base64url comes back as it went, and is what Node writes", () => {
  fc.assert(
    fc.property(someBytes, (bytes) => {
      const text = bytesToBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64url"));
      expect(base64urlToBytes(text)).toEqual(Uint8Array.from(bytes));
    }),
  );
});

test("every text is refused as base64url or is the one spelling of its bytes", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."ABCxyz019-_+/= é\n"), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(letters, fc.string({ unit: "binary", maxLength: 8 })), (text) => {
      const bytes = base64urlToBytes(text);
      if (bytes !== null) expect(bytesToBase64url(bytes)).toBe(text);
      expect(base64urlLength(text)).toBe(bytes?.length ?? null);
    }),
    { numRuns: 400 },
  );
});

test("a runtime without its own base64 reads the same", () => {
  const native = Object.getOwnPropertyDescriptor(Uint8Array, "fromBase64")!;
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ABwxyz09-_="), maxLength: 12 }), (text) => {
      const bytes = base64urlToBytes(text);
      Reflect.deleteProperty(Uint8Array, "fromBase64");
      try {
        expect(base64urlToBytes(text)).toEqual(bytes);
      } finally {
        Object.defineProperty(Uint8Array, "fromBase64", native);
      }
    }),
  );
});

test.each([
  ["a padded spelling", "AA=="],
  ["the letters of plain base64", "+/+/"],
  ["a length that no bytes have", "AAAAA"],
  ["a single letter", "A"],
  ["bits after the last byte", "AB"],
  ["bits after the last byte of two", "AAB"],
  ["a blank", "AA AA"],
  ["a line break", "AAAA\n"],
  ["a letter beyond ASCII", "AAAä"],
  ["a letter beyond the basic plane", "AA😀"],
  ["a lone surrogate", "AAA\ud800"],
])("%s is refused as base64url", (_, text) => {
  expect(base64urlToBytes(text)).toBeNull();
});

test("hex comes back as it went; capitals, odd lengths and other letters are refused", () => {
  fc.assert(
    fc.property(someBytes, (bytes) => {
      expect(hexToBytes(bytesToHex(bytes))).toEqual(Uint8Array.from(bytes));
    }),
  );
  for (const text of ["0", "AB", "0g", " 00", "00\n", "0x00"]) expect(hexToBytes(text)).toBeNull();
});

test("UTF-8 comes back as it went, and broken UTF-8 throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(bytesToUtf8(utf8ToBytes(text))).toBe(text);
    }),
  );
  for (const broken of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
    expect(() => bytesToUtf8(Uint8Array.from(broken))).toThrow(TypeError);
});

test("framed fields can be taken apart again, so no two lists give the same bytes", () => {
  fc.assert(
    fc.property(fc.array(someBytes, { maxLength: 6 }), (fields) => {
      expect(unframed(framedBytes(...fields))).toEqual(fields.map((field) => [...field]));
    }),
  );
});

test("a text is framed as its UTF-8, and moving a letter between fields changes the bytes", () => {
  expect(framedBytes("é")).toEqual(framedBytes(Uint8Array.of(0xc3, 0xa9)));
  expect(bytesToHex(framedBytes("ab", ""))).toBe("00000002616200000000");
  const spellings = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"]];
  expect(new Set(spellings.map((fields) => bytesToHex(framedBytes(...fields)))).size).toBe(5);
});

test("bytes are joined in order into memory of their own", () => {
  const part = Uint8Array.of(1, 2, 3);
  const whole = concatBytes(part.subarray(1), Uint8Array.of(4));
  part.fill(9);
  expect([...whole]).toEqual([2, 3, 4]);
  expect(whole.buffer.byteLength).toBe(3);
});

function unframed(framed: Uint8Array): number[][] {
  const view = new DataView(framed.buffer, framed.byteOffset, framed.length);
  const fields: number[][] = [];
  for (let at = 0; at < framed.length;) {
    const length = view.getUint32(at);
    fields.push([...framed.subarray(at + 4, at + 4 + length)]);
    at += 4 + length;
  }
  return fields;
}
