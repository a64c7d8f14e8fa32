/**
 * The public log of all issuer keys, each entry's hash over the one before. A device reads the whole log,
 * compares it with the head it has kept and with the heads of both sides, and only then uses a key: so an
 * operator cannot give somebody a key of their own and recognise them by it.
 *
 *     head_0 = 32 zeros; head_n = SHA-256(framed("callroom/v1/key-log", head_{n-1}, purpose, period,
 *                                  issued from, until, begins from, until, ends on, key id, SPKI))
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, framedBytes, isSameBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { parseIssuerPublicKey, type IssuerPublicKey } from "./issuer-public-key.ts";
import { isByRule, type Period } from "./period.ts";

export interface KeyLogEntry {
  readonly period: Period;
  readonly spki: Uint8Array;
}

export interface LoggedKey {
  readonly period: Period;
  readonly issuer: IssuerPublicKey;
}

/** How long a log was, and the hash of its last entry. */
export interface Head {
  readonly length: number;
  readonly hash: Uint8Array;
}

export interface KeyLog {
  readonly keys: readonly LoggedKey[];
  /** The head after 0, 1, 2 … entries. */
  readonly hashes: readonly Bytes[];
}

export type KeyLogRefusal =
  /** No key of ours, or days that our rules don't give. `at` counts entries from 0. */
  | { readonly type: "EntryWrong"; readonly at: number }
  /** Two keys for one purpose and period, or one key twice. */
  | { readonly type: "TwoKeys"; readonly at: number };

export type HeadRefusal =
  /** The log is shorter than the head: entries were taken away, or the other side is ahead. */
  { readonly type: "Shortened" } | { readonly type: "Rewritten" };

export function readKeyLog(entries: readonly KeyLogEntry[]): Result<KeyLog, KeyLogRefusal> {
  const keys: LoggedKey[] = [];
  const hashes: Bytes[] = [new Uint8Array(32)];
  const taken = new Set<string>();
  for (const [at, { period, spki }] of entries.entries()) {
    const issuer = parseIssuerPublicKey(spki);
    if (issuer === null || !isByRule(period)) return refuse({ type: "EntryWrong", at });
    const names = [`${period.purpose} ${period.name}`, bytesToHex(issuer.id)];
    if (names.some((name) => taken.has(name))) return refuse({ type: "TwoKeys", at });
    for (const name of names) taken.add(name);
    const key = { period, issuer };
    keys.push(key);
    hashes.push(entryHash(hashes.at(-1)!, key));
  }
  return ok({ keys, hashes });
}

export const headOf = ({ keys, hashes }: KeyLog): Head => ({
  length: keys.length,
  hash: hashes.at(-1)!,
});

/** Whether the log has everything that the head had, and in the same words. */
export function extendsHead(log: Pick<KeyLog, "hashes">, head: Head): Result<null, HeadRefusal> {
  const hash = log.hashes[head.length];
  if (hash === undefined) return refuse({ type: "Shortened" });
  return isSameBytes(hash, head.hash) ? ok(null) : refuse({ type: "Rewritten" });
}

/**
 * The key for a purpose and period, once everybody agrees on it: `heads` are the one kept in the vault and those
 * that the named and the nameless side give. Of the latter two each must know the key already.
 */
export function agreedKey(
  log: KeyLog,
  heads: { readonly kept: Head; readonly named: Head; readonly nameless: Head },
  { purpose, name }: Pick<Period, "purpose" | "name">,
): Result<LoggedKey, HeadRefusal | { readonly type: "NotInLog" }> {
  for (const head of [heads.kept, heads.named, heads.nameless]) {
    const extended = extendsHead(log, head);
    if (!extended.ok) return extended;
  }
  const at = log.keys.findIndex(({ period }) => period.purpose === purpose && period.name === name);
  const key = log.keys[at];
  if (key === undefined || at >= heads.named.length || at >= heads.nameless.length)
    return refuse({ type: "NotInLog" });
  return ok(key);
}

function entryHash(before: Bytes, { period, issuer }: LoggedKey): Bytes {
  const { purpose, name, issuedFrom, issuedUntil, beginsFrom, beginsUntil, endsOn } = period;
  const days = [issuedFrom, issuedUntil, beginsFrom, beginsUntil, endsOn];
  return concatBytes(
    sha256(
      framedBytes("callroom/v1/key-log", before, purpose, name, ...days, issuer.id, issuer.spki),
    ),
  );
}
