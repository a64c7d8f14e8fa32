/**
 * A member's keys in a circle, all from the wallet's secret and the slot that the pseudonym was born in: every
 * device of the person has them, also one that comes back after months, and nobody else does.
 */
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToBase64url, concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { pseudonymKeys, type Slot } from "#pass/slot.ts";

export interface MemberKeys {
  /** The Ed25519 public key as base64url: who the member is in the log. */
  readonly pseudonym: string;
  /** Ed25519 seed. */
  readonly signing: Bytes;
  /** X25519, 32 bytes each. */
  readonly hpke: { readonly secret: Bytes; readonly publicKey: Bytes };
  /** The pseudonym's signature over the HPKE key (64 bytes), so that nobody else's can stand beside it. */
  readonly binding: Bytes;
  /** 32 bytes: what the member's messages are marked with, see mark.ts. */
  readonly veilKey: Bytes;
}

export function memberKeys(walletSecret: Uint8Array, bornIn: Slot): MemberKeys {
  const { secret: signing, publicKey } = pseudonymKeys(walletSecret, bornIn);
  const derived = (label: string) =>
    concatBytes(hkdf(sha256, signing, undefined, framedBytes(label), 32));
  const secret = derived("callroom/v1/circle-hpke");
  const hpke = { secret, publicKey: concatBytes(x25519.getPublicKey(secret)) };
  const binding = concatBytes(ed25519.sign(bindingMessage(hpke.publicKey), signing));
  const veilKey = derived("callroom/v1/circle-veil-key");
  return { pseudonym: bytesToBase64url(publicKey), signing, hpke, binding, veilKey };
}

export const bindingMessage = (hpkeKey: Uint8Array): Bytes =>
  framedBytes("callroom/v1/circle-keys", hpkeKey);

/** RFC 8032 to the letter; false also for keys that are no points, or of small order. */
export function isSigned(message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}
