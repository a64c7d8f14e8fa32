import { readFileSync } from "node:fs";
import { createPublicKey, constants, verify } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToHex, concatBytes, hexToBytes } from "#platform/bytes.ts";
import { rawSign, testKey } from "../../tests/pass-issuer.ts";
import { blind, finalize, prepare, type Chance } from "./blind-rsa.ts";
import { parseIssuerPublicKey } from "./issuer-public-key.ts";
import { bytesToInteger, inverse } from "./modular.ts";
import { pssEncoding } from "./pss-encoding.ts";

interface Issuance {
  readonly msg: string;
  readonly msg_prefix: string;
  readonly salt: string;
  readonly inv: string;
  readonly blinded_msg: string;
  readonly blind_sig: string;
  readonly sig: string;
}

const fromFile = <Shape>(name: string): Shape =>
  JSON.parse(readFileSync(new URL(`vectors/${name}`, import.meta.url), "utf8")) as Shape;
const hex = (text: string) => hexToBytes(text)!;
const integer = (text: string) => bytesToInteger(hex(text));

const rfc9474 = fromFile<{ n: string } & Issuance>("rfc9474.json");
const second = fromFile<{ n: string; issuances: Issuance[] }>("second-implementation.json");
const cases = [
  { of: "RFC 9474", n: rfc9474.n, issuance: rfc9474 },
  ...second.issuances.map((issuance) => ({ of: "a second implementation", n: second.n, issuance })),
];

test.each(cases)("blinding and finalizing answer as $of says", ({ n, issuance }) => {
  const modulus = integer(n);
  const prepared = prepare(hex(issuance.msg), hex(issuance.msg_prefix));
  const given = chanceOf(modulus, issuance);
  const blinded = blind(modulus, prepared, given);
  expect(blinded.ok && bytesToHex(blinded.value)).toBe(issuance.blinded_msg);
  const signature = finalize(modulus, prepared, given, hex(issuance.blind_sig));
  expect(signature.ok && bytesToHex(signature.value)).toBe(issuance.sig);
});

test("the mask changes nothing that leaves the device", () => {
  const { n, issuances } = second;
  const modulus = integer(n);
  const issuance = issuances[2]!;
  const prepared = prepare(hex(issuance.msg), hex(issuance.msg_prefix));
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: modulus - 1n }), (mask) => {
      const given = { ...chanceOf(modulus, issuance), mask };
      const blinded = blind(modulus, prepared, given);
      expect(blinded.ok && bytesToHex(blinded.value)).toBe(issuance.blinded_msg);
      const signature = finalize(modulus, prepared, given, hex(issuance.blind_sig));
      expect(signature.ok && bytesToHex(signature.value)).toBe(issuance.sig);
    }),
    { numRuns: 20 },
  );
});

test("what comes out is an ordinary RSA-PSS signature for others, whatever was signed", () => {
  const { privateKey, spki } = testKey();
  const { modulus } = parseIssuerPublicKey(spki)!;
  const key = createPublicKey(privateKey);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), chances(modulus), (message, given) => {
      const prepared = prepare(message, new Uint8Array(32).fill(1));
      const blinded = blind(modulus, prepared, given);
      if (!blinded.ok) throw new Error("unusable");
      const signature = finalize(modulus, prepared, given, rawSign(privateKey, blinded.value));
      if (!signature.ok) throw new Error("invalid");
      expect(verify("sha384", prepared, { key, padding, saltLength: 48 }, signature.value)).toBe(
        true,
      );
    }),
    { numRuns: 30 },
  );
});

test("any changed bit, another length, another message and another key's answer are refused", () => {
  const { n, issuances } = second;
  const [modulus, issuance] = [integer(n), issuances[0]!];
  const prepared = prepare(hex(issuance.msg), hex(issuance.msg_prefix));
  const given = chanceOf(modulus, issuance);
  const answer = hex(issuance.blind_sig);
  const refused = { ok: false, refusal: { type: "InvalidSignature" } };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 * 256 - 1 }), (bit) => {
      const changed = answer.slice();
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
      expect(finalize(modulus, prepared, given, changed)).toEqual(refused);
    }),
    { numRuns: 40 },
  );
  for (const wrong of [
    answer.subarray(1),
    answer.subarray(0, 255),
    concatBytes(Uint8Array.of(0), answer),
    new Uint8Array(0),
    new Uint8Array(256),
    hex(issuances[1]!.blind_sig),
    hex(issuance.sig),
    rawSign(
      testKey().privateKey,
      concatBytes(Uint8Array.of(0), hex(issuance.blinded_msg).subarray(1)),
    ),
  ])
    expect(finalize(modulus, prepared, given, wrong)).toEqual(refused);
  const other = prepare(Uint8Array.of(1), hex(issuance.msg_prefix));
  expect(finalize(modulus, other, given, answer)).toEqual(refused);
});

test("a modulus with small factors is refused wherever a factor would show", () => {
  const prepared = prepare(new Uint8Array(98), new Uint8Array(32));
  const modulus = 3n * ((1n << 2046n) + 1n);
  let refusals = 0;
  for (let first = 1; first <= 60; first++) {
    const given = { salt: new Uint8Array(48).fill(first), blind: 7n, mask: 11n };
    if (!blind(modulus, prepared, given).ok) refusals++;
  }
  // An encoded message is divisible by 3 every third time.
  expect(refusals).toBeGreaterThan(5);
  expect(blind(modulus, prepared, { salt: new Uint8Array(48), blind: 3n, mask: 1n }).ok).toBe(
    false,
  );
});

test("chance of a wrong length and a modulus too short are defects", () => {
  const modulus = integer(second.n);
  const given: Chance = { salt: new Uint8Array(47), blind: 5n, mask: 7n };
  expect(() => blind(modulus, new Uint8Array(130), given)).toThrow("salt");
  expect(() => prepare(new Uint8Array(98), new Uint8Array(31))).toThrow("randomizer");
  expect(pssEncoding(new Uint8Array(1), new Uint8Array(48), 783)).toHaveLength(98);
  expect(() => pssEncoding(new Uint8Array(1), new Uint8Array(48), 775)).toThrow(RangeError);
});

const chances = (modulus: bigint) =>
  fc.record({
    salt: fc.uint8Array({ minLength: 48, maxLength: 48 }),
    blind: fc.bigInt({ min: 1n, max: modulus - 1n }),
    mask: fc.bigInt({ min: 1n, max: modulus - 1n }),
  });

const chanceOf = (modulus: bigint, { salt, inv }: Issuance): Chance => ({
  salt: hex(salt),
  blind: inverse(integer(inv), modulus)!,
  mask: 123_456_789n,
});
