/**
 * The key log as both sides tell it, read anew and checked against each other and against what the vault remembers
 * (rule 12). Everything that is asked for or believed stands on it.
 */
import { base64urlToBytes } from "#platform/bytes.ts";
import type { AnswerOf, WireRefusal } from "#platform/contract.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { callNameless } from "#platform/web/nameless.ts";
import type { Community } from "../challenge.ts";
import { readKeyLogEntries, readNamelessKeys } from "../contract.ts";
import {
  agreedKey,
  extendsHead,
  headOf,
  readKeyLog,
  type Head,
  type KeyLog,
  type KeyLogEntry,
  type LoggedKey,
} from "../key-log.ts";
import type { Period } from "../period.ts";
import { keptToHead } from "../wallet.ts";
import type { KeysRead, Stop, WalletTrouble } from "./wallet.ts";
import type { WalletKeeping } from "./wallet-keeping.ts";

export interface Logs {
  readonly log: KeyLog;
  readonly community: Community;
  readonly head: Head;
  readonly kept: Head;
  readonly nameless: Head;
  readonly crowds: KeysRead["crowds"];
  readonly closed: KeysRead["closed"];
}

/** What was kept is read first and the named side last: a key that is logged meanwhile makes none of them wrong. */
export async function agreedLogs(keeping: WalletKeeping): Promise<Result<Logs, Stop>> {
  const kept = await keeping.head();
  const nameless = await callNameless(readNamelessKeys, {});
  if (!nameless.ok) return unread(nameless.refusal);
  const named = await call(readKeyLogEntries, {});
  if (!named.ok) return unread(named.refusal);
  const { community, entries } = named.value;
  const read = readKeyLog(entries.map(toEntry));
  if (!read.ok) return trouble(read.refusal.type);
  const log = read.value;
  const before = kept === null ? { length: 0, hash: log.hashes[0]! } : keptToHead(kept);
  const goesOn = extendsHead(log, before);
  if (!goesOn.ok) return trouble(goesOn.refusal.type);
  // Names of their own would mark somebody's passes, as a key of their own would.
  for (const known of [kept, nameless.value.community])
    if (known !== null && !isSameCommunity(known, community)) return trouble("OtherNames");
  const other = keptToHead(nameless.value);
  if (!extendsHead(log, other).ok) return trouble("SidesDiffer");
  return ok({
    log,
    community,
    head: headOf(log),
    kept: before,
    nameless: other,
    crowds: nameless.value.crowds,
    closed: entries.filter((entry) => entry.closed),
  });
}

type WireEntry = AnswerOf<typeof readKeyLogEntries>["entries"][number];

// Nonsense in place of base64url is no key of ours.
const toEntry = ({ spki, ...entry }: WireEntry): KeyLogEntry => {
  const { purpose, name, issuedFrom, issuedUntil, beginsFrom, beginsUntil, endsOn } = entry;
  const period = { purpose, name, issuedFrom, issuedUntil, beginsFrom, beginsUntil, endsOn };
  return { period, spki: base64urlToBytes(spki) ?? new Uint8Array(0) };
};

const isSameCommunity = (kept: Community, community: Community): boolean =>
  kept.issuerName === community.issuerName && kept.originInfo === community.originInfo;

/** Null where one of the sides hasn't heard of the key yet. */
export function keyOf(
  { log, kept, head, nameless }: Logs,
  period: Pick<Period, "purpose" | "name">,
): LoggedKey | null {
  const key = agreedKey(log, { kept, named: head, nameless }, period);
  return key.ok ? key.value : null;
}

export const keysRead = (
  { log: keyLog, community, crowds, closed }: Logs,
  said: Pick<KeysRead, "isVerified" | "isBehind">,
): KeysRead => ({ at: "read", ...said, keyLog, community, crowds, closed });

export const trouble = (what: WalletTrouble) => refuse({ type: "Trouble", trouble: what } as const);
export const unread = (refusal: WireRefusal) => refuse({ type: "Unread", refusal } as const);
