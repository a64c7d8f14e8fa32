/**
 * The member log on this device: read on as it grows, checked entry by entry, held against the head that this
 * person's devices saw last, and with it the keys of the epochs.
 */
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { extendsHead } from "#pass/key-log.ts";
import { readRoom } from "../room-contract.ts";
import { openEpoch, type EpochRefusal } from "../room/epoch.ts";
import type { Hpke } from "../room/hpke.ts";
import {
  emptyMemberLog,
  extendMemberLog,
  memberLogHead,
  type EntryRefusal,
  type MemberLog,
} from "../room/member-log.ts";
import type { MemberLogEntry } from "../room/wire.ts";
import { dayOf, type CheckedLogs, type CircleKeeping, type ReadLogs } from "./keeping.ts";
import { readHead, type OwnSeat } from "./own-badge.ts";
import type { Visit } from "./visit.ts";

/** Somebody is being told two stories, or something is withheld: the room is closed on this device. */
export type Wrong =
  /** An entry that no honest member or server makes, counted from 1. */
  | { readonly what: EntryRefusal["type"]; readonly at: number }
  /** Shorter than it was, or other than it was when it was last read. */
  | { readonly what: "Shortened" | "Rewritten" }
  /** Sealed keys other than those that the epoch's maker spoke of. */
  | { readonly what: "WrapsWrong"; readonly at: number }
  /** A message whose sender saw another log of members, or of issuer keys. */
  | { readonly what: "LogForked" | "LogBehind"; readonly at: number }
  | { readonly what: "LogsBroken" };

export interface Trouble {
  readonly type: string;
  readonly detail?: Readonly<Record<string, string | number>> | undefined;
  readonly wrong?: Wrong;
}

export interface RoomLog {
  readonly log: () => MemberLog;
  readonly entries: () => readonly MemberLogEntry[];
  readonly checked: () => CheckedLogs;
  readonly paused: () => ReadonlySet<string>;
  /** As the thread was long when the log was read last. */
  readonly sequence: () => number;
  /** Reads what is new, the logs of keys again too where `isAnew`. */
  readonly readOn: (isAnew?: boolean) => Promise<Result<null, Trouble>>;
  readonly epochKey: (number: number) => Promise<Result<Bytes, EpochRefusal>>;
  /** The own pseudonym. */
  readonly me: string;
}

export interface RoomLogParts {
  readonly circle: string;
  readonly own: OwnSeat;
  readonly visit: Visit;
  readonly hpke: Hpke;
  readonly readLogs: ReadLogs;
  readonly keeping: CircleKeeping;
  readonly now: () => number;
}

export const headId = (circle: string): string => `circle head ${circle}`;

export function makeRoomLog(parts: RoomLogParts): RoomLog {
  const { circle, own, visit, hpke, keeping, now } = parts;
  const entries: MemberLogEntry[] = [];
  const wrapsByEpoch = new Map<number, readonly string[]>();
  const keyByEpoch = new Map<number, Bytes>();
  let log = emptyMemberLog(circle);
  let checked: CheckedLogs | null = null;
  let paused: ReadonlySet<string> = new Set();
  let sequence = 0;
  let keptLength: number | null = null;

  async function readLogs(isAnew: boolean): Promise<Result<null, Trouble>> {
    if (checked !== null && !isAnew) return ok(null);
    const read = await parts.readLogs(isAnew);
    if (!read.ok) return read.refusal.type === "LogsBroken" ? wrong({ what: "LogsBroken" }) : read;
    checked = read.value;
    return ok(null);
  }

  /** A badge, or a steward's key, may be newer than the logs that were read. */
  async function take(entry: MemberLogEntry): Promise<Result<null, Trouble>> {
    const extend = () => {
      const { keyLog, community, stewards } = checked!;
      return extendMemberLog(log, entry, { keyLog, community, stewards, today: dayOf(now()) });
    };
    let extended = extend();
    if (!extended.ok && extended.refusal.type !== "ChainBroken") {
      const read = await readLogs(true);
      if (!read.ok) return read;
      extended = extend();
    }
    if (!extended.ok) return wrong({ what: extended.refusal.type, at: extended.refusal.at });
    log = extended.value;
    entries.push(entry);
    return ok(null);
  }

  async function readPages(): Promise<Result<null, Trouble>> {
    for (;;) {
      const { length } = memberLogHead(log);
      const epochsFrom = wrapsByEpoch.size + 1;
      const read = await visit.call(readRoom, { logAfter: length, epochsFrom });
      if (!read.ok) return read;
      const page = read.value;
      // Two small circles became one: nothing of that one belongs into this log.
      if (page.circle !== circle) return refuse({ type: "Merged" });
      if (page.logLength < length) return wrong({ what: "Shortened" });
      for (const entry of page.log) {
        const taken = await take(entry);
        if (!taken.ok) return taken;
      }
      for (const { number, wraps } of page.epochs) wrapsByEpoch.set(number, wraps);
      paused = new Set(page.paused);
      sequence = page.sequence;
      const isWhole =
        memberLogHead(log).length >= page.logLength && wrapsByEpoch.size >= log.epochs.length;
      if (isWhole) return ok(null);
      // A server that gives no more than it said would keep us here for ever.
      if (page.log.length === 0 && page.epochs.length === 0) return wrong({ what: "Shortened" });
    }
  }

  /** Against what was kept, once; from then on every head goes on from the one before. */
  async function keepHead(): Promise<Result<null, Trouble>> {
    const head = memberLogHead(log);
    if (keptLength === null) {
      const kept = readHead(await keeping.read(headId(circle)));
      const extended = kept === null ? ok(null) : extendsHead(log, kept);
      if (!extended.ok) return wrong({ what: extended.refusal.type });
      keptLength = kept?.length ?? 0;
    }
    if (keptLength === head.length) return ok(null);
    keptLength = head.length;
    keeping.keepLater(headId(circle), {
      length: head.length,
      hash: bytesToBase64url(head.hash),
    });
    return ok(null);
  }

  /** One after the other: two readings at once would take the same entry twice. */
  let reading: Promise<unknown> = Promise.resolve();
  const readOn = (isAnew = false): Promise<Result<null, Trouble>> => {
    const read = reading.then(async () => {
      for (const step of [() => readLogs(isAnew), readPages, keepHead]) {
        const done = await step();
        if (!done.ok) return done;
      }
      return ok(null);
    });
    reading = read.catch(() => undefined);
    return read;
  };

  return {
    me: own.keys.pseudonym,
    log: () => log,
    entries: () => entries,
    checked: () => checked!,
    paused: () => paused,
    sequence: () => sequence,
    readOn,
    epochKey: async (number) => {
      const known = keyByEpoch.get(number);
      if (known !== undefined) return ok(known);
      const opened = await openEpoch(log, number, wrapsByEpoch.get(number) ?? [], own.keys, hpke);
      if (opened.ok) keyByEpoch.set(number, opened.value);
      return opened;
    },
  };
}

export const wrong = (found: Wrong) => refuse({ type: "Wrong", wrong: found } as const);
