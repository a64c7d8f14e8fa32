import { ed25519 } from "@noble/curves/ed25519.js";
import * as v from "valibot";
import { expect, test } from "vitest";
import { bytesToBase64url } from "#platform/bytes.ts";
import {
  add,
  CIRCLE,
  digest,
  doctor,
  doctors,
  emptyRoom,
  entryBy,
  formedEntry,
  formedRoom,
  issuer,
  removalOf,
  rotate,
  stewards,
  TODAY,
  trust,
  type Doctor,
  type Room,
} from "../../../tests/circle-room.ts";
import { testIssuer } from "../../../tests/pass-issuer.ts";
import { removalMessage, signedEntry } from "./entry.ts";
import { bindingMessage } from "./member-keys.ts";
import {
  extendMemberLog,
  hasOpenDoors,
  lapsedMembers,
  memberLogHead,
  membersOf,
  readMemberLog,
} from "./member-log.ts";
import { leadingOrder } from "../live/session.ts";
import { memberLogEntrySchema, type MemberLogEntry } from "./wire.ts";

const all = doctors(8);
const [a, b, c] = all as [Doctor, Doctor, Doctor];
const six = all.slice(0, 6);
const [seventh, eighth] = all.slice(6) as [Doctor, Doctor];

const refusalOf = (room: Room, entry: MemberLogEntry, by = trust) => {
  const extended = extendMemberLog(room.log, entry, by);
  return extended.ok ? null : extended.refusal.type;
};
const names = (some: readonly Doctor[]) => some.map(({ keys }) => keys.pseudonym);
const left = (room: Room, by: Doctor) => add(room, entryBy(room, by, { kind: "left" }));
const joining = (room: Room, by: Doctor) =>
  entryBy(room, by, { kind: "joined", day: TODAY, seat: by.seat });
const met = (room: Room, by: Doctor, number: number) => entryBy(room, by, { kind: "met", number });

test("a device that reads the whole log knows members, epoch and what is due", async () => {
  const room = formedRoom(six);
  await rotate(room, a);
  add(room, joining(room, seventh));
  left(room, b);
  add(room, removalOf(room, c));
  const read = readMemberLog(CIRCLE, room.entries, null, trust);
  if (!read.ok) throw new Error(read.refusal.type);
  expect(read.value).toEqual(room.log);
  expect(membersOf(read.value)).toEqual(names([a, ...six.slice(3), seventh]));
  expect(read.value.standings.map(({ epoch, isSettled }) => `${epoch} ${isSettled}`)).toEqual([
    "0 false",
    "0 false",
    "1 true",
    "1 false",
    "1 false",
    "1 false",
  ]);
});

test("entries are the same after a way through JSON and their schema", async () => {
  const room = formedRoom(six);
  await rotate(room, a);
  add(room, entryBy(room, a, { kind: "named", name: "Zoë" }));
  add(room, removalOf(room, c));
  const again = room.entries.map((entry) =>
    v.parse(memberLogEntrySchema, JSON.parse(JSON.stringify(entry))),
  );
  expect(again).toEqual(room.entries);
});

test("nobody is seated without a badge that a key of the log signed", () => {
  const foreign = testIssuer([issuer.log.keys[0]!.period]);
  const walletSecret = digest("foreign");
  const bornIn = { period: issuer.log.keys[0]!.period, number: 0 };
  const badge = bytesToBase64url(foreign.pass(0, { walletSecret, bornIn }));
  const seats = (last: Doctor["seat"]) => ({
    ...formedEntry(six),
    seats: [...six.slice(1).map(({ seat }) => seat), last],
  });
  const forged = seats({ ...doctor(99).seat, badge }) as MemberLogEntry;
  expect(refusalOf(emptyRoom(), forged)).toBe("BadgeRefused");
});

test("a badge sits only on its own day, and no day lies ahead", () => {
  const entry = formedEntry(six);
  for (const day of ["2026-12-31", "2027-04-01", "2027-01-06"])
    expect(refusalOf(emptyRoom(), { ...entry, day } as MemberLogEntry)).toBe("BadgeRefused");
});

test("an HPKE key stands beside a pseudonym only by that pseudonym's word", () => {
  const stranger = doctor(99);
  const swapped = { ...a.seat, hpkeKey: stranger.seat.hpkeKey };
  const rebound = { ...swapped, binding: stranger.seat.binding };
  const zero = new Uint8Array(32);
  const binding = ed25519.sign(bindingMessage(zero), a.keys.signing);
  const unusable = {
    ...a.seat,
    hpkeKey: bytesToBase64url(zero),
    binding: bytesToBase64url(binding),
  };
  for (const seat of [swapped, rebound, unusable]) {
    const entry = formedEntry(six) as Extract<MemberLogEntry, { kind: "formed" }>;
    const wrong = { ...entry, seats: [seat, ...entry.seats.slice(1)] };
    expect(refusalOf(emptyRoom(), wrong)).toBe("BadgeRefused");
  }
});

