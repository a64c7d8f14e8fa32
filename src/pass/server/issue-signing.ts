/** Issuer keys at hand: opening one takes half as long as signing with it. */
import { bytesToHex, type Bytes } from "#platform/bytes.ts";
import type { Redacted } from "#platform/redacted.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { openIssuerKey, type IssuerKey, type StoredIssuerKey } from "./issuer-key.ts";

/** A quarter's months and the turn to the next. */
const MOST_AT_HAND = 6;

export type KeysAtHand = (stored: StoredIssuerKey) => IssuerKey;

export function makeKeysAtHand(sealKey: Redacted<Uint8Array>): KeysAtHand {
  const opened = new Map<string, IssuerKey>();
  return (stored) => {
    const id = idOf(stored.spki);
    const known = opened.get(id);
    if (known) return known;
    const key = openIssuerKey(sealKey, stored);
    if (key === null) throw new Error("An issuer key could not be opened");
    if (opened.size >= MOST_AT_HAND) opened.delete(opened.keys().next().value!);
    opened.set(id, key);
    return key;
  };
}

const idOf = (spki: Bytes): string => bytesToHex(sha256(spki));
