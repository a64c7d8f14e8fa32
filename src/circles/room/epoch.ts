/**
 * An epoch's key: 32 fresh bytes, sealed (HPKE) to each member of the moment and to nobody else. The log's entry
 * commits its maker to the key and to the wraps, so that no two members can be given different keys, and no wrap
 * added unseen. Whoever comes later reads nothing older; whoever was there opens it whenever they come back.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToBase64url, concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { Day } from "#pass/period.ts";
import { signedEntry, wireBytes, type SignedEntry } from "./entry.ts";
import type { Binding, Hpke } from "./hpke.ts";
import type { MemberKeys } from "./member-keys.ts";
import { epochIn, memberLogHead, membersOf, type MemberLog } from "./member-log.ts";
import { EPOCH_KEY_BYTES } from "./wire.ts";

const DAYS_OF_AN_EPOCH = 7;

export interface MadeEpoch {
  readonly entry: Extract<SignedEntry, { kind: "epoch" }>;
  /** base64url, for the members in their order. */
  readonly wraps: readonly string[];
  readonly key: Bytes;
}

export type RotationReason = MadeEpoch["entry"]["reason"];

export type EpochRefusal =
  /** Not one of its members: there is nothing to open. */
  | { readonly type: "NotInEpoch" }
  /** Other wraps than the log's entry speaks of, such as one more. */
  | { readonly type: "WrapsWrong" }
  /** The maker sealed nothing for us, or another key than for the others. Any member can rotate again. */
  | { readonly type: "CouldNotBeOpened" };

/** Why the next epoch is due; null while the current one serves. `repair` is for whoever can't open a wrap. */
export function rotationDue(log: MemberLog, today: Day): Exclude<RotationReason, "repair"> | null {
  if (!log.standings.at(-1)!.isSettled) return membersOf(log).length > 0 ? "membership" : null;
  const weekAgo = Temporal.PlainDate.from(today).subtract({ days: DAYS_OF_AN_EPOCH }).toString();
  return log.epochs.at(-1)!.day <= weekAgo ? "week" : null;
}

/**
 * Whoever is online first rotates. So that all who are at once don't all try, each waits for its turn, from 0:
 * some seconds for each step. Nobody can choose to be first, since it changes with every entry.
 */
export function rotationTurn(log: MemberLog, pseudonym: string): number {
  const { hash } = memberLogHead(log);
  const rank = (member: string) => bytesToBase64url(sha256(framedBytes(hash, member)));
  const members = membersOf(log).toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1));
  return members.indexOf(pseudonym);
}

/** The entry and the wraps to hand in; the server takes them together, or neither. `key` is 32 random bytes. */
export async function makeEpoch(
  log: MemberLog,
  keys: MemberKeys,
  { reason, day, key }: { reason: RotationReason; day: Day; key: Bytes },
  hpke: Pick<Hpke, "seal">,
): Promise<MadeEpoch> {
  if (key.length !== EPOCH_KEY_BYTES) throw new Error("An epoch's key has 32 bytes");
  const { circle } = log;
  const number = log.epochs.length + 1;
  const head = memberLogHead(log);
  const members = membersOf(log);
  const commitment = keyCommitment(circle, number, key);
  const sealed = await Promise.all(
    members.map((member) => {
      const { hpkeKey } = log.seats.find(({ pseudonym }) => pseudonym === member)!;
      const bound = wrapBinding(circle, { number, commitment, before: head.hash }, member);
      return hpke.seal(wireBytes(hpkeKey), bound, key);
    }),
  );
  const entry = signedEntry(circle, head, keys, {
    kind: "epoch",
    number,
    day,
    reason,
    members: [...members],
    commitment,
    wrapsHash: hashOfWraps(sealed),
  });
  return { entry: entry as MadeEpoch["entry"], wraps: sealed.map(bytesToBase64url), key };
}

/** The epoch's key for one of its members. `wraps` are all of the epoch's, as the server keeps them. */
export async function openEpoch(
  log: MemberLog,
  number: number,
  wraps: readonly string[],
  keys: MemberKeys,
  hpke: Hpke,
): Promise<Result<Bytes, EpochRefusal>> {
  const epoch = epochIn(log, number);
  const place = epoch?.members.indexOf(keys.pseudonym) ?? -1;
  if (epoch === null || place === -1) return refuse({ type: "NotInEpoch" });
  if (!areWrapsOf(epoch, wraps)) return refuse({ type: "WrapsWrong" });
  const bound = wrapBinding(log.circle, epoch, keys.pseudonym);
  const key = await hpke.open(keys.hpke.secret, bound, wireBytes(wraps[place]!));
  if (key === null || keyCommitment(log.circle, number, key) !== epoch.commitment)
    return refuse({ type: "CouldNotBeOpened" });
  return ok(key);
}

/** Whether these are the wraps that the epoch's entry speaks of. The server asks before it takes them in. */
export const areWrapsOf = (
  { members, wrapsHash }: { readonly members: readonly string[]; readonly wrapsHash: string },
  wraps: readonly string[],
): boolean => wraps.length === members.length && hashOfWraps(wraps.map(wireBytes)) === wrapsHash;

const hashOfWraps = (wraps: readonly Uint8Array[]): string =>
  bytesToBase64url(sha256(framedBytes("callroom/v1/circle-wraps", ...wraps)));

function keyCommitment(circle: string, number: number, key: Uint8Array): string {
  const committed = framedBytes("callroom/v1/circle-key-commitment", circle, String(number), key);
  return bytesToBase64url(concatBytes(sha256(committed)));
}

const wrapBinding = (
  circle: string,
  epoch: { readonly number: number; readonly commitment: string; readonly before: Uint8Array },
  member: string,
): Binding => ({
  info: framedBytes("callroom/v1/circle-epoch", circle, String(epoch.number), wireBytes(member)),
  aad: framedBytes(epoch.before, wireBytes(epoch.commitment)),
});