test("founders sit once, in the order of their pseudonyms, which the server can't choose", () => {
  expect(refusalOf(emptyRoom(), formedEntry([b, a, ...six.slice(2)]))).toBe("NotAllowed");
  expect(refusalOf(emptyRoom(), formedEntry([a, a, ...six.slice(2)]))).toBe("NotAllowed");
  const room = formedRoom(six);
  expect(refusalOf(room, { ...formedEntry(six), sequence: 2 })).toBe("NotAllowed");
  expect(
    refusalOf(
      emptyRoom(),
      signedEntry(CIRCLE, memberLogHead(emptyRoom().log), a.keys, { kind: "left" }),
    ),
  ).toBe("NotAllowed");
});

test("a ghost that the server adds is refused: to a member's epoch, and by itself", async () => {
  const room = formedRoom(six);
  const ghost = doctor(99);
  const made = await rotate(formedRoom(six), a);
  const members = [...made.entry.members.slice(0, 5), ghost.keys.pseudonym];
  const rewritten = { ...made.entry, members } as MemberLogEntry;
  expect(refusalOf(room, rewritten)).toBe("NotSigned");
  // Also where a member takes part in it.
  const { number, day, reason, commitment, wrapsHash } = made.entry;
  const content = { kind: "epoch", number, day, reason, commitment, wrapsHash } as const;
  for (const wrong of [members, [...made.entry.members, ghost.keys.pseudonym], members.slice(0, 5)])
    expect(refusalOf(room, entryBy(room, a, { ...content, members: wrong }))).toBe("NotAllowed");
  expect(refusalOf(room, entryBy(room, ghost, { kind: "met", number: 1 }))).toBe("NotAllowed");
  const borrowed = entryBy(room, ghost, { kind: "joined", day: TODAY, seat: seventh.seat });
  expect(refusalOf(room, borrowed)).toBe("NotAllowed");
});

test("who offers to lead says so for themselves, once, as long as they are a member", () => {
  const room = formedRoom(six);
  const leading = () => names(six.filter((_, at) => seatAt(at).leads));
  const seatAt = (at: number) =>
    room.log.seats.find(({ pseudonym }) => pseudonym === six[at]!.keys.pseudonym)!;
  expect(leading()).toEqual([]);
  add(room, entryBy(room, b, { kind: "leads", on: true }));
  expect(leading()).toEqual([b.keys.pseudonym]);
  expect(refusalOf(room, entryBy(room, b, { kind: "leads", on: true }))).toBe("NotAllowed");
  const forAnother = { ...entryBy(room, a, { kind: "leads", on: true }), signer: c.keys.pseudonym };
  expect(refusalOf(room, forAnother as MemberLogEntry)).toBe("NotSigned");
  const turned = { ...entryBy(room, b, { kind: "leads", on: false }), on: true };
  expect(refusalOf(room, turned as MemberLogEntry)).toBe("NotSigned");
  expect(refusalOf(room, entryBy(room, doctor(99), { kind: "leads", on: true }))).toBe(
    "NotAllowed",
  );
  add(room, entryBy(room, b, { kind: "leads", on: false }));
  expect(leading()).toEqual([]);
  left(room, c);
  expect(refusalOf(room, entryBy(room, c, { kind: "leads", on: true }))).toBe("NotAllowed");
});

test("who has left leads no more, and can't offer it again", () => {
  const room = formedRoom(six);
  const [first] = leadingOrder(room.log.seats, 1);
  add(room, entryBy(room, b, { kind: "leads", on: true }));
  expect(leadingOrder(room.log.seats, 1)[0]).toBe(b.keys.pseudonym);
  left(room, b);
  expect(leadingOrder(room.log.seats, 1)).toContain(first);
  expect(leadingOrder(room.log.seats, 1)).not.toContain(b.keys.pseudonym);
  expect(refusalOf(room, entryBy(room, b, { kind: "leads", on: true }))).toBe("NotAllowed");
});

