/**
 * What hangs on the vault key: 32 random bytes made on the device. Every other key is HKDF-SHA-256 of it
 * (RFC 5869, empty salt) under one of the labels here, so that a list of labels is a list of all keys.
 */
import { framedBytes, type Bytes } from "#platform/bytes.ts";

export const VAULT_KEY_BYTES = 32;

export const KEY_LABELS = {
  /** AES-256-GCM key of one collection's records. */
  collection: (name: string): Bytes => framedBytes("callroom/v1/collection", name),
  /** 16 bytes the server sees in place of a collection's name. */
  collectionTag: (name: string): Bytes => framedBytes("callroom/v1/collection-tag", name),
  /** X25519 private key that coaching spaces are sealed to. */
  hpke: (): Bytes => framedBytes("callroom/v1/identity-hpke"),
  /** Ed25519 private key of the account. */
  signing: (): Bytes => framedBytes("callroom/v1/identity-signing"),
  /** AES-256-GCM key of what only this device keeps, such as drafts. */
  device: (): Bytes => framedBytes("callroom/v1/device"),
  /** 32 bytes that every pass and every pseudonym of the person is made of. */
  wallet: (): Bytes => framedBytes("callroom/v1/wallet"),
} as const;

/** The ways to open a safe; each is a wrap of the same vault key. */
export type WrapSlot = "passphrase" | "phrase" | `passkey:${string}`;

/** HKDF info that turns a secret into the key of a wrap. The slot is in it: a wrap can't be moved to another. */
export const wrapLabel = (slot: WrapSlot): Bytes =>
  framedBytes("callroom/v1/wrap", slot.startsWith("passkey:") ? "passkey" : slot);
