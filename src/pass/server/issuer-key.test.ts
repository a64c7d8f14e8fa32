import { createPublicKey, randomBytes, verify, constants } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToHex, concatBytes } from "#platform/bytes.ts";
import { redact } from "#platform/redacted.ts";
import { sealBytes } from "#platform/server/tickets.ts";
import { testKey } from "../../../tests/pass-issuer.ts";
import { blind, finalize, prepare } from "../blind-rsa.ts";
import { parseIssuerPublicKey, spkiToModulusBytes } from "../issuer-public-key.ts";
import { bytesToInteger, integerToBytes, raisedTo65537 } from "../modular.ts";
import { makeIssuerKey, MOST_SIGNED_AT_ONCE, openIssuerKey } from "./issuer-key.ts";

const sealKey = redact(concatBytes(randomBytes(32)));
const period = { purpose: "circle-badge", name: "2027-01" } as const;
const stored = await makeIssuerKey(sealKey, period);
const other = await makeIssuerKey(sealKey, period);
const key = openIssuerKey(sealKey, stored)!;
const modulus = spkiToModulusBytes(stored.spki);

test("a blinded message comes back as a signature that OpenSSL accepts under the published key", () => {
  const chance = { salt: randomBytes(48), blind: bytesToInteger(randomBytes(255)), mask: 3n };
  const prepared = prepare(randomBytes(98), randomBytes(32));
  const n = parseIssuerPublicKey(stored.spki)!.modulus;
  const blinded = blind(n, prepared, chance);
  if (!blinded.ok) throw new Error("unusable");
  const signed = key.sign([blinded.value]);
  if (!signed.ok) throw new Error(signed.refusal.type);
  const signature = finalize(n, prepared, chance, signed.value[0]!);
  if (!signature.ok) throw new Error("invalid");
  const publicKey = createPublicKey({
    key: Buffer.from(stored.spki),
    format: "der",
    type: "spki",
  });
  const options = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  expect(verify("sha384", prepared, options, signature.value)).toBe(true);
});

test("a raw signature to the power 65537 is the message, for every number below the modulus", () => {
  const n = bytesToInteger(modulus);
  const numbers = fc.oneof(
    fc.bigInt({ min: 0n, max: n - 1n }),
    fc.constantFrom(0n, 1n, 2n, n - 1n, n - 2n, 1n << 2040n, 1n << 8n),
  );
  fc.assert(
    fc.property(numbers, (number) => {
      const signed = key.sign([integerToBytes(number, 256)]);
      if (!signed.ok) throw new Error(signed.refusal.type);
      expect(signed.value[0]).toHaveLength(256);
      expect(raisedTo65537(bytesToInteger(signed.value[0]!), n)).toBe(number);
    }),
    { numRuns: 60 },
  );
});

test("another length and a number not below the modulus are refused, also among good ones", () => {
  const good = modulus.with(0, 0);
  const n = bytesToInteger(modulus);
  const wrong = [
    new Uint8Array(0),
    good.subarray(1),
    concatBytes(Uint8Array.of(0), good),
    modulus,
    integerToBytes(n + 1n, 256),
    new Uint8Array(256).fill(0xff),
  ];
  expect(key.sign([good]).ok).toBe(true);
  expect(key.sign([integerToBytes(n - 1n, 256)]).ok).toBe(true);
  for (const each of wrong)
    for (const asked of [[each], [good, each]])
      expect(key.sign(asked)).toEqual({ ok: false, refusal: { type: "NotABlindedMessage" } });
});

test("a batch has a limit, and answers in its order", () => {
  const messages = Array.from({ length: MOST_SIGNED_AT_ONCE }, () =>
    concatBytes(Uint8Array.of(0), randomBytes(255)),
  );
  const signed = key.sign(messages);
  const one = key.sign([messages[5]!]);
  if (!signed.ok || !one.ok) throw new Error("refused");
  expect(signed.value).toHaveLength(MOST_SIGNED_AT_ONCE);
  expect(signed.value[5]).toEqual(one.value[0]);
  expect(key.sign([...messages, messages[0]!])).toEqual({
    ok: false,
    refusal: { type: "TooMany" },
  });
  expect(key.sign([])).toEqual({ ok: true, value: [] });
});

test("a sealed key opens for its own purpose, period and public half alone", () => {
  const moved = [
    { ...stored, period: { purpose: "session-token", name: "2027-01" } as const },
    { ...stored, period: { ...period, name: "2027-02" } },
    { ...stored, spki: other.spki },
    { ...stored, sealed: other.sealed },
    { ...stored, sealed: stored.sealed.with(40, stored.sealed[40]! ^ 1) },
    { ...stored, sealed: stored.sealed.slice(0, -1) },
    { ...stored, sealed: new Uint8Array(0) },
  ];
  for (const each of moved) expect(openIssuerKey(sealKey, each)).toBeNull();
  expect(openIssuerKey(redact(randomBytes(32)), stored)).toBeNull();
  expect(openIssuerKey(sealKey, { ...stored })).not.toBeNull();
});

test("a signature that doesn't fit the published key is a defect and never leaves", () => {
  // As a fault in the machine would make it: here by sealing another private key in this one's place.
  const { privateKey } = testKey();
  const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" });
  const id = bytesToHex(parseIssuerPublicKey(stored.spki)!.id);
  const sealed = concatBytes(sealBytes(sealKey, `issuer key|circle-badge|2027-01|${id}`, pkcs8));
  const faulty = openIssuerKey(sealKey, { ...stored, sealed })!;
  // Some of its signatures are no number below the published modulus: OpenSSL refuses those itself.
  for (let first = 0; first < 8; first++)
    expect(() => faulty.sign([modulus.with(0, 0).with(1, first)])).toThrow();
});
