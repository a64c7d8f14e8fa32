import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bytesToHex, concatBytes, hexToBytes } from "#platform/bytes.ts";
import { modulusToSpki, parseIssuerPublicKey, spkiToModulusBytes } from "./issuer-public-key.ts";

const { pkS, issuances } = JSON.parse(
  readFileSync(new URL("vectors/rfc9578.json", import.meta.url), "utf8"),
) as { pkS: string; issuances: { token: string }[] };
const spki = hexToBytes(pkS)!;

test("a key and its id are as RFC 9578 writes them", () => {
  const key = parseIssuerPublicKey(spki)!;
  expect(bytesToHex(key.id)).toBe(issuances[0]!.token.slice(132, 196));
  expect(key.spki).toEqual(spki);
  expect(modulusToSpki(spkiToModulusBytes(spki))).toEqual(spki);
});

test("OpenSSL reads it as a key for nothing but PSS with SHA-384 and 48 bytes of salt", () => {
  const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  expect(key.asymmetricKeyType).toBe("rsa-pss");
  expect(key.asymmetricKeyDetails).toEqual({
    modulusLength: 2048,
    publicExponent: 65537n,
    hashAlgorithm: "sha384",
    mgf1HashAlgorithm: "sha384",
    saltLength: 48,
  });
});

test("a key has one spelling: every changed bit around the modulus is refused", () => {
  const start = spki.length - 256 - 5;
  for (let at = 0; at < spki.length; at++) {
    if (at >= start && at < start + 256) continue;
    for (let bit = 0; bit < 8; bit++) {
      const changed = spki.slice();
      changed[at] = changed[at]! ^ (1 << bit);
      expect(parseIssuerPublicKey(changed)).toBeNull();
    }
  }
});

test("another length, an even modulus and one of 2047 bits are refused", () => {
  for (let cut = 0; cut < spki.length; cut++)
    expect(parseIssuerPublicKey(spki.subarray(0, cut))).toBeNull();
  expect(parseIssuerPublicKey(concatBytes(spki, Uint8Array.of(0)))).toBeNull();
  const modulus = spkiToModulusBytes(spki);
  expect(parseIssuerPublicKey(modulusToSpki(modulus.with(255, 0)))).toBeNull();
  expect(parseIssuerPublicKey(modulusToSpki(modulus.with(0, 0x7f)))).toBeNull();
});
