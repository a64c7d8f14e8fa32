/**
 * Franking: how a message can be reported truly, and only truly. The sender commits to the text with a key that
 * lies sealed beside it; the server, which can't read it, stamps the commitment with sender, place and time. Who
 * reports reveals text and key. (Grubbs, Lu, Ristenpart 2017, "Message franking via committing authenticated
 * encryption".)
 *
 *     commitment = HMAC-SHA-256(franking key, framed("callroom/v1/circle-franking", circle, epoch, sender, id, content))
 *     mac        = HMAC-SHA-256(stamp key of the month, framed("callroom/v1/circle-stamp", circle, epoch, sender, id,
 *                                                              minute, commitment))
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { wireBytes } from "./entry.ts";

/** Which message of which circle; the sender is the pseudonym. */
export interface MessagePlace {
  readonly circle: string;
  readonly epoch: number;
  /** base64url, as on the wire. */
  readonly sender: string;
  readonly id: string;
}

/** What the server vouches for: that this sender handed in this commitment then. */
interface StampedPlace extends MessagePlace {
  /** Minutes since the epoch (1970). */
  readonly minute: number;
  /** base64url */
  readonly commitment: string;
}

/** One key a month, random, kept where reports are judged, and destroyed when nothing can be reported any more. */
export interface StampKeys {
  /** `2027-03`; 32 bytes, or null once they are gone. */
  readonly keyOf: (month: string) => Uint8Array | null;
}

export const franked = (
  frankingKey: Uint8Array,
  place: MessagePlace,
  content: Uint8Array,
): Bytes => {
  const fields = framedBytes("callroom/v1/circle-franking", ...placeFields(place), content);
  return concatBytes(hmac(sha256, frankingKey, fields));
};

/** The key is that of `stampMonth`; the sender is whom the server let in, not whom the message names. */
export const stampMac = (key: Uint8Array, place: StampedPlace): Bytes => {
  if (key.length !== 32) throw new Error("A stamp key has 32 bytes");
  return concatBytes(hmac(sha256, key, stampedBytes(place)));
};

/** What the stamp's HMAC is made over. */
export function stampedBytes(place: StampedPlace): Bytes {
  const { minute, commitment } = place;
  const fields = [...placeFields(place), String(minute), wireBytes(commitment)];
  return framedBytes("callroom/v1/circle-stamp", ...fields);
}

/** UTC: `2027-03`. */
export const stampMonth = (minute: number): string =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
    .toString()
    .slice(0, 7);

/** In time that doesn't tell how far two secrets agree. */
export function isEqualInSecret(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [at, byte] of one.entries()) difference |= byte ^ other[at]!;
  return difference === 0;
}

const placeFields = ({ circle, epoch, sender, id }: MessagePlace): (Uint8Array | string)[] => [
  circle,
  String(epoch),
  wireBytes(sender),
  wireBytes(id),
];
