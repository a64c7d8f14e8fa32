/**
 * A badge: a pass whose nonce is a pseudonym's Ed25519 public key. Showing it takes a signature by that key on
 * a fresh challenge and on the act it is shown for, so whoever copies a badge has nothing.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { signedMessage, type Pass } from "./token.ts";

export const BADGE_PROOF_BYTES = 64;

export interface Showing {
  /** 32 random bytes that the origin made for this showing. */
  readonly challenge: Uint8Array;
  /** SHA-256 of the act, as `actHash` of spent.ts gives it. */
  readonly act: Uint8Array;
}

/** `secret` is the pseudonym's Ed25519 seed. */
export const proveBadge = (secret: Uint8Array, badge: Pass, showing: Showing): Bytes =>
  concatBytes(ed25519.sign(shown(badge, showing), secret));

/** RFC 8032 to the letter: a key of small order, under which one signature fits every message, is no pseudonym. */
export function isBadgeProved(badge: Pass, showing: Showing, proof: Uint8Array): boolean {
  if (proof.length !== BADGE_PROOF_BYTES) return false;
  try {
    return ed25519.verify(proof, shown(badge, showing), badge.token.nonce, { zip215: false });
  } catch {
    return false;
  }
}

function shown(badge: Pass, { challenge, act }: Showing): Bytes {
  if (challenge.length !== 32 || act.length !== 32)
    throw new Error("A challenge and an act have 32 bytes each");
  return framedBytes("callroom/v1/badge", sha256(signedMessage(badge)), challenge, act);
}
