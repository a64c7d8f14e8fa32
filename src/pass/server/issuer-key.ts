/**
 * Issuer keys: RSA of 2048 bits, each for one purpose and period and for blind signing alone. The private half
 * lies sealed in the database and signs natively (OpenSSL, blinded and in constant time). Whatever is signed is
 * checked before it leaves: one signature with a fault in it would give the key away (RFC 9474, section 7.1).
 */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  privateDecrypt,
  publicEncrypt,
  type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";
import { bytesToBase64url, bytesToHex, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { Redacted } from "#platform/redacted.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { openBytes, sealBytes } from "#platform/server/tickets.ts";
import {
  MODULUS_BYTES,
  modulusToSpki,
  parseIssuerPublicKey,
  spkiToModulusBytes,
} from "../issuer-public-key.ts";
import type { Period } from "../period.ts";

/** 25 ms of a core at most, during which nothing else is answered. */
export const MOST_SIGNED_AT_ONCE = 32;

export interface StoredIssuerKey {
  readonly period: Pick<Period, "purpose" | "name">;
  readonly spki: Bytes;
  /** PKCS #8, sealed to purpose, period and key id. */
  readonly sealed: Bytes;
}

export interface IssuerKey {
  /** Refused where a message isn't a number below the modulus in exactly 256 bytes, or there are too many. */
  readonly sign: (
    blinded: readonly Uint8Array[],
  ) => Result<Bytes[], { type: "NotABlindedMessage" | "TooMany" }>;
}

export async function makeIssuerKey(
  sealKey: Redacted<Uint8Array>,
  period: Pick<Period, "purpose" | "name">,
): Promise<StoredIssuerKey> {
  const pair = await promisify(generateKeyPair)("rsa", {
    modulusLength: 8 * MODULUS_BYTES,
    publicExponent: 0x10001,
  });
  const spki = modulusToSpki(modulusOf(pair.publicKey));
  const pkcs8 = pair.privateKey.export({ format: "der", type: "pkcs8" });
  const sealed = concatBytes(sealBytes(sealKey, sealedFor(period, spki), pkcs8));
  pkcs8.fill(0);
  return { period, spki, sealed };
}

/** Null where the row was altered, belongs to another purpose or period, or was sealed with another key. */
export function openIssuerKey(
  sealKey: Redacted<Uint8Array>,
  stored: StoredIssuerKey,
): IssuerKey | null {
  const pkcs8 = openBytes(sealKey, sealedFor(stored.period, stored.spki), stored.sealed);
  if (pkcs8 === null) return null;
  const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  pkcs8.fill(0);
  const modulus = spkiToModulusBytes(stored.spki);
  const publicKey = rawPublicKey(modulus);
  return {
    sign: (blinded) => {
      if (blinded.length > MOST_SIGNED_AT_ONCE) return refuse({ type: "TooMany" });
      // OpenSSL takes shorter messages too: they would be signed as if zeros stood before them.
      if (!blinded.every((each) => each.length === MODULUS_BYTES && isBelow(each, modulus)))
        return refuse({ type: "NotABlindedMessage" });
      return ok(blinded.map((each) => signed(privateKey, publicKey, each)));
    },
  };
}

/** RFC 9474, section 4.3. */
function signed(privateKey: KeyObject, publicKey: KeyObject, blinded: Uint8Array): Bytes {
  const padding = constants.RSA_NO_PADDING;
  const signature = privateDecrypt({ key: privateKey, padding }, blinded);
  if (!publicEncrypt({ key: publicKey, padding }, signature).equals(blinded))
    throw new Error("An issuer key made a faulty signature");
  return concatBytes(signature);
}

function sealedFor({ purpose, name }: Pick<Period, "purpose" | "name">, spki: Bytes): string {
  const issuer = parseIssuerPublicKey(spki);
  if (issuer === null) throw new Error("An issuer key without its public half");
  return `issuer key|${purpose}|${name}|${bytesToHex(issuer.id)}`;
}

function isBelow(number: Uint8Array, modulus: Uint8Array): boolean {
  const at = number.findIndex((byte, index) => byte !== modulus[index]);
  return at >= 0 && number[at]! < modulus[at]!;
}

function modulusOf(publicKey: KeyObject): Bytes {
  const { n } = publicKey.export({ format: "jwk" });
  return concatBytes(Buffer.from(n!, "base64url"));
}

/** OpenSSL does no raw operation with a key that is marked for PSS, as the published one is. */
function rawPublicKey(modulus: Bytes): KeyObject {
  const key = { kty: "RSA", n: bytesToBase64url(modulus), e: "AQAB" };
  return createPublicKey({ key, format: "jwk" });
}
