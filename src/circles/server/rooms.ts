/**
 * A circle's member log on the server. It asks of every entry what the members' devices will ask, so that nobody
 * can jam a room with one that all others refuse; it can make none but the first.
 */
import { bytesToBase64url } from "#platform/bytes.ts";
import { refuse, type Result } from "#platform/result.ts";
import { areWrapsOf } from "../room/epoch.ts";
import {
  emptyMemberLog,
  extendMemberLog,
  membersOf,
  type MemberLog,
  type Seat,
} from "../room/member-log.ts";
import type { Trust } from "../room/seat.ts";
import type { MemberLogEntry } from "../room/wire.ts";
import { today, type CirclesDeps, type CirclesTransaction } from "./deps.ts";
import {
  keepEntry,
  keepEpoch,
  keepSeatState,
  keepStanding,
  lockCircle,
  logAfter,
  type CircleRow,
} from "./room-store.ts";
import { pseudonymsOf } from "./seat-store.ts";
import type { NewCircle } from "./waiting-store.ts";

export type ExtensionRefusal = { readonly type: "LogMoved" | "EntryRefused" };

export async function trustNow(deps: CirclesDeps): Promise<Trust> {
  const { log } = await deps.currentLog();
  const stewards = await deps.readStewards();
  return { keyLog: log, community: deps.community, stewards, today: today(deps.clock) };
}

/** The first entry: who was seated, each with what shows that a doctor sits there. */
export async function openRoom(
  deps: CirclesDeps,
  within: CirclesTransaction,
  circle: NewCircle,
): Promise<void> {
  const rows = await pseudonymsOf(
    within,
    circle.members.map(({ pseudonym }) => pseudonym),
  );
  const entry: MemberLogEntry = {
    kind: "formed",
    sequence: 1,
    day: today(deps.clock),
    ...(circle.metBefore === undefined ? {} : { metBefore: circle.metBefore }),
    seats: rows.map(({ badge, hpke_key, binding }) => ({
      badge: bytesToBase64url(badge),
      hpkeKey: bytesToBase64url(hpke_key),
      binding: bytesToBase64url(binding),
    })),
  };
  const extended = extendMemberLog(emptyMemberLog(circle.id), entry, await trustNow(deps));
  if (!extended.ok) throw new Error(`A circle could not be opened: ${extended.refusal.type}`);
  await keep(within, extended.value, entry);
}

/** Adds a member's entry, a newcomer's own, or an epoch with its wraps; all of it or nothing. */
export async function extendRoom(
  deps: CirclesDeps,
  circle: string,
  entry: MemberLogEntry,
  wraps: readonly string[],
): Promise<Result<MemberLog, ExtensionRefusal>> {
  if (entry.kind === "removed") return refuse({ type: "EntryRefused" });
  const trust = await trustNow(deps);
  return deps.db.transaction().execute(async (within) => {
    const row = await lockCircle(within, circle);
    if (row === null || row.ended) return refuse({ type: "EntryRefused" });
    if (entry.sequence !== row.log_length + 1) return refuse({ type: "LogMoved" });
    return extend(within, row, entry, wraps, trust);
  });
}

type Removal = Extract<MemberLogEntry, { kind: "removed" }>;

/** The stewards' removal: it isn't bound to a place in the log, which may have grown while they decided. */
export async function extendAtOnce(
  deps: CirclesDeps,
  within: CirclesTransaction,
  circle: string,
  removal: Omit<Removal, "sequence">,
): Promise<Result<MemberLog, ExtensionRefusal>> {
  const trust = await trustNow(deps);
  const row = await lockCircle(within, circle);
  if (row === null || row.ended) return refuse({ type: "EntryRefused" });
  return extend(within, row, { ...removal, sequence: row.log_length + 1 }, [], trust);
}

async function extend(
  within: CirclesTransaction,
  row: CircleRow,
  entry: MemberLogEntry,
  wraps: readonly string[],
  trust: Trust,
): Promise<Result<MemberLog, ExtensionRefusal>> {
  const extended = extendMemberLog(await logOf(within, row, trust), entry, trust);
  if (!extended.ok) return refuse({ type: "EntryRefused" });
  if (entry.kind === "epoch" ? !areWrapsOf(entry, wraps) : wraps.length > 0)
    return refuse({ type: "EntryRefused" });
  await keep(within, extended.value, entry);
  if (entry.kind === "epoch") await keepEpoch(within, row.id, entry.number, wraps);
  return extended;
}

async function keep(
  within: CirclesTransaction,
  log: MemberLog,
  entry: MemberLogEntry,
): Promise<void> {
  const { circle, meetings } = log;
  const { epoch, isSettled } = log.standings.at(-1)!;
  await keepEntry(within, circle, entry);
  await keepStanding(within, circle, {
    logLength: log.hashes.length - 1,
    epoch: isSettled ? epoch : 0,
    meetings,
    ended: membersOf(log).length === 0,
  });
  const changed = "member" in entry ? entry.member : "signer" in entry ? entry.signer : null;
  const seat = log.seats.find(({ pseudonym }) => pseudonym === changed);
  if (seat && STATE_CHANGES.has(entry.kind))
    await keepSeatState(
      within,
      Buffer.from(seat.pseudonym, "base64url"),
      stateOf(seat),
      seat.number,
    );
}

const STATE_CHANGES: ReadonlySet<MemberLogEntry["kind"]> = new Set([
  "joined",
  "left",
  "removed",
  "lapsed",
  "renewed",
]);

const stateOf = ({ ended }: Seat) => ended ?? "taken";

/** Checking hundreds of signatures takes a second: what was checked is remembered, and only what is new is read. */
const checkedByCircle = new Map<string, MemberLog>();
const MOST_REMEMBERED = 500;

async function logOf(
  within: CirclesTransaction,
  { id, log_length }: CircleRow,
  trust: Trust,
): Promise<MemberLog> {
  let log = checkedByCircle.get(id) ?? emptyMemberLog(id);
  const known = log.hashes.length - 1;
  if (known > log_length) log = emptyMemberLog(id);
  for (const entry of await logAfter(within, id, log.hashes.length - 1)) {
    const extended = extendMemberLog(log, entry, trust);
    if (!extended.ok) throw new Error(`A kept entry is refused: ${extended.refusal.type}`);
    log = extended.value;
  }
  checkedByCircle.delete(id);
  checkedByCircle.set(id, log);
  if (checkedByCircle.size > MOST_REMEMBERED)
    checkedByCircle.delete(checkedByCircle.keys().next().value!);
  return log;
}
