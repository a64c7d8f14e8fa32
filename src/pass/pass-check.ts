/**
 * Whether a pass was signed by a key of the log, in pure code: for devices that check each other's badges and
 * take no server's word for it. Which days it counts on is for the caller, who gets its period.
 */
import { concatBytes, type Bytes } from "#platform/bytes.ts";
import { SALT_BYTES } from "./blind-rsa.ts";
import { passChallengeDigest, type Community } from "./challenge.ts";
import type { IssuerPublicKey } from "./issuer-public-key.ts";
import type { KeyLog } from "./key-log.ts";
import { bitsOf, bytesToInteger, integerToBytes, raisedTo65537 } from "./modular.ts";
import type { Period } from "./period.ts";
import { maskGeneratedFrom, pssEncoding } from "./pss-encoding.ts";
import type { Purpose } from "./purpose.ts";
import { signedMessage, type Pass } from "./token.ts";

const HASH_BYTES = 48;

/** Null for every reason not to take it. */
export function periodOfPass(
  pass: Pass,
  purpose: Purpose,
  log: KeyLog,
  community: Community,
): Period | null {
  const key = log.keys.find(({ issuer }) => isEqual(issuer.id, pass.token.tokenKeyId));
  if (key?.period.purpose !== purpose) return null;
  const isOurs = isEqual(pass.token.challengeDigest, passChallengeDigest(community, key.period));
  return isOurs && isSigned(pass, key.issuer) ? key.period : null;
}

/**
 * RSASSA-PSS-VERIFY of RFC 8017, section 8.1.2: the salt is read from under the mask, and then there is one
 * encoding that it must be.
 */
function isSigned(pass: Pass, { modulus }: IssuerPublicKey): boolean {
  const signature = bytesToInteger(pass.token.authenticator);
  if (signature >= modulus) return false;
  const bits = bitsOf(modulus) - 1;
  const encoded = integerToBytes(raisedTo65537(signature, modulus), Math.ceil(bits / 8));
  return isEqual(encoded, pssEncoding(signedMessage(pass), saltIn(encoded), bits));
}

function saltIn(encoded: Bytes): Bytes {
  const masked = encoded.subarray(0, -HASH_BYTES - 1);
  const mask = maskGeneratedFrom(encoded.subarray(masked.length, -1), masked.length);
  const block = masked.map((byte, at) => byte ^ mask[at]!);
  return concatBytes(block.subarray(-SALT_BYTES));
}

const isEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
