/**
 * What members' devices do for their circle without being asked, whichever is there first: renew their own badge,
 * write out whose badge has ended, and make the next epoch when one is due. The log decides whose turn it is.
 */
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { ok, type Result } from "#platform/result.ts";
import { extendRoomLog } from "../room-contract.ts";
import { signedEntry, type SignedContent } from "../room/entry.ts";
import { makeEpoch, rotationDue, rotationTurn, type RotationReason } from "../room/epoch.ts";
import type { Hpke } from "../room/hpke.ts";
import {
  hasOpenDoors,
  isMember,
  lapsedMembers,
  memberLogHead,
  type MemberLog,
} from "../room/member-log.ts";
import type { MemberLogEntry } from "../room/wire.ts";
import { dayOf } from "./keeping.ts";
import type { OwnSeat } from "./own-badge.ts";
import { wrong, type RoomLog, type Trouble } from "./room-log.ts";
import type { Visit } from "./visit.ts";

/** A step of the turn: whoever is there makes the epoch within eight of them. */
const TURN_MS = 1_500;
const MOST_TRIES = 6;

export interface Upkeep {
  /** Before anything can be read: an offered seat is taken, and who lapsed comes back with a new badge. */
  readonly sitDown: () => Promise<Result<null, Trouble>>;
  /** Until nothing is due. Refused where the server can't be reached, or something is wrong. */
  readonly tend: () => Promise<Result<null, Trouble>>;
  /** An entry of one's own, at whatever the head is when it gets there. Null where it is no longer wanted. */
  readonly add: (
    contentFor: (log: MemberLog) => SignedContent | null,
  ) => Promise<Result<null, Trouble>>;
}

export interface UpkeepParts {
  readonly own: OwnSeat;
  readonly visit: Visit;
  readonly roomLog: RoomLog;
  readonly hpke: Hpke;
  readonly now: () => number;
  readonly random: (length: number) => Bytes;
  /** False where the room was left meanwhile. */
  readonly wait: (ms: number) => Promise<boolean>;
}

export function makeUpkeep({ own, visit, roomLog, hpke, now, random, wait }: UpkeepParts): Upkeep {
  const me = own.keys.pseudonym;
  const today = () => dayOf(now());

  async function handIn(
    makeEntry: (
      log: MemberLog,
    ) => Promise<{ entry: MemberLogEntry; wraps: readonly string[] } | null>,
  ): Promise<Result<null, Trouble>> {
    for (let tries = 1; ; tries++) {
      const made = await makeEntry(roomLog.log());
      if (made === null) return ok(null);
      const { entry, wraps } = made;
      const added = await visit.call(extendRoomLog, { entry, wraps: [...wraps] });
      // Also where it was refused: somebody else may have been quicker, or our own try arrived the first time.
      const read = await roomLog.readOn();
      if (added.ok || !read.ok) return read;
      const { type } = added.refusal;
      if ((type !== "LogMoved" && type !== "EntryRefused") || tries === MOST_TRIES) return added;
    }
  }

  const add: Upkeep["add"] = (contentFor) =>
    handIn((log) => {
      const content = contentFor(log);
      const made = content && {
        entry: signedEntry(log.circle, memberLogHead(log), own.keys, content),
        wraps: [],
      };
      return Promise.resolve(made);
    });

  const rotate = (reasonFor: (log: MemberLog) => RotationReason | null) =>
    handIn((log) => {
      const reason = isMember(log, me) ? reasonFor(log) : null;
      if (reason === null) return Promise.resolve(null);
      return makeEpoch(log, own.keys, { reason, day: today(), key: random(32) }, hpke);
    });

  /** `repair` where the one who made the epoch gave us nothing to open. */
  async function dueNow(): Promise<Result<RotationReason | null, Trouble>> {
    const log = roomLog.log();
    const due = rotationDue(log, today());
    const { epoch } = log.standings.at(-1)!;
    if (due !== null || epoch === 0) return ok(due);
    const key = await roomLog.epochKey(epoch);
    if (key.ok || key.refusal.type === "NotInEpoch") return ok(null);
    return key.refusal.type === "WrapsWrong"
      ? wrong({ what: "WrapsWrong", at: epoch })
      : ok("repair" as const);
  }

  async function tendOnce(): Promise<Result<"done" | "more", Trouble>> {
    const log = roomLog.log();
    const seat = seatIn(log);
    if (seat === undefined || seat.ended === "left" || seat.ended === "removed") return ok("done");
    if (seat.endsOn < own.period.endsOn) return more(await renew());
    if (seat.ended !== null) return ok("done");

    const due = await dueNow();
    if (!due.ok) return due;
    const lapsed = lapsedMembers(log, today()).filter((each) => each !== me);
    if (due.value === null && lapsed.length === 0) return ok("done");

    // Whose own key doesn't open is the only one who knows that.
    const turn = due.value === "repair" ? 0 : rotationTurn(log, me);
    if (turn > 0 && !(await wait(turn * TURN_MS))) return ok("done");
    const read = await roomLog.readOn();
    if (!read.ok) return read;
    // Somebody was quicker: what is due now is seen anew.
    if (memberLogHead(roomLog.log()).length !== memberLogHead(log).length) return ok("more");
    if (lapsed.length > 0) return more(await writeOut(lapsed[0]!));
    const isRepair = due.value === "repair";
    return more(
      await rotate((at) => {
        const isStillBroken = isRepair && at.epochs.length === log.epochs.length;
        return rotationDue(at, today()) ?? (isStillBroken ? "repair" : null);
      }),
    );
  }

  const renew = () =>
    add((log) => {
      const seat = seatIn(log)!;
      if (seat.endsOn >= own.period.endsOn) return null;
      return { kind: "renewed", badge: bytesToBase64url(own.badge) };
    });

  const seatIn = ({ seats }: MemberLog) => seats.find(({ pseudonym }) => pseudonym === me);

  const sitDown: Upkeep["sitDown"] = () => {
    const seat = seatIn(roomLog.log());
    if (seat?.ended === "lapsed") return renew();
    if (seat !== undefined) return Promise.resolve(ok(null));
    return add((log) =>
      seatIn(log) === undefined && hasOpenDoors(log)
        ? { kind: "joined", day: today(), seat: own.seat }
        : null,
    );
  };

  const writeOut = (member: string) =>
    add((log) =>
      lapsedMembers(log, today()).includes(member) ? { kind: "lapsed", member } : null,
    );

  /** Twice the same in one go would be a room that never settles. */
  async function tend(): Promise<Result<null, Trouble>> {
    for (let steps = 0; steps < 4 * MOST_TRIES; steps++) {
      const done = await tendOnce();
      if (!done.ok) return done;
      if (done.value === "done") return ok(null);
    }
    return ok(null);
  }

  let tending: Promise<Result<null, Trouble>> | null = null;
  return {
    sitDown,
    add,
    tend: () => {
      tending ??= tend().finally(() => (tending = null));
      return tending;
    },
  };
}

const more = (done: Result<null, Trouble>): Result<"more", Trouble> =>
  done.ok ? ok("more") : done;
