import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { ed25519 } from "@noble/curves/ed25519.js";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "#platform/bytes.ts";
import {
  entropyToPhrase,
  PHRASE_WORDS,
  phraseToEntropy,
  recoveryMessage,
  recoveryPublicKey,
  signRecovery,
} from "./recovery.ts";

const entropies = fc.uint8Array({ minLength: 32, maxLength: 32 });
const ENTROPY = new Uint8Array(32).fill(7);
const PHRASE = entropyToPhrase(ENTROPY);
const read = (typed: string) => phraseToEntropy(typed);

test("24 words give back the bytes they were made of", () => {
  fc.assert(
    fc.property(entropies, (entropy) => {
      const phrase = entropyToPhrase(entropy);
      expect(phrase).toHaveLength(PHRASE_WORDS);
      expect(read(phrase.join(" "))).toEqual({ ok: true, value: Uint8Array.from(entropy) });
    }),
    { numRuns: 30 },
  );
});

test("the words are BIP-39's", () => {
  expect(entropyToPhrase(new Uint8Array(32)).join(" ")).toBe(`${"abandon ".repeat(23)}art`);
  expect(entropyToPhrase(new Uint8Array(32).fill(255)).join(" ")).toBe(`${"zoo ".repeat(23)}vote`);
});

test.each([
  ["one a line", PHRASE.join("\n")],
  ["in capitals", PHRASE.join(" ").toUpperCase()],
  ["with numbers before them", PHRASE.map((word, at) => `${at + 1}. ${word}`).join("\n")],
  ["with numbers stuck to them", PHRASE.map((word, at) => `${at + 1}${word}`).join(" ")],
  ["with commas and dots", PHRASE.join(", ") + "."],
  ["in columns with tabs", PHRASE.join("\t \t")],
  ["with blanks around", `\r\n   ${PHRASE.join("   ")}\n\n`],
  ["with no-break spaces", PHRASE.join("\u00a0")],
])("words are read %s", (_, typed) => {
  expect(read(typed)).toEqual({ ok: true, value: ENTROPY });
});

test("a word that is on no list is told by its place", () => {
  const typed = PHRASE.with(16, "wrod").join(" ");
  expect(read(typed)).toEqual({ ok: false, refusal: { type: "UnknownWord", place: 17 } });
  expect(read("wrod")).toEqual({ ok: false, refusal: { type: "UnknownWord", place: 1 } });
});

test("too few and too many words are told by their count", () => {
  const counted = (count: number) => ({ ok: false, refusal: { type: "WordCount", count } });
  expect(read("")).toEqual(counted(0));
  expect(read(PHRASE.slice(1).join(" "))).toEqual(counted(23));
  expect(read([...PHRASE, "zoo"].join(" "))).toEqual(counted(25));
  expect(read(PHRASE.slice(0, 12).join(" "))).toEqual(counted(12));
});

test("known words in a wrong order, or a known word in place of another, are noticed 255 times of 256", () => {
  const wrong = { ok: false, refusal: { type: "WrongOrder" } };
  const distinct = entropyToPhrase(
    hexToBytes("c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7")!,
  );
  expect(read(distinct.toReversed().join(" "))).toEqual(wrong);
  const noticed = wordlist.filter((word) => !read(distinct.with(3, word).join(" ")).ok).length;
  expect(noticed / wordlist.length).toBeGreaterThan(0.99);
});

test("the server can check the signature with the public half alone, also by Node's own Ed25519", () => {
  fc.assert(
    fc.property(
      entropies,
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      (entropy, challenge) => {
        const [signature, key] = [signRecovery(entropy, challenge), recoveryPublicKey(entropy)];
        expect([signature.length, key.length]).toEqual([64, 32]);
        expect(ed25519.verify(signature, recoveryMessage(challenge), key)).toBe(true);
        const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key]);
        const nodes = createPublicKey({ key: spki, format: "der", type: "spki" });
        expect(verify(null, recoveryMessage(challenge), nodes, signature)).toBe(true);
      },
    ),
    { numRuns: 10 },
  );
});

test("a signature is good for its own challenge, purpose and phrase only", () => {
  const challenge = new Uint8Array(32).fill(1);
  const key = recoveryPublicKey(ENTROPY);
  const signature = signRecovery(ENTROPY, challenge);
  const isGood = (message: Uint8Array, by = key) => ed25519.verify(signature, message, by);
  expect(isGood(recoveryMessage(challenge))).toBe(true);
  expect(isGood(recoveryMessage(new Uint8Array(32)))).toBe(false);
  expect(isGood(challenge)).toBe(false);
  expect(isGood(recoveryMessage(challenge), recoveryPublicKey(new Uint8Array(32)))).toBe(false);
});

test("the public half does not show the phrase's bytes", () => {
  expect(recoveryPublicKey(ENTROPY)).not.toEqual(ENTROPY);
  expect(recoveryPublicKey(ENTROPY)).not.toEqual(ed25519.getPublicKey(ENTROPY));
});

test("a sheet of an earlier version still satisfies the server", () => {
  const { recovery } = JSON.parse(
    readFileSync(new URL("vectors/callroom-v1.json", import.meta.url), "utf8"),
  ) as { recovery: Record<"entropy" | "phrase" | "publicKey" | "challenge" | "signature", string> };
  const entropy = read(recovery.phrase);
  if (!entropy.ok) throw new Error(entropy.refusal.type);
  expect(bytesToHex(entropy.value)).toBe(recovery.entropy);
  expect(bytesToHex(recoveryPublicKey(entropy.value))).toBe(recovery.publicKey);
  const challenge = hexToBytes(recovery.challenge)!;
  expect(bytesToHex(signRecovery(entropy.value, challenge))).toBe(recovery.signature);
});

test("bytes of another length make no phrase", () => {
  for (const length of [0, 16, 31, 33])
    expect(() => entropyToPhrase(new Uint8Array(length))).toThrow(/32 bytes/);
});
