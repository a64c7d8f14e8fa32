/**
 * The bytes of a member log's entries: what is signed, what the chain of hashes runs over, and the making of
 * entries that a member signs.
 *
 *     head_0 = SHA-256(framed("callroom/v1/circle-log", circle))
 *     signed = framed("callroom/v1/circle-entry", circle, head_{n-1}, n, kind, signer, fields of the kind...)
 *     head_n = SHA-256(framed(signed, signature))
 *
 * Two entries are signed by nobody in the circle: `formed` by the issuer, badge by badge, and `removed` by the
 * stewards, over circle and member alone, since they decide without a hurry and the log goes on meanwhile.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import {
  base64urlToBytes,
  bytesToBase64url,
  concatBytes,
  framedBytes,
  type Bytes,
} from "#platform/bytes.ts";
import type { Head } from "#pass/key-log.ts";
import type { MemberKeys } from "./member-keys.ts";
import type { MemberLogEntry, WireHead, WireSeat } from "./wire.ts";

export type SignedEntry = Extract<MemberLogEntry, { signer: string }>;

type Unsigned<Entry> = Entry extends SignedEntry
  ? Omit<Entry, "sequence" | "signer" | "signature">
  : never;
/** What a member has to say in an entry. */
export type SignedContent = Unsigned<MemberLogEntry>;

export const emptyLogHash = (circle: string): Bytes =>
  concatBytes(sha256(framedBytes("callroom/v1/circle-log", circle)));

/** The entry after `head`, by the member whose keys these are. */
export function signedEntry(
  circle: string,
  head: Head,
  keys: Pick<MemberKeys, "pseudonym" | "signing">,
  content: SignedContent,
): SignedEntry {
  const unsigned = { ...content, sequence: head.length + 1, signer: keys.pseudonym, signature: "" };
  const message = entryMessage(circle, head.hash, unsigned);
  return { ...unsigned, signature: bytesToBase64url(ed25519.sign(message, keys.signing)) };
}

/** What a member signs. The signature itself is not in it. */
export const entryMessage = (circle: string, before: Uint8Array, entry: MemberLogEntry): Bytes =>
  framedBytes(
    "callroom/v1/circle-entry",
    circle,
    before,
    String(entry.sequence),
    entry.kind,
    "signer" in entry ? wireBytes(entry.signer) : "",
    ...fieldsOf(entry),
  );

/** What the stewards sign to remove somebody. `member` is a pseudonym; `stewardEpoch` says with which key. */
export const removalMessage = (circle: string, member: string, stewardEpoch: number): Bytes =>
  framedBytes("callroom/v1/circle-removal", circle, wireBytes(member), String(stewardEpoch));

export function entryHash(circle: string, before: Uint8Array, entry: MemberLogEntry): Bytes {
  const signature = "signature" in entry ? wireBytes(entry.signature) : "";
  return concatBytes(sha256(framedBytes(entryMessage(circle, before, entry), signature)));
}

/** Of a field whose schema was checked before. */
export const wireBytes = (text: string): Bytes => base64urlToBytes(text)!;

export const headToWire = ({ length, hash }: Head): WireHead => ({
  length,
  hash: bytesToBase64url(hash),
});

function fieldsOf(entry: MemberLogEntry): (Uint8Array | string)[] {
  switch (entry.kind) {
    case "formed":
      return [
        entry.day,
        ...(entry.metBefore === undefined ? [] : [String(entry.metBefore)]),
        ...entry.seats.map(seatBytes),
      ];
    case "epoch":
      return [
        String(entry.number),
        entry.day,
        entry.reason,
        framedBytes(...entry.members.map(wireBytes)),
        wireBytes(entry.commitment),
        wireBytes(entry.wrapsHash),
      ];
    case "joined":
      return [entry.day, seatBytes(entry.seat)];
    case "left":
      return [];
    case "removed":
      return [wireBytes(entry.member), String(entry.stewardEpoch)];
    case "lapsed":
      return [wireBytes(entry.member)];
    case "renewed":
      return [wireBytes(entry.badge)];
    case "named":
      return entry.name === null ? [] : [entry.name];
    case "met":
      return [String(entry.number)];
    case "leads":
      return [entry.on ? "on" : "off"];
  }
}

const seatBytes = ({ badge, hpkeKey, binding }: WireSeat): Bytes =>
  framedBytes(wireBytes(badge), wireBytes(hpkeKey), wireBytes(binding));
