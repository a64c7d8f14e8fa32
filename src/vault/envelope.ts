/**
 * A wrap: the vault key sealed under a key from one secret (the OPAQUE export key, the recovery phrase or a
 * passkey's PRF output). XChaCha20-Poly1305; safe and slot are associated data.
 *
 *     struct { opaque nonce[24]; opaque sealed[32 + 16]; } Wrap;   // 72 bytes
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { VAULT_KEY_BYTES, wrapLabel, type WrapSlot } from "./keyring.ts";

export const WRAP_BYTES = 72;
const NONCE_BYTES = 24;

export interface Wrapping {
  /** The account's id, as the safe knows it. */
  readonly safe: string;
  readonly slot: WrapSlot;
  /** At least 32 bytes of which nobody else knows anything. */
  readonly secret: Uint8Array;
}

export function wrapVaultKey(wrapping: Wrapping, vaultKey: Uint8Array, nonce: Uint8Array): Bytes {
  if (vaultKey.length !== VAULT_KEY_BYTES || nonce.length !== NONCE_BYTES)
    throw new Error("A vault key has 32 bytes and a nonce 24");
  const sealed = cipherOf(wrapping, nonce).encrypt(vaultKey);
  return concatBytes(nonce, sealed);
}

/** One indistinct refusal for every way in which a wrap does not open. */
export function unwrapVaultKey(
  wrapping: Wrapping,
  wrap: Uint8Array,
): Result<Bytes, { type: "CouldNotBeOpened" }> {
  if (wrap.length !== WRAP_BYTES) return refuse({ type: "CouldNotBeOpened" });
  try {
    const opened = cipherOf(wrapping, wrap.subarray(0, NONCE_BYTES)).decrypt(
      wrap.subarray(NONCE_BYTES),
    );
    return ok(concatBytes(opened));
  } catch {
    return refuse({ type: "CouldNotBeOpened" });
  }
}

function cipherOf(wrapping: Wrapping, nonce: Uint8Array) {
  if (wrapping.secret.length < 32) throw new Error("A wrap's secret has at least 32 bytes");
  const key = hkdf(sha256, wrapping.secret, undefined, wrapLabel(wrapping.slot), 32);
  const associated = framedBytes("callroom/v1/wrap", wrapping.safe, wrapping.slot);
  return xchacha20poly1305(key, nonce, associated);
}
