/**
 * What the room needs of HPKE (RFC 9180, base mode, one message a context): the browser's own cryptography does
 * it, so it is handed in, and with it the chance of every encapsulation.
 *
 *     struct { opaque enc[32]; opaque ciphertext[length + 16]; } Sealed;
 */
import type { Bytes } from "#platform/bytes.ts";

export const SEAL_BYTES = 32 + 16;

/** What a seal is bound to: it opens with the same alone. */
export interface Binding {
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
export interface Hpke {
  /** `publicKey` has 32 bytes. A key of small order is a defect: who takes keys in refuses it. */
  readonly seal: (publicKey: Uint8Array, binding: Binding, plain: Uint8Array) => Promise<Bytes>;
  /** `secret` is the X25519 private key. Null for every way in which it does not open. */
  readonly open: (
    secret: Uint8Array,
    binding: Binding,
    sealed: Uint8Array,
  ) => Promise<Bytes | null>;
}
