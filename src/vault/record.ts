/**
 * How a record is laid out before it is sealed and what it is bound to, so that the server can't swap,
 * replay or roll one back unseen, nor read from its size what kind of thing it is.
 *
 *     struct { opaque nonce[12]; opaque sealed[bucket + 16]; } SealedRecord;   // AES-256-GCM
 *     struct { uint32 length; opaque text[length]; opaque zeros[...]; } Padded; // up to the next bucket
 */
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";

export const RECORD_NONCE_BYTES = 12;
export const RECORD_TAG_BYTES = 16;
/** Plain bytes, the largest record: 1 MiB when sealed. */
export const LARGEST_RECORD = 1_048_000;

export interface RecordAddress {
  readonly safe: string;
  readonly collection: string;
  /** 32 hex digits. */
  readonly id: string;
  /** Counts up from 1 with every change. */
  readonly version: number;
}

/** Associated data of a record. */
export const recordBinding = (at: RecordAddress): Bytes =>
  framedBytes("callroom/v1/record", at.safe, at.collection, at.id, String(at.version));

/** Buckets: powers of two from 256 bytes to 4 KiB, then quarters of powers of two. */
export function bucketFor(length: number): number {
  if (length > LARGEST_RECORD) throw new RangeError("Record too large");
  let size = 256;
  while (size < length && size < 4096) size *= 2;
  if (size >= length) return size;
  const step = 2 ** Math.floor(Math.log2(length - 1)) / 4;
  return Math.min(Math.ceil(length / step) * step, LARGEST_RECORD);
}

/** Fills up with zeros, so that the length says only the bucket. */
export function pad(text: Uint8Array): Bytes {
  const padded = new Uint8Array(bucketFor(text.length + 4));
  new DataView(padded.buffer).setUint32(0, text.length);
  padded.set(text, 4);
  return padded;
}

/** Null where the layout is broken, which the seal should have made impossible: one text has one padded form. */
export function unpad(padded: Uint8Array): Bytes | null {
  if (padded.length < 4) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length + 4 > LARGEST_RECORD || padded.length !== bucketFor(length + 4)) return null;
  if (padded.subarray(4 + length).some((byte) => byte !== 0)) return null;
  return concatBytes(padded.subarray(4, 4 + length));
}
