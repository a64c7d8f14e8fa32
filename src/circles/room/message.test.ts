import { createDecipheriv, hkdfSync } from "node:crypto";
import fc from "fast-check";
import * as v from "valibot";
import { beforeAll, expect, test } from "vitest";
import { bytesToBase64url, concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import { headOf } from "#pass/key-log.ts";
import {
  add,
  CIRCLE,
  digest,
  doctor,
  doctors,
  entryBy,
  formedRoom,
  frankingKeyOf,
  idOf,
  issuer,
  MINUTE,
  removalOf,
  rotate,
  say,
  sealedByHand,
  view,
  type Doctor,
  type Inside,
  type Room,
} from "../../../tests/circle-room.ts";
import { testIssuer } from "../../../tests/pass-issuer.ts";
import { wireBytes } from "./entry.ts";
import { franked } from "./franking.ts";
import { markOf, veilOf } from "./mark.ts";
import { isSigned } from "./member-keys.ts";
import { openMessage, sealMessage } from "./message.ts";
import { encodeContent, type Content } from "./message-content.ts";
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
function sealedAgain(over: Partial<SealedMessage>, inside: Partial<Inside> = {}) {
  const { sealed: _, ...unsealed } = message;
  const honest = {
    by: a,
    veil: veilOf(a.keys, CIRCLE, message.id),
    minute: MINUTE,
    frankingKey: frankingKeyOf(message.id),
    content: encodeContent(hello)!,
  };
  return sealedByHand({ ...unsealed, ...over }, { ...honest, ...inside }, key);
}

/** Mark and commitment that fit whoever is named, as the message's id stands. */
function placedFor(sender: string, veil: Uint8Array, content = encodeContent(hello)!) {
  const { id } = message;
  const said = { circle: CIRCLE, epoch: 1, sender, id, minute: MINUTE };
  return {
    mark: bytesToBase64url(markOf({ circle: CIRCLE, sender, id, veil })),
    commitment: bytesToBase64url(franked(frankingKeyOf(id), said, content)),
  };
}

test("a message opens for a member with what its sender wrote, and nothing of it is in the clear", () => {
  const opened = openMessage(view(room), key, message, 1);
  const value = { sender: a.keys.pseudonym, minute: MINUTE, content: hello };
  expect(opened).toMatchObject({ ok: true, value });
  expect(v.parse(sealedMessageSchema, JSON.parse(JSON.stringify(message)))).toEqual(message);
  expect(Buffer.from(message.sealed, "base64url").toString("latin1")).not.toContain("Night");
});

test("a sealed message tells neither who said it nor when", () => {
  const all = JSON.stringify(message) + Buffer.from(message.sealed, "base64url").toString("latin1");
  for (const { keys } of six) {
    expect(all).not.toContain(keys.pseudonym);
    expect(all).not.toContain(Buffer.from(keys.pseudonym, "base64url").toString("latin1"));
    // Without the veil the mark is nobody's.
    const { id } = message;
    for (const veil of [new Uint8Array(0), new Uint8Array(32), wireBytes(message.commitment)])
      expect(
        bytesToBase64url(markOf({ circle: CIRCLE, sender: keys.pseudonym, id, veil })),
      ).not.toBe(message.mark);
  }
  const minute = Buffer.alloc(4);
  minute.writeUInt32BE(MINUTE);
  expect(all).not.toContain(String(MINUTE));
  expect(all).not.toContain(minute.toString("latin1"));
});

test("a signature can't be tested without the epoch's key", () => {
  // All that is signed but the seal is known, also the minute, to within a few.
  const { sealed, ...header } = message;
  const signed = framedBytes(
    "callroom/v1/circle-message-signature",
    headerBytes(header),
    String(MINUTE),
  );
  const isIn = (bytes: Uint8Array) => {
    const author = wireBytes(a.keys.pseudonym);
    for (let at = 0; at + 64 <= bytes.length; at++)
      if (isSigned(signed, bytes.subarray(at, at + 64), author)) return true;
    return false;
  };
  expect(isIn(wireBytes(sealed))).toBe(false);
  // With the key it is found.
  expect(isIn(plainOf(message))).toBe(true);
});

/** By the head of message.ts, with Node's own cryptography. */
function headerBytes({ epoch, id, log, keyLog, mark, commitment }: Omit<SealedMessage, "sealed">) {
  const heads = [log, keyLog].flatMap(({ length, hash }) => [String(length), wireBytes(hash)]);
  const fields = [String(epoch), wireBytes(id), ...heads, wireBytes(mark), wireBytes(commitment)];
  return framedBytes("callroom/v1/circle-message", CIRCLE, ...fields);
}

function plainOf({ sealed, ...header }: SealedMessage): Bytes {
  const aad = headerBytes(header);
  const derived = Buffer.from(hkdfSync("sha256", key, new Uint8Array(0), aad, 44));
  const [secret, nonce] = [derived.subarray(0, 32), derived.subarray(32)];
  const bytes = wireBytes(sealed);
  const opening = createDecipheriv("chacha20-poly1305", secret, nonce, { authTagLength: 16 });
  opening.setAAD(aad, { plaintextLength: bytes.length - 16 });
  opening.setAuthTag(bytes.subarray(-16));
  return concatBytes(opening.update(bytes.subarray(0, -16)), opening.final());
}

test("the same words again, from any of one's devices, have the same mark, and in another circle another", () => {
  const again = say(room, doctor(a.number), key, hello, idOf(1));
  expect(again).toEqual(message);
  const making = { id: idOf(1), frankingKey: digest("another try"), minute: MINUTE + 3 };
  const at = { log: room.log, keyLog: headOf(issuer.log) };
  const retried = sealMessage(at, a.keys, key, hello, making);
  expect(retried).toMatchObject({ ok: true, value: { mark: message.mark } });
  const { id } = message;
  const veils = [CIRCLE, "00000000-0000-4000-8000-000000000000"].map((circle) =>
    bytesToBase64url(veilOf(a.keys, circle, id)),
  );
  expect(new Set([...veils, bytesToBase64url(veilOf(b.keys, CIRCLE, id))]).size).toBe(3);
});

test("its length tells one of four sizes", () => {
  for (const [text, size] of [
    ["a", 384],
    ["a".repeat(217), 384],
    ["a".repeat(218), 1024],
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
  const chance = { id: idOf(1), frankingKey: digest("f"), minute: MINUTE };
  for (const text of ["a".repeat(4001), "", "a\u202eb"])
    expect(sealMessage(at, a.keys, key, { kind: "text", text }, chance)).toMatchObject({
      refusal: { type: "BadText" },
    });
  expect(sealMessage(at, doctor(99).keys, key, hello, chance)).toMatchObject({
    refusal: { type: "NotInEpoch" },
  });
});

test("every changed bit of the sealed part, of the mark and of the commitment is refused", () => {
  for (const field of ["sealed", "mark", "commitment"] as const) {
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

test("another id or circle, and another's signature, are refused", () => {
  expect(refusalOf({ ...message, id: bytesToBase64url(idOf(9)) })).toEqual({
    type: "CouldNotBeOpened",
  });
  expect(sealedAgain({})).toEqual(message);
  // A member who has the epoch's key can seal, but not sign for another, whichever mark and commitment they choose.
  const { pseudonym: sender } = a.keys;
  const veil = veilOf(b.keys, CIRCLE, message.id);
  for (const forged of [
    sealedAgain({}, { by: b, sender }),
    sealedAgain(placedFor(sender, veil), { by: b, sender, veil }),
    // What was signed for one minute isn't for another.
    sealedAgain({}, { minute: MINUTE + 1, by: b, sender }),
  ])
    expect(refusalOf(forged)).toEqual({ type: "CouldNotBeOpened" });
  expect(refusalOf(message, room, digest("another epoch's key"))).toEqual({
    type: "CouldNotBeOpened",
  });
  const elsewhere = { ...room.log, circle: "00000000-0000-4000-8000-000000000000" };
  expect(openMessage({ ...view(room), log: elsewhere }, key, message, 0)).toMatchObject({
    refusal: { type: "CouldNotBeOpened" },
  });
});

test("a message whose commitment or mark doesn't fit is not shown: it couldn't be reported", () => {
  // A sender with a client of their own commits to something else than what they seal.
  const said = {
    circle: CIRCLE,
    epoch: 1,
    sender: a.keys.pseudonym,
    id: message.id,
    minute: MINUTE,
  };
  const words = encodeContent(hello)!;
  const frankingKey = frankingKeyOf(message.id);
  for (const commitment of [
    franked(frankingKey, said, encodeContent(kind)!),
    franked(digest("another key"), said, words),
    franked(frankingKey, { ...said, epoch: 2 }, words),
    franked(frankingKey, { ...said, sender: b.keys.pseudonym }, words),
    franked(frankingKey, { ...said, minute: MINUTE + 1 }, words),
  ])
    expect(refusalOf(sealedAgain({ commitment: bytesToBase64url(commitment) }))).toEqual({
      type: "Unreportable",
    });
  const veil = veilOf(a.keys, CIRCLE, message.id);
  const { mark } = placedFor(b.keys.pseudonym, veil);
  for (const forged of [sealedAgain({ mark }), sealedAgain({}, { veil: digest("another veil") })])
    expect(refusalOf(forged)).toEqual({ type: "Unreportable" });
});

test("content that no device of ours would make is not shown, though it is committed to", () => {
  const content = Uint8Array.of(9, 1, 2, 3);
  const veil = veilOf(a.keys, CIRCLE, message.id);
  const { commitment } = placedFor(a.keys.pseudonym, veil, content);
  expect(refusalOf(sealedAgain({ commitment }, { content }))).toEqual({ type: "CouldNotBeOpened" });
});

test("a message by nobody in the epoch, or under one that its own place in the log had not, is refused", () => {
  const early = { length: 1, hash: bytesToBase64url(room.log.hashes[1]!) };
  expect(refusalOf(sealedAgain({ log: early }))).toEqual({ type: "NotInEpoch" });
  // Who sits in no seat and was given the key by a member.
  const stranger = doctor(99);
  const veil = veilOf(stranger.keys, CIRCLE, message.id);
  const forged = sealedAgain(placedFor(stranger.keys.pseudonym, veil), { by: stranger, veil });
  expect(refusalOf(forged)).toEqual({ type: "NotInEpoch" });
});

test("nobody speaks while the members have changed and the epoch has not", async () => {
  const other = formedRoom(six);
  const { key: first } = await rotate(other, a);
  add(other, entryBy(other, b, { kind: "left" }));
  const at = { log: other.log, keyLog: headOf(issuer.log) };
  const chance = { id: idOf(1), frankingKey: digest("f"), minute: MINUTE };
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
