/** Seals and opens records with AES-256-GCM under their collection's key, bound to where they belong. */
import { bytesToUtf8, concatBytes, utf8ToBytes, type Bytes } from "#platform/bytes.ts";
import {
  pad,
  RECORD_NONCE_BYTES,
  RECORD_TAG_BYTES,
  recordBinding,
  unpad,
  type RecordAddress,
} from "../record.ts";

export async function sealRecord(
  key: CryptoKey,
  at: RecordAddress,
  content: unknown,
): Promise<Bytes> {
  return sealBound(key, recordBinding(at), pad(utf8ToBytes(JSON.stringify(content))));
}

/** Null for every way in which it does not open: one indistinct refusal. */
export async function openRecord(
  key: CryptoKey,
  at: RecordAddress,
  sealed: Uint8Array,
): Promise<{ readonly content: unknown } | null> {
  const padded = await openBound(key, recordBinding(at), sealed);
  const text = padded && unpad(padded);
  return text === null ? null : { content: JSON.parse(bytesToUtf8(text)) as unknown };
}

/** nonce[12] ‖ ciphertext ‖ tag[16]. */
export async function sealBound(key: CryptoKey, binding: Bytes, plain: Bytes): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(RECORD_NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: binding },
    key,
    plain,
  );
  return concatBytes(nonce, new Uint8Array(sealed));
}

export async function openBound(
  key: CryptoKey,
  binding: Bytes,
  sealed: Uint8Array,
): Promise<Bytes | null> {
  if (sealed.length < RECORD_NONCE_BYTES + RECORD_TAG_BYTES) return null;
  const whole = concatBytes(sealed);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: whole.subarray(0, RECORD_NONCE_BYTES), additionalData: binding },
      key,
      whole.subarray(RECORD_NONCE_BYTES),
    );
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}
