/**
 * What binds a space's key and messages to where they belong.
 *
 *     struct { opaque key[32]; opaque maker[36]; opaque signature[64]; } SpaceKey;      // sealed by HPKE, RFC 9180
 *     struct { opaque enc[32]; opaque sealed[132 + 16]; } SealedSpaceKey;
 *
 * The signature is the maker's Ed25519 over space, maker, member and key: a server that makes a key of its
 * own can't sign it, and the safety words cover the signing keys too.
 */
import { bytesToUtf8, concatBytes, framedBytes, utf8ToBytes, type Bytes } from "#platform/bytes.ts";

export interface SpaceKeyPlain {
  readonly key: Bytes;
  /** The account that made the key. */
  readonly maker: string;
  readonly signature: Bytes;
}

const KEY = 32;
const MAKER = 36;
const SIGNATURE = 64;

export const spaceKeyInfo = (space: string, member: string): Bytes =>
  framedBytes("callroom/v1/space-key", space, member);

export const signedSpaceKey = (
  space: string,
  maker: string,
  member: string,
  key: Uint8Array,
): Bytes => framedBytes("callroom/v1/space-key-signature", space, maker, member, key);

export const spaceKeyToBytes = ({ key, maker, signature }: SpaceKeyPlain): Bytes =>
  concatBytes(key, utf8ToBytes(maker), signature);

/** Null for anything that isn't exactly the struct. */
export function bytesToSpaceKey(bytes: Uint8Array): SpaceKeyPlain | null {
  if (bytes.length !== KEY + MAKER + SIGNATURE) return null;
  try {
    return {
      key: concatBytes(bytes.subarray(0, KEY)),
      maker: bytesToUtf8(bytes.subarray(KEY, KEY + MAKER)),
      signature: concatBytes(bytes.subarray(KEY + MAKER)),
    };
  } catch {
    return null;
  }
}

export const messageBinding = (space: string, sender: string, message: string): Bytes =>
  framedBytes("callroom/v1/space-message", space, sender, message);

/** What a person may write at once. */
export const LONGEST_MESSAGE = 8_000;
