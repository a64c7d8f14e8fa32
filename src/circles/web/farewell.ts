/**
 * Before an account goes: its doctor's own words leave the circle, and its seat or its waiting with them. Only the
 * pseudonym's key can do that, so once the safe is destroyed nobody can. Which messages are one's own the device
 * sees by their marks, without opening any. All of it is asked for namelessly: the named side hears nothing.
 */
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { Day } from "#pass/period.ts";
import { isSameSlot, type HeldBadge } from "#pass/wallet.ts";
import { readMyPlace, stopWaiting } from "../contract.ts";
import { dropMessage, readThread } from "../room-contract.ts";
import type { Hpke } from "../room/hpke.ts";
import { markOf, veilOf } from "../room/mark.ts";
import { isMember } from "../room/member-log.ts";
import type { CircleKeeping, ReadLogs } from "./keeping.ts";
import { chosenBadge, toSlot, type OwnSeat, type Standing } from "./own-badge.ts";
import { makeRoomLog, type Trouble } from "./room-log.ts";
import { makeUpkeep } from "./room-upkeep.ts";
import type { Visit } from "./visit.ts";

/** What would stay behind. */
export interface Behind {
  readonly isWaiting: boolean;
  /** Null for who sits in none. */
  readonly circle: string | null;
  /** The ids of one's own messages that have words. */
  readonly messages: readonly string[];
}

/**
 * The badge of the pseudonym that was used last, if it still counts. Null for whoever never came to the circles: to
 * ask the server would show a badge for the first time, and make the pseudonym that it asks about.
 */
export function badgeInUse(
  badges: readonly HeldBadge[],
  standing: Standing | null,
  today: Day,
): HeldBadge | null {
  if (standing === null || standing.hasLeft) return null;
  const choice = chosenBadge(badges, standing, today);
  if (choice.at !== "now") return null;
  return isSameSlot(choice.badge.bornIn, toSlot(standing)) ? choice.badge : null;
}

export async function findBehind(own: OwnSeat, visit: Visit): Promise<Result<Behind, Trouble>> {
  const place = await visit.call(readMyPlace, {});
  if (!place.ok) return place;
  const { seat, waiting } = place.value;
  const isWaiting = waiting !== null;
  if (seat === null || (seat.state !== "taken" && seat.state !== "paused"))
    return ok({ isWaiting, circle: null, messages: [] });
  const messages = await ownMessages(own, visit, seat.circle);
  return messages.ok ? ok({ isWaiting, circle: seat.circle, messages: messages.value }) : messages;
}

async function ownMessages(
  { keys }: OwnSeat,
  visit: Visit,
  circle: string,
): Promise<Result<readonly string[], Trouble>> {
  const own: string[] = [];
  for (let after = 0; ;) {
    const read = await visit.call(readThread, { after });
    if (!read.ok) return read;
    const { messages, more } = read.value;
    for (const { message } of messages) {
      if (message === null) continue;
      const { id, mark } = message;
      const marked = { circle, sender: keys.pseudonym, id, veil: veilOf(keys, circle, id) };
      if (bytesToBase64url(markOf(marked)) === mark) own.push(id);
    }
    after = messages.at(-1)?.sequence ?? after;
    if (!more || messages.length === 0) return ok(own);
  }
}

export interface Going {
  readonly own: OwnSeat;
  readonly visit: Visit;
  readonly hpke: Hpke;
  readonly readLogs: ReadLogs;
  readonly keeping: CircleKeeping;
  readonly now: () => number;
  readonly random: (length: number) => Bytes;
  readonly wait: (ms: number) => Promise<void>;
  /** After each message, how many are gone. */
  readonly onTaken: (taken: number) => void;
  /** False once nobody looks on: nothing more is taken back then. */
  readonly isWanted: () => boolean;
}

/** Takes all of it back. After a refusal what was taken is gone, and `findBehind` finds the rest. */
export async function takeBack(behind: Behind, going: Going): Promise<Result<null, Trouble>> {
  const { own, visit, onTaken, isWanted } = going;
  if (behind.isWaiting) {
    const stopped = await visit.call(stopWaiting, {});
    if (!stopped.ok) return stopped;
  }
  const { circle, messages } = behind;
  if (circle === null) return ok(null);
  for (const [at, id] of messages.entries()) {
    if (!isWanted()) return refuse({ type: "Stopped" });
    const veil = bytesToBase64url(veilOf(own.keys, circle, id));
    const dropped = await dropPatiently({ id, veil }, going);
    if (!dropped.ok) return dropped;
    onTaken(at + 1);
  }
  return leaveSeat(circle, going);
}

async function dropPatiently(
  message: { readonly id: string; readonly veil: string },
  { visit, wait }: Going,
): Promise<Result<null, Trouble>> {
  for (;;) {
    const dropped = await visit.call(dropMessage, message);
    if (dropped.ok) return ok(null);
    if (dropped.refusal.type !== "TooMany") return dropped;
    await wait(1000 * Number(dropped.refusal.detail?.["seconds"] ?? 5));
  }
}

/** Last, since whoever has left takes nothing back any more. */
async function leaveSeat(circle: string, going: Going): Promise<Result<null, Trouble>> {
  const { own, wait } = going;
  const roomLog = makeRoomLog({ ...going, circle });
  const read = await roomLog.readOn();
  if (!read.ok) return read;
  const waitHere = async (ms: number) => (await wait(ms), true);
  const left = await makeUpkeep({ ...going, roomLog, wait: waitHere }).add((log) =>
    isMember(log, own.keys.pseudonym) ? { kind: "left" } : null,
  );
  // Who has left may not read the log any more: what the answer would be is known without it.
  return left.ok || left.refusal.type === "NoSeat" ? ok(null) : left;
}