test("two epochs with one number, or a number left out, are refused", async () => {
  const room = formedRoom(six);
  const { entry } = await rotate(room, a);
  const { day, commitment, wrapsHash, members } = entry;
  for (const number of [1, 3]) {
    const again = { kind: "epoch", number, day, commitment, wrapsHash, members } as const;
    expect(refusalOf(room, entryBy(room, b, { ...again, reason: "week" }))).toBe("NotAllowed");
  }
});

test("a reason that isn't so, and a day that lies ahead, are refused", async () => {
  const room = formedRoom(six);
  const { entry } = await rotate(formedRoom(six), a);
  const { kind, number, day, commitment, wrapsHash, members } = entry;
  const content = { kind, number, day, commitment, wrapsHash, members } as const;
  expect(refusalOf(room, entryBy(room, a, { ...content, reason: "week" }))).toBe("NotAllowed");
  const ahead = { ...content, reason: "membership", day: "2027-01-06" } as const;
  expect(refusalOf(room, entryBy(room, a, ahead))).toBe("NotAllowed");
});

test("the second of two devices that write at once is refused, and can write again", async () => {
  const room = formedRoom(six);
  const late = entryBy(room, b, { kind: "met", number: 1 });
  add(room, entryBy(room, a, { kind: "met", number: 1 }));
  expect(refusalOf(room, late)).toBe("ChainBroken");
  expect(refusalOf(room, { ...late, sequence: 3 })).toBe("NotSigned");
});

test("a wrong signature, another circle's entry and a signature of somebody else are refused", () => {
  const room = formedRoom(six);
  const entry = entryBy(room, a, { kind: "left" }) as Extract<MemberLogEntry, { kind: "left" }>;
  const other = "00000000-0000-4000-8000-000000000000";
  const foreign = signedEntry(other, memberLogHead(room.log), a.keys, { kind: "left" });
  const inAnothersName = { ...entry, signer: b.keys.pseudonym };
  const broken = { ...entry, signature: bytesToBase64url(new Uint8Array(64)) };
  for (const wrong of [foreign, inAnothersName, broken])
    expect(refusalOf(room, wrong)).toBe("NotSigned");
});

test("a log that was shortened, or rewritten behind the kept head, is refused", () => {
  const room = formedRoom(six);
  add(room, met(room, a, 1));
  const kept = memberLogHead(room.log);
  const short = readMemberLog(CIRCLE, room.entries.slice(0, 1), kept, trust);
  expect(short).toMatchObject({ ok: false, refusal: { type: "Shortened" } });
  const fork = formedRoom(six);
  add(fork, met(fork, b, 1));
  add(fork, met(fork, a, 2));
  const forked = readMemberLog(CIRCLE, fork.entries, kept, trust);
  expect(forked).toMatchObject({ ok: false, refusal: { type: "Rewritten" } });
  left(room, c);
  expect(readMemberLog(CIRCLE, room.entries, kept, trust).ok).toBe(true);
});

test("what was checked once isn't checked again, and can't be changed for that", () => {
  const room = formedRoom(six);
  add(room, met(room, a, 1));
  add(room, met(room, b, 2));
  const kept = memberLogHead(room.log);
  const [formed, first, second] = room.entries as [MemberLogEntry, MemberLogEntry, MemberLogEntry];
  const forged = { ...first, signature: bytesToBase64url(new Uint8Array(64)) } as MemberLogEntry;
  const inAnothersName = { ...first, signer: c.keys.pseudonym } as MemberLogEntry;
  for (const wrong of [forged, inAnothersName]) {
    const read = readMemberLog(CIRCLE, [formed, wrong, second], kept, trust);
    expect(read).toMatchObject({ refusal: { type: "Rewritten" } });
  }
  // Past the kept head each signature counts.
  const early = { length: 2, hash: room.log.hashes[2]! };
  const unsigned = { ...second, signature: bytesToBase64url(new Uint8Array(64)) } as MemberLogEntry;
  expect(readMemberLog(CIRCLE, [formed, first, unsigned], early, trust)).toMatchObject({
    refusal: { type: "NotSigned", at: 3 },
  });
});

test("a member leaves by their own word alone, and neither comes back nor speaks in the log", () => {
  const room = formedRoom(six);
  left(room, b);
  expect(membersOf(room.log)).not.toContain(b.keys.pseudonym);
  for (const entry of [
    joining(room, b),
    entryBy(room, b, { kind: "left" }),
    entryBy(room, b, { kind: "named", name: "Heather" }),
    entryBy(room, b, { kind: "renewed", badge: b.badge(2) }),
  ])
    expect(refusalOf(room, entry)).toBe("NotAllowed");
});

