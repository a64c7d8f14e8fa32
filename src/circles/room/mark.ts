/**
 * Whose a message is, said so that only the right ones can read it: the server keeps a mark that fits one pseudonym
 * and tells nobody which. Where the veil is shown with the pseudonym, once when a message is handed in, or lies
 * sealed in the message, the mark can be tested; without the veil it fits everybody alike.
 *
 *     veil = HMAC-SHA-256(veil key, framed("callroom/v1/circle-veil", circle, id))
 *     mark = SHA-256(framed("callroom/v1/circle-mark", circle, sender, id, veil))
 *
 * The veil follows from the member's own key, so a message that is sent again has the same mark, and each of the
 * member's devices can take it back.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { wireBytes } from "./entry.ts";
import type { MemberKeys } from "./member-keys.ts";

export interface Marked {
  readonly circle: string;
  /** base64url, as on the wire. */
  readonly sender: string;
  readonly id: string;
  /** 32 bytes. */
  readonly veil: Uint8Array;
}

/** 32 bytes. `id` as on the wire. */
export const veilOf = (
  { veilKey }: Pick<MemberKeys, "veilKey">,
  circle: string,
  id: string,
): Bytes =>
  concatBytes(hmac(sha256, veilKey, framedBytes("callroom/v1/circle-veil", circle, wireBytes(id))));

export const markOf = (marked: Marked): Bytes => concatBytes(sha256(markedBytes(marked)));

/** What the mark is the hash of. */
export const markedBytes = ({ circle, sender, id, veil }: Marked): Bytes =>
  framedBytes("callroom/v1/circle-mark", circle, wireBytes(sender), wireBytes(id), veil);
