/**
 * An account's keys from its raw vault key, in pure code: for whoever makes an account without a browser (the
 * sample community, proofs). The browser derives the same with WebCrypto.
 */
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, type Bytes } from "#platform/bytes.ts";
import { KEY_LABELS } from "./keyring.ts";

export function ownPublicKeys(vaultKey: Uint8Array): { hpke: Bytes; signing: Bytes } {
  return {
    hpke: concatBytes(x25519.getPublicKey(derived(vaultKey, KEY_LABELS.hpke()))),
    signing: concatBytes(ed25519.getPublicKey(ownSigningSeed(vaultKey))),
  };
}

/** Ed25519 */
export const ownSigningSeed = (vaultKey: Uint8Array): Bytes =>
  derived(vaultKey, KEY_LABELS.signing());

/** What passes and pseudonyms are made of. */
export const ownWalletSecret = (vaultKey: Uint8Array): Bytes =>
  derived(vaultKey, KEY_LABELS.wallet());

const derived = (vaultKey: Uint8Array, label: Uint8Array): Bytes =>
  concatBytes(hkdf(sha256, vaultKey, new Uint8Array(0), label, 32));
