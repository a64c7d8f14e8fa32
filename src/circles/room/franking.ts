/**
 * Franking: how a message can be reported truly, and only truly. The sender commits to the text with a key that
 * lies sealed beside it; the server, which can't read it, stamps the commitment with place, month and the sender's
 * mark, which it has tested. Who reports reveals text, key and veil. (Grubbs, Lu, Ristenpart 2017, "Message franking
 * via committing authenticated encryption".)
 *
 *     commitment = HMAC-SHA-256(franking key, framed("callroom/v1/circle-franking", circle, epoch, sender, id, minute,
 *                                                    content))
 *     mac        = HMAC-SHA-256(stamp key of the month, framed("callroom/v1/circle-stamp", circle, epoch, id, mark,
 *                                                              month, commitment))
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { wireBytes } from "./entry.ts";

/** Which message of which circle. */
interface MessagePlace {
  readonly circle: string;
  readonly epoch: number;
  /** base64url, as on the wire. */
  readonly id: string;
}

/** Who says it, and when. */
export interface SaidMessage extends MessagePlace {
  /** The pseudonym, base64url. */
  readonly sender: string;
  /** Minutes since the epoch (1970), by the sender's own clock. */
  readonly minute: number;
}

/** What the server vouches for: that whoever the mark fits handed in this commitment in that month. */
interface StampedPlace extends MessagePlace {
  /** base64url, both. */
  readonly mark: string;
  readonly commitment: string;
  /** `2027-03`, UTC. */
  readonly month: string;
}

/** One key a month, random, kept where reports are judged, and destroyed when nothing can be reported any more. */
export interface StampKeys {
  /** `2027-03`; 32 bytes, or null once they are gone. */
  readonly keyOf: (month: string) => Uint8Array | null;
}

export const franked = (
  frankingKey: Uint8Array,
  { circle, epoch, sender, id, minute }: SaidMessage,
  content: Uint8Array,
): Bytes => {
  const place = [circle, String(epoch), wireBytes(sender), wireBytes(id), String(minute)];
  const fields = framedBytes("callroom/v1/circle-franking", ...place, content);
  return concatBytes(hmac(sha256, frankingKey, fields));
};

/** The key is that of the month. */
export const stampMac = (key: Uint8Array, place: StampedPlace): Bytes => {
  if (key.length !== 32) throw new Error("A stamp key has 32 bytes");
  return concatBytes(hmac(sha256, key, stampedBytes(place)));
};

/** What the stamp's HMAC is made over. */
export const stampedBytes = ({ circle, epoch, id, mark, month, commitment }: StampedPlace): Bytes =>
  framedBytes(
    "callroom/v1/circle-stamp",
    circle,
    String(epoch),
    wireBytes(id),
    wireBytes(mark),
    month,
    wireBytes(commitment),
  );

/** In time that doesn't tell how far two secrets agree. */
export function isEqualInSecret(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [at, byte] of one.entries()) difference |= byte ^ other[at]!;
  return difference === 0;
}