test("only the stewards' key removes, and never an older one than the last that did", () => {
  const room = formedRoom(six);
  const removal = removalOf(room, b) as Extract<MemberLogEntry, { kind: "removed" }>;
  const message = removalMessage(CIRCLE, b.keys.pseudonym, 1);
  const byMember = bytesToBase64url(ed25519.sign(message, a.keys.signing));
  expect(refusalOf(room, { ...removal, signature: byMember })).toBe("NotSigned");
  expect(refusalOf(room, { ...removal, stewardEpoch: 2 })).toBe("NotSigned");
  expect(refusalOf(room, { ...removal, stewardEpoch: 3 })).toBe("NotSigned");
  expect(refusalOf(room, { ...removal, member: c.keys.pseudonym })).toBe("NotSigned");
  add(room, removalOf(room, b, 2));
  expect(refusalOf(room, removalOf(room, c, 1))).toBe("NotAllowed");
  expect(refusalOf(room, removalOf(room, b, 2))).toBe("NotAllowed");
  expect(refusalOf(room, removalOf(room, c, 2))).toBeNull();
  expect(stewards).toHaveLength(2);
});

test("a circle with a removal takes no newcomers", () => {
  const room = formedRoom(six);
  expect(refusalOf(room, joining(room, seventh))).toBeNull();
  add(room, removalOf(room, b));
  expect(hasOpenDoors(room.log)).toBe(false);
  expect(refusalOf(room, joining(room, seventh))).toBe("NotAllowed");
});

test("after the second meeting it takes none either, and meetings count one by one", () => {
  const room = formedRoom(six);
  expect(refusalOf(room, met(room, a, 2))).toBe("NotAllowed");
  add(room, met(room, a, 1));
  add(room, joining(room, seventh));
  add(room, met(room, b, 2));
  expect(refusalOf(room, joining(room, eighth))).toBe("NotAllowed");
});

test("nine never sit together", () => {
  const room = formedRoom(all);
  expect(refusalOf(room, joining(room, doctor(99)))).toBe("NotAllowed");
  left(room, b);
  expect(refusalOf(room, joining(room, doctor(99)))).toBeNull();
});

test("a badge of a later quarter on the same key keeps the seat", () => {
  const room = formedRoom(six);
  const renewal = entryBy(room, a, { kind: "renewed", badge: a.badge(2) });
  expect(refusalOf(room, entryBy(room, a, { kind: "renewed", badge: a.badge(1) }))).toBe(
    "NotAllowed",
  );
  expect(refusalOf(room, entryBy(room, a, { kind: "renewed", badge: b.badge(2) }))).toBe(
    "NotAllowed",
  );
  add(room, renewal);
  expect(lapsedMembers(room.log, "2027-05-01")).toEqual(names(six.slice(1)));
  expect(lapsedMembers(room.log, "2027-04-30")).toEqual([]);
});

test("who doesn't renew can be written out from the day after, and comes back with a new badge", async () => {
  const room = formedRoom(six);
  await rotate(room, a);
  const may = { ...trust, today: "2027-05-01" };
  add(room, entryBy(room, a, { kind: "renewed", badge: a.badge(2) }), may);
  const lapse = entryBy(room, a, { kind: "lapsed", member: b.keys.pseudonym });
  expect(refusalOf(room, lapse, { ...trust, today: "2027-04-29" })).toBe("NotAllowed");
  add(room, lapse, may);
  expect(refusalOf(room, entryBy(room, a, { kind: "lapsed", member: a.keys.pseudonym }), may)).toBe(
    "NotAllowed",
  );
  expect(room.log.standings.at(-1)).toEqual({ epoch: 1, isSettled: false });
  add(room, entryBy(room, b, { kind: "renewed", badge: b.badge(2) }), may);
  expect(membersOf(room.log)).toContain(b.keys.pseudonym);
});

test("a circle that two became counts on from the older one's meetings, and says so in its hash", () => {
  const merged = emptyRoom();
  add(merged, { ...formedEntry(six), metBefore: 4 } as MemberLogEntry);
  expect(merged.log.meetings).toBe(4);
  expect(hasOpenDoors(merged.log)).toBe(false);
  expect(refusalOf(merged, met(merged, a, 1))).toBe("NotAllowed");
  expect(refusalOf(merged, met(merged, a, 5))).toBe(null);
  const { hash } = memberLogHead(merged.log);
  for (const metBefore of [undefined, 0, 5]) {
    const other = emptyRoom();
    add(other, { ...formedEntry(six), metBefore } as MemberLogEntry);
    expect(memberLogHead(other.log).hash).not.toEqual(hash);
  }
});
