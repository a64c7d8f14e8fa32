/**
 * What a message holds under its seal: who says it and when, what proves both, and the words. Padded to one of four
 * sizes, so that a heart and a sentence look the same.
 *
 *     struct { opaque sender[32]; opaque veil[32]; opaque signature[64]; uint32 minute; opaque franking_key[32];
 *              uint16 length; opaque content[length]; opaque zeros[...]; } Plain;
 */
import { concatBytes, type Bytes } from "#platform/bytes.ts";
import { MESSAGE_SIZES } from "./wire.ts";

export interface MessagePlain {
  /** An Ed25519 public key. */
  readonly sender: Bytes;
  readonly veil: Bytes;
  readonly signature: Bytes;
  /** Since the epoch (1970), by the sender's own clock. */
  readonly minute: number;
  readonly frankingKey: Bytes;
  readonly content: Bytes;
}

const AT = { sender: 0, veil: 32, signature: 64, minute: 128, frankingKey: 132, length: 164 };
const BEFORE_CONTENT = AT.length + 2;

/** What is sealed: of one of `MESSAGE_SIZES`. */
export function padPlain(plain: MessagePlain): Bytes {
  const { sender, veil, signature, minute, frankingKey, content } = plain;
  const size = MESSAGE_SIZES.find((each) => BEFORE_CONTENT + content.length <= each);
  const lengths = [sender, veil, signature, frankingKey].map(({ length }) => length);
  if (size === undefined || lengths.join() !== "32,32,64,32" || minute >>> 0 !== minute)
    throw new RangeError("A part of a message has another length");
  const padded = new Uint8Array(size);
  padded.set(concatBytes(sender, veil, signature));
  const view = new DataView(padded.buffer);
  view.setUint32(AT.minute, minute);
  padded.set(frankingKey, AT.frankingKey);
  view.setUint16(AT.length, content.length);
  padded.set(content, BEFORE_CONTENT);
  return padded;
}

/** Null where the layout is broken: one plain has one padded form. */
export function unpadPlain(padded: Uint8Array): MessagePlain | null {
  if (padded.length < BEFORE_CONTENT) return null;
  const view = new DataView(padded.buffer, padded.byteOffset);
  const end = BEFORE_CONTENT + view.getUint16(AT.length);
  if (padded.length !== MESSAGE_SIZES.find((size) => end <= size)) return null;
  if (padded.subarray(end).some((byte) => byte !== 0)) return null;
  const part = (from: number, to: number) => concatBytes(padded.subarray(from, to));
  return {
    sender: part(AT.sender, AT.veil),
    veil: part(AT.veil, AT.signature),
    signature: part(AT.signature, AT.minute),
    minute: view.getUint32(AT.minute),
    frankingKey: part(AT.frankingKey, AT.length),
    content: part(BEFORE_CONTENT, end),
  };
}
