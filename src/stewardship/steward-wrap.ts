/**
 * What is sealed (HPKE, RFC 9180) around the stewards' key, and what it is bound to.
 *
 *     struct { opaque hpke[32]; opaque signing[32]; } EpochSecret;              // X25519 private key, Ed25519 seed
 *     struct { opaque enc[32]; opaque sealed[64 + 16]; } EpochWrap;             // to a steward's account key
 *     struct { uint32 length; opaque file[length]; opaque zeros[...]; } Padded; // to a multiple of 64 KiB
 *     struct { opaque enc[32]; opaque sealed[padded + 16]; } SealedDocument;    // to the epoch's key
 */
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import type { EpochKeys } from "./log-entry.ts";

export const EPOCH_WRAP_BYTES = 32 + 64 + 16;
export const LARGEST_DOCUMENT = 5 * 1024 * 1024;
const DOCUMENT_STEP = 64 * 1024;
const SEAL_BYTES = 32 + 16;
export const LARGEST_SEALED_DOCUMENT =
  Math.ceil((LARGEST_DOCUMENT + 4) / DOCUMENT_STEP) * DOCUMENT_STEP + SEAL_BYTES;

/** HPKE's info. The keys are base64url; the steward's is their signing key, their name in the log. */
export const epochWrapInfo = (epoch: number, { hpkeKey }: EpochKeys, steward: string): Bytes =>
  framedBytes("callroom/v1/steward-wrap", String(epoch), hpkeKey, steward);

/** HPKE's info. The account is the doctor's: a document can't be moved to another. */
export const documentInfo = (epoch: number, { hpkeKey }: EpochKeys, account: string): Bytes =>
  framedBytes("callroom/v1/steward-document", String(epoch), hpkeKey, account);

export const isSealedDocumentLength = (length: number): boolean =>
  length > SEAL_BYTES &&
  length <= LARGEST_SEALED_DOCUMENT &&
  (length - SEAL_BYTES) % DOCUMENT_STEP === 0;

const DOCUMENT_TYPES = ["application/pdf", "image/jpeg", "image/png"] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

const OPENINGS: Readonly<Record<DocumentType, readonly number[]>> = {
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** By its first bytes; a name or a browser's word proves nothing. Null for everything else. */
export function documentType(file: Uint8Array): DocumentType | null {
  const isOf = (type: DocumentType) => OPENINGS[type].every((byte, at) => file[at] === byte);
  return DOCUMENT_TYPES.find(isOf) ?? null;
}

/** Its size then says no more than a step of 64 KiB. A file beyond the largest is a defect: ask before. */
export function padDocument(file: Uint8Array): Bytes {
  if (file.length > LARGEST_DOCUMENT) throw new RangeError("Document too large");
  const padded = new Uint8Array(Math.ceil((file.length + 4) / DOCUMENT_STEP) * DOCUMENT_STEP);
  new DataView(padded.buffer).setUint32(0, file.length);
  padded.set(file, 4);
  return padded;
}

/** Null where the layout is broken: one file has one padded form. */
export function unpadDocument(padded: Uint8Array): Bytes | null {
  if (padded.length < 4) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > LARGEST_DOCUMENT) return null;
  if (padded.length !== Math.ceil((length + 4) / DOCUMENT_STEP) * DOCUMENT_STEP) return null;
  if (padded.subarray(4 + length).some((byte) => byte !== 0)) return null;
  return concatBytes(padded.subarray(4, 4 + length));
}
