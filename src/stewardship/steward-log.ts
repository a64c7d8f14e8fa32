/**
 * The stewards' keys in a public, signed chain of hashes (rule 10): who founds an epoch's key, whom a steward
 * admits, and the next epoch, which leaves out whoever left. Every device checks it from the first entry, and
 * that it goes on from the head it kept.
 *
 * A steward stands in it by public keys alone. `founding` begins with one steward, and begins anew only when
 * none of the earlier ones is left to sign: devices count foundings and say so.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlToBytes, bytesToBase64url, framedBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { LogRefusal } from "./decision-log.ts";
import {
  MOST_STEWARDS,
  type EpochKeys,
  type StewardKeys,
  type StewardLogEntry,
} from "./log-entry.ts";
import type { LogHead } from "./log-entry.ts";

/** What the log says after its last entry. */
export interface StewardLogState extends LogHead {
  readonly epoch: number;
  readonly epochKeys: EpochKeys;
  /** Who holds the epoch's key. Circles open with two. */
  readonly stewards: readonly StewardKeys[];
  /** 1 unless the key had to be founded anew. */
  readonly foundings: number;
}

export type EntryRefusal =
  | { readonly type: "ChainBroken"; readonly sequence: number }
  | { readonly type: "NotSigned"; readonly sequence: number }
  | { readonly type: "NotAllowed"; readonly sequence: number };

/** The whole log, as the server gives it, and the head that this device kept last (null: none yet). */
export function readStewardLogEntries(
  entries: readonly StewardLogEntry[],
  kept: LogHead | null,
): Result<StewardLogState | null, EntryRefusal | LogRefusal> {
  let state: StewardLogState | null = null;
  let isKept = kept === null;
  for (const entry of entries) {
    const next = extendStewardLogState(state, entry);
    if (!next.ok) return next;
    state = next.value;
    if (state.sequence === kept?.sequence) isKept = state.hash === kept.hash;
  }
  return isKept ? ok(state) : refuse({ type: "HeadLost" });
}

/** The public halves of an epoch, also of an earlier one; null where the log has none such. */
export function epochKeysIn(entries: readonly StewardLogEntry[], epoch: number): EpochKeys | null {
  const made = entries.find((entry) => entry.epoch === epoch && entry.epochKeys !== null);
  return made?.epochKeys ?? null;
}

/** One entry more, or why it is none. */
export function extendStewardLogState(
  before: StewardLogState | null,
  entry: StewardLogEntry,
): Result<StewardLogState, EntryRefusal> {
  const sequence = (before?.sequence ?? 0) + 1;
  if (entry.sequence !== sequence) return refuse({ type: "ChainBroken", sequence });
  if (!isRightlySigned(before, entry)) return refuse({ type: "NotSigned", sequence });
  const after = applied(before, entry);
  return after === null ? refuse({ type: "NotAllowed", sequence }) : ok(after);
}

/** The same without the signatures, which cost much: for the server's own rows, checked when they came. */
export function storedStewardLogState(entries: readonly StewardLogEntry[]): StewardLogState | null {
  let state: StewardLogState | null = null;
  for (const entry of entries) {
    state = applied(state, entry);
    if (state === null) throw new Error("A stored entry of the stewards' log doesn't follow");
  }
  return state;
}

function applied(before: StewardLogState | null, entry: StewardLogEntry): StewardLogState | null {
  const after = afterEntry(before, entry);
  const hash = sha256(framedBytes(entryMessage(before, entry), base64urlToBytes(entry.signature)!));
  return after && { ...after, sequence: entry.sequence, hash: bytesToBase64url(hash) };
}

function afterEntry(
  before: StewardLogState | null,
  { kind, epoch, epochKeys, stewards, signer }: StewardLogEntry,
): Omit<StewardLogState, "sequence" | "hash"> | null {
  const names = stewards.map(({ signingKey }) => signingKey);
  if (new Set(names).size !== names.length) return null;
  if (kind === "admission") {
    const [admitted] = stewards;
    if (before === null || epochKeys !== null || epoch !== before.epoch) return null;
    if (stewards.length !== 1 || admitted === undefined) return null;
    if (!isAmong(before, signer) || isAmong(before, admitted.signingKey)) return null;
    if (before.stewards.length >= MOST_STEWARDS) return null;
    return { ...before, stewards: [...before.stewards, admitted] };
  }
  if (epochKeys === null || epoch !== (before?.epoch ?? 0) + 1 || !names.includes(signer))
    return null;
  const made = { epoch, epochKeys, stewards };
  if (kind === "founding")
    return stewards.length === 1 ? { ...made, foundings: (before?.foundings ?? 0) + 1 } : null;
  // An epoch admits nobody, and changes nobody's keys.
  if (before === null || !stewards.every((each) => isSameAmong(before, each))) return null;
  return { ...made, foundings: before.foundings };
}

const isAmong = ({ stewards }: StewardLogState, signingKey: string): boolean =>
  stewards.some((each) => each.signingKey === signingKey);

const isSameAmong = ({ stewards }: StewardLogState, keys: StewardKeys): boolean =>
  stewards.some(
    (each) =>
      each.signingKey === keys.signingKey &&
      each.hpkeKey === keys.hpkeKey &&
      each.binding === keys.binding,
  );

function isRightlySigned(before: StewardLogState | null, entry: StewardLogEntry): boolean {
  return (
    entry.stewards.every(isBound) &&
    isSigned(entryMessage(before, entry), entry.signature, entry.signer)
  );
}

/** Whether whoever holds the signing key says that the HPKE key is theirs. */
export const isBound = ({ hpkeKey, signingKey, binding }: StewardKeys): boolean =>
  isSigned(bindingMessage(hpkeKey), binding, signingKey);

function isSigned(message: Bytes, signature: string, key: string): boolean {
  try {
    return ed25519.verify(base64urlToBytes(signature)!, message, base64urlToBytes(key)!, {
      zip215: false,
    });
  } catch {
    // A key that is no point of the curve.
    return false;
  }
}

/** What a steward's signing key signs so that nobody else's HPKE key can stand beside it. base64url in. */
export const bindingMessage = (hpkeKey: string): Bytes =>
  framedBytes("callroom/v1/steward-binding", base64urlToBytes(hpkeKey)!);

/** What the maker of an entry signs: the head before, and everything in the entry but the signature. */
export function entryMessage(
  before: LogHead | null,
  entry: Omit<StewardLogEntry, "signature">,
): Bytes {
  const bytes = (text: string) => base64urlToBytes(text)!;
  return framedBytes(
    "callroom/v1/steward-log",
    before === null ? "" : bytes(before.hash),
    String(entry.sequence),
    entry.kind,
    String(entry.epoch),
    entry.epochKeys === null ? "" : bytes(entry.epochKeys.hpkeKey),
    entry.epochKeys === null ? "" : bytes(entry.epochKeys.signingKey),
    framedBytes(
      ...entry.stewards.flatMap((keys) => [
        bytes(keys.hpkeKey),
        bytes(keys.signingKey),
        bytes(keys.binding),
      ]),
    ),
    bytes(entry.signer),
  );
}
