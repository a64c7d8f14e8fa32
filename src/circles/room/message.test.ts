import fc from "fast-check";
import * as v from "valibot";
import { beforeAll, expect, test } from "vitest";
import { bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import { headOf } from "#pass/key-log.ts";
import {
  add,
  CIRCLE,
  digest,
  doctor,
  doctors,
  entryBy,
  formedRoom,
  idOf,
  issuer,
  removalOf,
  rotate,
  say,
  sealedByHand,
  view,
  type Doctor,
  type Room,
} from "../../../tests/circle-room.ts";
import { testIssuer } from "../../../tests/pass-issuer.ts";
import { franked } from "./franking.ts";
import { openMessage, sealMessage } from "./message.ts";
import { encodeContent, padContent, type Content } from "./message-content.ts";
import { MESSAGE_SIZES, sealedMessageSchema, type SealedMessage } from "./wire.ts";

const all = doctors(8);
const six = all.slice(0, 6);
const [a, b, c] = six as [Doctor, Doctor, Doctor];
const hello: Content = { kind: "text", text: "Night shift was long." };
const kind: Content = { kind: "text", text: "Night shift was fine." };

let room: Room;
let key: Bytes;
let message: SealedMessage;
beforeAll(async () => {
  room = formedRoom(six);
  key = (await rotate(room, a)).key;
  message = say(room, a, key, hello, idOf(1));
});

const refusalOf = (changed: SealedMessage, at: Room = room, by = key, latest = 0) => {
  const opened = openMessage(view(at), by, changed, latest);
  return opened.ok ? null : opened.refusal;
};

/** The message sealed and signed anew by somebody who keeps to no rule. */
function sealedAgain(
  over: Partial<SealedMessage>,
  by: Doctor = a,
  content = encodeContent(hello)!,
) {
  const { sealed: _, signature: _signature, ...unsealed } = message;
  const plain = padContent(frankingKeyOf(message), content);
  return sealedByHand({ ...unsealed, ...over }, plain, key, by);
}

const frankingKeyOf = ({ id }: SealedMessage) => digest(`franking ${id}`);

test("a message opens for a member with what its sender wrote, and nothing of it is in the clear", () => {
  const opened = openMessage(view(room), key, message, 1);
  expect(opened).toMatchObject({ ok: true, value: { sender: a.keys.pseudonym, content: hello } });
  expect(v.parse(sealedMessageSchema, JSON.parse(JSON.stringify(message)))).toEqual(message);
  expect(Buffer.from(message.sealed, "base64url").toString("latin1")).not.toContain("Night");
});

test("its length tells one of four sizes", () => {
  for (const [text, size] of [
    ["a", 256],
    ["a".repeat(221), 256],
    ["a".repeat(222), 1024],
    ["医".repeat(1000), 4096],
    ["医".repeat(4000), 12_288],
  ] as const) {
    const { sealed } = say(room, a, key, { kind: "text", text }, idOf(2));
    expect(Buffer.from(sealed, "base64url")).toHaveLength(size + 16);
    expect(MESSAGE_SIZES).toContain(size);
  }
});

test("text that is too long, or that nobody may say, isn't sealed", () => {
  const at = { log: room.log, keyLog: headOf(issuer.log) };
  const chance = { id: idOf(1), frankingKey: digest("f") };
  for (const text of ["a".repeat(4001), "", "a\u202eb"])
    expect(sealMessage(at, a.keys, key, { kind: "text", text }, chance)).toMatchObject({
      refusal: { type: "BadText" },
    });
  expect(sealMessage(at, doctor(99).keys, key, hello, chance)).toMatchObject({
    refusal: { type: "NotInEpoch" },
  });
});

test("every changed bit of the sealed part and of the signature is refused", () => {
  for (const field of ["sealed", "signature"] as const) {
    const bytes = Buffer.from(message[field], "base64url");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        const changed = concatBytes(bytes);
        changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
        const refusal = refusalOf({ ...message, [field]: bytesToBase64url(changed) });
        expect(refusal).toEqual({ type: "CouldNotBeOpened" });
      }),
      { numRuns: 40 },
    );
  }
});

test("another id, sender, commitment or circle, and another's signature, are refused", () => {
  for (const over of [
    { id: bytesToBase64url(idOf(9)) },
    { sender: b.keys.pseudonym },
    { commitment: bytesToBase64url(digest("other")) },
  ])
    expect(refusalOf({ ...message, ...over })).toEqual({ type: "CouldNotBeOpened" });
  // A member who has the epoch's key can seal, but not sign for another.
  expect(refusalOf(sealedAgain({}, b))).toEqual({ type: "CouldNotBeOpened" });
  expect(sealedAgain({})).toEqual(message);
  expect(refusalOf(message, room, digest("another epoch's key"))).toEqual({
    type: "CouldNotBeOpened",
  });
  const elsewhere = { ...room.log, circle: "00000000-0000-4000-8000-000000000000" };
  expect(openMessage({ ...view(room), log: elsewhere }, key, message, 0)).toMatchObject({
    refusal: { type: "CouldNotBeOpened" },
  });
});

