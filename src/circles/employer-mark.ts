/**
 * The mark of an employer's name: the same for two who mean the same house, however they write it. Whoever tries
 * every employer there is finds it out, the operator included; the screen says so before anybody asks for it.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { employerToComparable } from "#library/employer-name.ts";
import { concatBytes, framedBytes, utf8ToBytes, type Bytes } from "#platform/bytes.ts";

/** 32 bytes. `community` is public and the same for all, so a mark means nothing elsewhere. Null for no name. */
export function employerMark(community: string, name: string): Bytes | null {
  const { whole } = employerToComparable(name);
  if (whole === "") return null;
  const key = framedBytes("callroom/v1/employer-mark", community);
  return concatBytes(hmac(sha256, key, utf8ToBytes(whole)));
}
