import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { framedBytes, hexToBytes } from "#platform/bytes.ts";
import { safetyWords } from "./safety-words.ts";

const keys = fc.uint8Array({ minLength: 32, maxLength: 64 });

test("both people see the same words, whoever comes first", () => {
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      expect(safetyWords(one, other)).toEqual(safetyWords(other, one));
    }),
    { numRuns: 50 },
  );
});

test("another key of either side gives other words", () => {
  const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const words = safetyWords(one, other).join(" ");
  for (let bit = 0; bit < 256; bit++) {
    const altered = one.slice();
    altered[bit >> 3]! ^= 1 << (bit & 7);
    expect(safetyWords(altered, other).join(" ")).not.toBe(words);
    expect(safetyWords(other, altered).join(" ")).not.toBe(words);
  }
});

test("there are so many words that keys can't be tried on both sides until they agree", () => {
  const words = safetyWords(new Uint8Array(32), new Uint8Array(32).fill(1));
  expect(words).toHaveLength(12);
  for (const word of words) expect(wordlist).toContain(word);
  // A match between two lists of keys costs the square root.
  const bits = words.length * Math.log2(wordlist.length);
  expect(bits / 2).toBeGreaterThanOrEqual(64);
});

test("the words are the first bits of SHA-256, eleven at a time", () => {
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      const [first, second] = [one, other].toSorted((a, b) => Buffer.compare(a, b));
      const framed = framedBytes("callroom/v1/safety-words", first!, second!);
      const digest = createHash("sha256").update(framed).digest();
      const bits = [...digest].map((byte) => byte.toString(2).padStart(8, "0")).join("");
      const expected = Array.from(
        { length: 12 },
        (_, at) => wordlist[Number.parseInt(bits.slice(11 * at, 11 * at + 11), 2)],
      );
      expect(safetyWords(one, other)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test("two who compared once see the same words with a later version", () => {
  const { ownKeys, safetyWords: frozen } = JSON.parse(
    readFileSync(new URL("vectors/callroom-v1.json", import.meta.url), "utf8"),
  ) as { ownKeys: { hpke: string; signing: string }; safetyWords: string };
  const [one, other] = [hexToBytes(ownKeys.hpke)!, hexToBytes(ownKeys.signing)!];
  expect(safetyWords(one, other).join(" ")).toBe(frozen);
});