test("a message whose commitment doesn't fit is not shown: it couldn't be reported", () => {
  // A sender with a client of their own commits to another text than the one they seal.
  const place = { circle: CIRCLE, epoch: 1, sender: a.keys.pseudonym, id: message.id };
  const kinder = franked(frankingKeyOf(message), place, encodeContent(kind)!);
  const otherKey = franked(digest("another key"), place, encodeContent(hello)!);
  const otherPlace = franked(frankingKeyOf(message), { ...place, epoch: 2 }, encodeContent(hello)!);
  for (const commitment of [kinder, otherKey, otherPlace])
    expect(refusalOf(sealedAgain({ commitment: bytesToBase64url(commitment) }))).toEqual({
      type: "Unreportable",
    });
});

test("content that no device of ours would make is not shown, though it is committed to", () => {
  const content = Uint8Array.of(9, 1, 2, 3);
  const place = { circle: CIRCLE, epoch: 1, sender: a.keys.pseudonym, id: message.id };
  const commitment = bytesToBase64url(franked(frankingKeyOf(message), place, content));
  expect(refusalOf(sealedAgain({ commitment }, a, concatBytes(content)))).toEqual({
    type: "CouldNotBeOpened",
  });
});

test("a message under an epoch that its own place in the log had not is refused", () => {
  const early = { length: 1, hash: bytesToBase64url(room.log.hashes[1]!) };
  expect(refusalOf(sealedAgain({ log: early }))).toEqual({ type: "NotInEpoch" });
  expect(refusalOf(sealedAgain({ sender: doctor(99).keys.pseudonym }, doctor(99)))).toEqual({
    type: "NotInEpoch",
  });
});

test("nobody speaks while the members have changed and the epoch has not", async () => {
  const other = formedRoom(six);
  const { key: first } = await rotate(other, a);
  add(other, entryBy(other, b, { kind: "left" }));
  const at = { log: other.log, keyLog: headOf(issuer.log) };
  const chance = { id: idOf(1), frankingKey: digest("f") };
  expect(sealMessage(at, a.keys, first, hello, chance)).toMatchObject({
    refusal: { type: "RotationDue" },
  });
  const { key: second } = await rotate(other, a);
  expect(refusalOf(say(other, a, second, hello, idOf(3)), other, second)).toBeNull();
});

test("who was removed speaks under no epoch that came after, nor behind one in the thread", async () => {
  const other = formedRoom(six);
  const { key: first } = await rotate(other, a);
  const before = say(other, b, first, hello, idOf(4));
  add(other, removalOf(other, b));
  await rotate(other, a);
  // What was said before stays; after a message of the new epoch nothing of the old one is taken.
  expect(refusalOf(before, other, first, 1)).toBeNull();
  expect(refusalOf(before, other, first, 2)).toEqual({ type: "NotInEpoch" });
  expect(refusalOf({ ...before, epoch: 2 }, other, first)).toEqual({ type: "NotInEpoch" });
});

test("a message bound to entries that we have not, or to others than ours, is not shown", async () => {
  const ahead = formedRoom(six);
  const { key: shared } = await rotate(ahead, a);
  const behind = { ...ahead, log: ahead.log };
  add(ahead, entryBy(ahead, c, { kind: "named", name: "Heather" }));
  const later = say(ahead, a, shared, hello, idOf(5));
  expect(refusalOf(later, behind, shared)).toEqual({ type: "LogBehind", log: "members" });
  expect(refusalOf(later, ahead, shared)).toBeNull();

  // The server told us another story: another name instead.
  add(behind, entryBy(behind, c, { kind: "named", name: "Bracken" }));
  expect(refusalOf(later, behind, shared)).toEqual({ type: "LogForked", log: "members" });
});

test("a sender who was shown another key log is noticed (rule 12)", () => {
  const periods = issuer.log.keys.map(({ period }) => period);
  const own = testIssuer(periods).log;
  const opened = openMessage({ log: room.log, keyLog: own }, key, message, 0);
  expect(opened).toMatchObject({ refusal: { type: "LogForked", log: "keys" } });
  const shorter = { keys: issuer.log.keys.slice(0, 2), hashes: issuer.log.hashes.slice(0, 3) };
  const short = openMessage({ log: room.log, keyLog: shorter }, key, message, 0);
  expect(short).toMatchObject({ refusal: { type: "LogBehind", log: "keys" } });
});

test("the same id twice for two texts makes two keys: nothing is learned from both", () => {
  const one = say(room, a, key, hello, idOf(6));
  const other = say(room, a, key, { kind: "text", text: "Night shift was short" }, idOf(6));
  const [first, second] = [one, other].map(({ sealed }) => Buffer.from(sealed, "base64url"));
  const same = first!.filter((byte, at) => byte === second![at]).length;
  expect(same).toBeLessThan(20);
});
