/**
 * Who is in a circle, and under which epoch's key they speak: a chain of hashes in which each entry is signed by
 * whoever may make it. A device reads it all, or on from what it has read, and then knows the members by itself:
 * the server can't add a ghost, bring somebody back, hide a removal or tell two people two stories.
 */
import { bytesToHex, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { extendsHead, type Head, type HeadRefusal } from "#pass/key-log.ts";
import type { Day } from "#pass/period.ts";
import { emptyLogHash, entryHash, entryMessage, removalMessage, wireBytes } from "./entry.ts";
import { isSigned } from "./member-keys.ts";
import { MOST_SEATS } from "./pseudonym-name.ts";
import { badgeIn, checkedSeat, dayAfter, type CheckedSeat, type Trust } from "./seat.ts";
import { MOST_MEMBERS, type MemberLogEntry } from "./wire.ts";

export interface Seat extends CheckedSeat {
  /** Counts from 0; the founders in the order of their pseudonyms. Generated names go by it. */
  readonly number: number;
  /** What the member chose, and at which entry; null for the generated name. Show it by `shownNames` only. */
  readonly named: { readonly name: string; readonly at: number } | null;
  /** Offered to lead the circle's hour: by their own word. */
  readonly leads: boolean;
  /** Null for a member. Who lapsed may come back with a new badge, who left or was removed may not. */
  readonly ended: "left" | "removed" | "lapsed" | null;
}

interface Epoch {
  readonly number: number;
  /** Pseudonyms, in order: those who have its key. */
  readonly members: readonly string[];
  readonly commitment: string;
  readonly wrapsHash: string;
  readonly maker: string;
  readonly day: Day;
  /** The log's hash before the epoch's entry, which its wraps are bound to. */
  readonly before: Bytes;
}

/** Where the log stood after so many entries. */
interface Standing {
  /** 0 before the first. */
  readonly epoch: number;
  /** False while the members are others than those of the epoch: then nobody speaks. */
  readonly isSettled: boolean;
}

export interface MemberLog {
  readonly circle: string;
  /** The hash after 0, 1, 2 … entries, and where the log stood. */
  readonly hashes: readonly Bytes[];
  readonly standings: readonly Standing[];
  readonly seats: readonly Seat[];
  /** The first is number 1. */
  readonly epochs: readonly Epoch[];
  readonly meetings: number;
  /** Of the stewards' key that last removed somebody. */
  readonly stewardEpoch: number;
}

export type EntryRefusal =
  /** `at` counts entries from 1. */
  | { readonly type: "ChainBroken"; readonly at: number }
  | { readonly type: "NotSigned"; readonly at: number }
  | { readonly type: "BadgeRefused"; readonly at: number }
  | { readonly type: "NotAllowed"; readonly at: number };

/** After the second meeting a circle takes nobody in any more. */
const MEETINGS_WITH_OPEN_DOORS = 2;

export const emptyMemberLog = (circle: string): MemberLog => ({
  circle,
  hashes: [emptyLogHash(circle)],
  standings: [{ epoch: 0, isSettled: false }],
  seats: [],
  epochs: [],
  meetings: 0,
  stewardEpoch: 0,
});

/**
 * The whole log as the server gives it; `kept` is the head that this person's devices checked last. Signatures up
 * to there aren't checked again, which takes most of the time: they are in the hash.
 */
export function readMemberLog(
  circle: string,
  entries: readonly MemberLogEntry[],
  kept: Head | null,
  trust: Trust,
): Result<MemberLog, EntryRefusal | HeadRefusal> {
  let log = emptyMemberLog(circle);
  for (const entry of entries) {
    const isChecked = log.hashes.length <= (kept?.length ?? 0);
    const next = extended(log, entry, trust, isChecked);
    if (!next.ok) return next;
    log = next.value;
  }
  const following = kept === null ? ok(null) : extendsHead(log, kept);
  return following.ok ? ok(log) : following;
}

/** One entry more, or why it is none. The server asks the same before it takes one in. */
export const extendMemberLog = (
  log: MemberLog,
  entry: MemberLogEntry,
  trust: Trust,
): Result<MemberLog, EntryRefusal> => extended(log, entry, trust, false);

export const memberLogHead = ({ hashes }: MemberLog): Head => ({
  length: hashes.length - 1,
  hash: hashes.at(-1)!,
});

/** Pseudonyms in order, as an epoch's entry lists them. */
export const membersOf = ({ seats }: Pick<MemberLog, "seats">): readonly string[] =>
  inOrder(seats.filter(({ ended }) => ended === null).map(({ pseudonym }) => pseudonym));

export const isMember = (log: Pick<MemberLog, "seats">, pseudonym: string): boolean =>
  log.seats.some((seat) => seat.pseudonym === pseudonym && seat.ended === null);

export const epochIn = (log: MemberLog, number: number): Epoch | null =>
  log.epochs[number - 1] ?? null;

/** Newcomers: not after the second meeting, nor where somebody was removed. */
export const hasOpenDoors = ({ seats, meetings }: MemberLog): boolean =>
  meetings < MEETINGS_WITH_OPEN_DOORS &&
  seats.length < MOST_SEATS &&
  !seats.some(({ ended }) => ended === "removed");

/** Members whose badge has ended, and whom any member's device may write out until they renew it. */
export const lapsedMembers = ({ seats }: MemberLog, today: Day): readonly string[] =>
  seats
    .filter(({ ended, endsOn }) => ended === null && endsOn < today)
    .map(({ pseudonym }) => pseudonym);

/** By their bytes: base64url would sort otherwise. */
const inOrder = (pseudonyms: readonly string[]): string[] =>
  pseudonyms
    .map((pseudonym) => ({ pseudonym, hex: bytesToHex(wireBytes(pseudonym)) }))
    .toSorted((one, other) => (one.hex < other.hex ? -1 : 1))
    .map(({ pseudonym }) => pseudonym);

function extended(
  log: MemberLog,
  entry: MemberLogEntry,
  trust: Trust,
  isChecked: boolean,
): Result<MemberLog, EntryRefusal> {
  const at = log.hashes.length;
  if (entry.sequence !== at) return refuse({ type: "ChainBroken", at });
  if (!isChecked && !isRightlySigned(log, entry, trust)) return refuse({ type: "NotSigned", at });
  const change = afterEntry(log, entry, trust);
  if (typeof change === "string") return refuse({ type: change, at });
  const hash = entryHash(log.circle, log.hashes.at(-1)!, entry);
  const after = { ...log, ...change, hashes: [...log.hashes, hash] };
  return ok({ ...after, standings: [...log.standings, standingOf(after)] });
}

function standingOf(log: Pick<MemberLog, "seats" | "epochs">): Standing {
  const epoch = log.epochs.at(-1);
  if (epoch === undefined) return { epoch: 0, isSettled: false };
  return { epoch: epoch.number, isSettled: isSame(epoch.members, membersOf(log)) };
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((each, at) => each === others[at]);

function isRightlySigned(log: MemberLog, entry: MemberLogEntry, { stewards }: Trust): boolean {
  // Signed badge by badge, which `afterEntry` checks.
  if (entry.kind === "formed") return true;
  const signature = wireBytes(entry.signature);
  if (entry.kind === "removed") {
    const keys = stewards.keysOf(entry.stewardEpoch);
    const message = removalMessage(log.circle, entry.member, entry.stewardEpoch);
    return keys !== null && isSigned(message, signature, wireBytes(keys.signingKey));
  }
  const message = entryMessage(log.circle, log.hashes.at(-1)!, entry);
  return isSigned(message, signature, wireBytes(entry.signer));
}

type Change = Partial<Pick<MemberLog, "seats" | "epochs" | "meetings" | "stewardEpoch">>;

/** What the entry changes, or why it may not. Who signed it is known already. */
function afterEntry(
  log: MemberLog,
  entry: MemberLogEntry,
  trust: Trust,
): Change | "BadgeRefused" | "NotAllowed" {
  const { seats } = log;
  if ((entry.kind === "formed") !== (log.hashes.length === 1)) return "NotAllowed";
  switch (entry.kind) {
    case "formed": {
      const checked = entry.seats.map((seat) => checkedSeat(seat, entry.day, trust));
      if (checked.includes(null)) return "BadgeRefused";
      const founders = checked.filter((seat) => seat !== null);
      const pseudonyms = founders.map(({ pseudonym }) => pseudonym);
      const isAllowed =
        new Set(pseudonyms).size === pseudonyms.length && isSame(pseudonyms, inOrder(pseudonyms));
      if (!isAllowed) return "NotAllowed";
      return { seats: founders.map(newSeat), meetings: entry.metBefore ?? 0 };
    }
    case "joined": {
      const seat = checkedSeat(entry.seat, entry.day, trust);
      if (seat === null) return "BadgeRefused";
      const isNew = seats.every(({ pseudonym }) => pseudonym !== seat.pseudonym);
      if (seat.pseudonym !== entry.signer || !isNew || !hasOpenDoors(log) || isFull(log))
        return "NotAllowed";
      return { seats: [...seats, newSeat(seat, seats.length)] };
    }
    case "renewed": {
      const badge = badgeIn(entry.badge, trust);
      if (badge === null) return "BadgeRefused";
      const { endsOn } = badge.period;
      const seat = seats.find(({ pseudonym }) => pseudonym === entry.signer);
      const isOwn = seat?.pseudonym === badge.pseudonym && seat.endsOn < endsOn;
      const maySit = seat?.ended === null || (seat?.ended === "lapsed" && !isFull(log));
      return isOwn && maySit
        ? { seats: changed(log, entry.signer, { endsOn, ended: null }) }
        : "NotAllowed";
    }
    case "removed": {
      const seat = seats.find(({ pseudonym }) => pseudonym === entry.member);
      const isHere = seat?.ended === null || seat?.ended === "lapsed";
      // An earlier epoch's key may be in the hands of somebody who is no steward any more.
      if (!isHere || entry.stewardEpoch < log.stewardEpoch) return "NotAllowed";
      return {
        seats: changed(log, entry.member, { ended: "removed" }),
        stewardEpoch: entry.stewardEpoch,
      };
    }
    case "epoch":
    case "left":
    case "lapsed":
    case "named":
    case "met":
    case "leads":
      return isMember(log, entry.signer) ? afterMembersEntry(log, entry, trust) : "NotAllowed";
  }
}

function afterMembersEntry(
  log: MemberLog,
  entry: Extract<MemberLogEntry, { kind: "epoch" | "left" | "lapsed" | "named" | "met" | "leads" }>,
  { today }: Trust,
): Change | "NotAllowed" {
  switch (entry.kind) {
    case "epoch": {
      const { number, members, commitment, wrapsHash, signer: maker, day } = entry;
      const isChange = !standingOf(log).isSettled;
      const isAllowed =
        number === log.epochs.length + 1 &&
        isSame(members, membersOf(log)) &&
        (entry.reason === "membership") === isChange &&
        day <= dayAfter(today);
      if (!isAllowed) return "NotAllowed";
      const before = log.hashes.at(-1)!;
      const epoch = { number, members, commitment, wrapsHash, maker, day, before };
      return { epochs: [...log.epochs, epoch] };
    }
    case "left":
      return { seats: changed(log, entry.signer, { ended: "left" }) };
    case "lapsed":
      return lapsedMembers(log, dayAfter(today)).includes(entry.member)
        ? { seats: changed(log, entry.member, { ended: "lapsed" }) }
        : "NotAllowed";
    case "named": {
      const named = entry.name === null ? null : { name: entry.name, at: entry.sequence };
      return { seats: changed(log, entry.signer, { named }) };
    }
    case "met":
      return entry.number === log.meetings + 1 ? { meetings: entry.number } : "NotAllowed";
    case "leads": {
      const isNews = log.seats.some(
        (seat) => seat.pseudonym === entry.signer && seat.leads !== entry.on,
      );
      return isNews ? { seats: changed(log, entry.signer, { leads: entry.on }) } : "NotAllowed";
    }
  }
}

const newSeat = (seat: CheckedSeat, number: number): Seat => ({
  ...seat,
  number,
  named: null,
  leads: false,
  ended: null,
});

const isFull = (log: MemberLog): boolean => membersOf(log).length >= MOST_MEMBERS;

const changed = ({ seats }: MemberLog, member: string, change: Partial<Seat>): Seat[] =>
  seats.map((seat) => (seat.pseudonym === member ? { ...seat, ...change } : seat));
