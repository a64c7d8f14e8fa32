/**
 * An issuer's public key as RFC 9578 (section 6.5) publishes it: SubjectPublicKeyInfo with id-RSASSA-PSS, SHA-384, MGF1
 * with SHA-384 and a salt of 48 bytes. For a modulus of 2048 bits and the exponent 65537 the DER around the
 * modulus never changes, so a key has exactly one spelling and everything else is refused.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, hexToBytes, type Bytes } from "#platform/bytes.ts";
import { bytesToInteger } from "./modular.ts";

export const MODULUS_BYTES = 256;

const BEFORE = hexToBytes(
  "30820152" + // SubjectPublicKeyInfo
    "303d06092a864886f70d01010a" + // id-RSASSA-PSS
    "3030a00d300b0609608648016503040202" + // SHA-384
    "a11a301806092a864886f70d010108300b0609608648016503040202" + // MGF1 with SHA-384
    "a203020130" + // a salt of 48 bytes
    "0382010f003082010a0282010100", // BIT STRING of the modulus and
)!;
const AFTER = hexToBytes("0203010001")!; // 65537

export interface IssuerPublicKey {
  readonly spki: Bytes;
  /** SHA-256 of the SPKI: RFC 9578's token key id. */
  readonly id: Bytes;
  readonly modulus: bigint;
}

export const modulusToSpki = (modulus: Uint8Array): Bytes => concatBytes(BEFORE, modulus, AFTER);

export const spkiToModulusBytes = (spki: Uint8Array): Bytes =>
  concatBytes(spki.subarray(BEFORE.length, BEFORE.length + MODULUS_BYTES));

/** Null for anything but an odd modulus of exactly 2048 bits in that one spelling. */
export function parseIssuerPublicKey(spki: Uint8Array): IssuerPublicKey | null {
  const modulus = spkiToModulusBytes(spki);
  if (modulus.length !== MODULUS_BYTES || modulus[0]! < 0x80 || modulus[255]! % 2 === 0)
    return null;
  const canonical = modulusToSpki(modulus);
  if (spki.length !== canonical.length || canonical.some((byte, at) => byte !== spki[at]))
    return null;
  return {
    spki: canonical,
    id: concatBytes(sha256(canonical)),
    modulus: bytesToInteger(modulus),
  };
}
