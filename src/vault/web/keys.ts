/**
 * The open safe's keys. The vault key itself becomes a non-extractable HKDF key, which IndexedDB can keep
 * while the safe is open: what steals the page's storage gets no bytes of it.
 */
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { KEY_LABELS } from "../keyring.ts";

/** HKDF-SHA-256 base key, not extractable. */
export type OpenKey = CryptoKey;

const HKDF = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0) } as const;

export function toOpenKey(vaultKey: Bytes): Promise<OpenKey> {
  return crypto.subtle.importKey("raw", vaultKey, "HKDF", false, ["deriveKey", "deriveBits"]);
}

export function collectionKey(open: OpenKey, collection: string): Promise<CryptoKey> {
  return deriveAesKey(open, KEY_LABELS.collection(collection));
}

export function deviceKey(open: OpenKey): Promise<CryptoKey> {
  return deriveAesKey(open, KEY_LABELS.device());
}

/** What the server sees in place of the collection's name. */
export async function collectionTag(open: OpenKey, collection: string): Promise<string> {
  return bytesToBase64url(await deriveBytes(open, KEY_LABELS.collectionTag(collection), 16));
}

/** 32 bytes each: the private halves of the account's HPKE and signing keys. */
export const hpkeSeed = (open: OpenKey): Promise<Bytes> => deriveBytes(open, KEY_LABELS.hpke(), 32);
export const signingSeed = (open: OpenKey): Promise<Bytes> =>
  deriveBytes(open, KEY_LABELS.signing(), 32);

/** 32 bytes: what passes and pseudonyms are made of, on every device of the person alike. */
export const walletSecret = (open: OpenKey): Promise<Bytes> =>
  deriveBytes(open, KEY_LABELS.wallet(), 32);

async function deriveBytes(open: OpenKey, info: Bytes, length: number): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.deriveBits({ ...HKDF, info }, open, length * 8));
}

function deriveAesKey(open: OpenKey, info: Bytes): Promise<CryptoKey> {
  return crypto.subtle.deriveKey({ ...HKDF, info }, open, { name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
}
