/**
 * What the pass of a slot is made of. Everything comes from the vault key, so every device of a person, also
 * one that starts anew, makes the same request and ends up with the same pass; and nobody else can.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { RANDOMIZER_BYTES, SALT_BYTES, type Chance } from "./blind-rsa.ts";
import type { IssuerPublicKey } from "./issuer-public-key.ts";
import { bytesToInteger } from "./modular.ts";
import type { Period } from "./period.ts";

export interface Slot {
  readonly period: Pick<Period, "purpose" | "name">;
  /** Counts from 0. */
  readonly number: number;
}

export interface SlotSecrets extends Chance {
  readonly nonce: Bytes;
  readonly randomizer: Bytes;
}

/** 16 bytes more than a modulus has: reduced, they favour no number by more than 2^-128. */
const WIDE_BYTES = 272;

/**
 * `walletSecret` is 32 bytes derived from the vault key and used here only. The key's id goes in too: a second
 * key for the same slot, should a device ever be made to use one, meets other secrets.
 */
export function slotSecrets(
  walletSecret: Uint8Array,
  slot: Slot,
  key: IssuerPublicKey,
): SlotSecrets {
  const part = partsOf(walletSecret, slot, key.id);
  const uniform = (name: string) =>
    (bytesToInteger(part(name, WIDE_BYTES)) % (key.modulus - 1n)) + 1n;
  return {
    nonce: part("nonce", 32),
    randomizer: part("randomizer", RANDOMIZER_BYTES),
    salt: part("salt", SALT_BYTES),
    blind: uniform("blind"),
    mask: uniform("mask"),
  };
}

export interface PseudonymKeys {
  /** Ed25519 seed. */
  readonly secret: Bytes;
  readonly publicKey: Bytes;
}

/** A pseudonym keeps the keys of the slot it was born in, also when a later quarter's badge renews it. */
export function pseudonymKeys(walletSecret: Uint8Array, bornIn: Slot): PseudonymKeys {
  const secret = partsOf(walletSecret, bornIn, new Uint8Array(0))("pseudonym", 32);
  return { secret, publicKey: concatBytes(ed25519.getPublicKey(secret)) };
}

function partsOf(walletSecret: Uint8Array, { period, number }: Slot, keyId: Uint8Array) {
  if (walletSecret.length !== 32) throw new Error("A wallet's secret has 32 bytes");
  if (!Number.isSafeInteger(number) || number < 0) throw new Error("Slots count from 0");
  const root = extract(sha256, walletSecret);
  const { purpose, name } = period;
  return (part: string, length: number): Bytes => {
    const info = framedBytes("callroom/v1/pass", part, purpose, name, String(number), keyId);
    return concatBytes(expand(sha256, root, info, length));
  };
}
