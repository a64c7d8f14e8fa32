import { randomBytes } from "node:crypto";
import { beforeAll, expect, test, vi } from "vitest";
import { withCircles, FIRST_DAY } from "../../../tests/circles.ts";
import { seatCircle, type SeatedCircle } from "../../../tests/seated-circle.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import {
  dropMessage,
  extendRoomLog,
  followRoom,
  pauseSeat,
  postMessage,
  readRoom,
  readThread,
} from "../room-contract.ts";
import { makeEpoch, openEpoch } from "../room/epoch.ts";
import { markOf, veilOf } from "../room/mark.ts";
import { membersOf } from "../room/member-log.ts";
import { openMessage } from "../room/message.ts";
import { hpke } from "../room/web/hpke.ts";
import { dropMessage as dropRow, dropOldProofs, dropStampKeys } from "./thread-store.ts";

const circles = withCircles();
const { ask, doctor, wait } = circles;

let room: SeatedCircle;

const no = { status: 403, answer: null, refusal: { type: "NoSeat" } };

/** Reads a stream until it has been given so many messages, and lets go. */
async function follow(visit: string, after: number, count: number) {
  const stop = new AbortController();
  const response = await fetch(circles.address() + followRoom.path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ visit, after }),
    signal: stop.signal,
  });
  const places: number[] = [];
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split("\n\n");
    text = events.pop()!;
    for (const event of events) {
      const place = /^id: (\d+)$/m.exec(event)?.[1];
      if (place !== undefined) places.push(Number(place));
    }
    if (places.length >= count) break;
  }
  stop.abort();
  return places;
}

beforeAll(async () => {
  room = await seatCircle(circles, 6);
});

test("a new room's log says who sits here, each with a doctor's badge, in the order of the seats", async () => {
  const log = await room.log();
  expect(membersOf(log)).toEqual(room.members.map(({ keys }) => keys.pseudonym));
});

test("nobody speaks before the members have made a key", async () => {
  expect((await room.hand(0, unkeyedMessage())).refusal).toEqual({ type: "EpochMoved" });
});

/** A message of the right shape under no key at all, marked by the first member. */
function unkeyedMessage() {
  const bytes = (length: number) => bytesToBase64url(randomBytes(length));
  const head = { length: 1, hash: bytes(32) };
  const { keys } = room.members[0]!;
  const { circle } = room;
  const id = bytes(16);
  const mark = markOf({ circle, sender: keys.pseudonym, id, veil: veilOf(keys, circle, id) });
  return {
    id,
    epoch: 1,
    log: head,
    keyLog: head,
    mark: bytesToBase64url(mark),
    commitment: bytes(32),
    sealed: bytes(384 + 16),
  };
}

test("of two who make the first key at once one does, and the other is told that the log moved", async () => {
  const told = await Promise.all([room.rotate(0), room.rotate(1), room.rotate(2)]);
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const { answer } = await ask(readRoom, { visit: room.visits[5]!, logAfter: 0, epochsFrom: 1 });
  const opened = await openEpoch(
    await room.log(),
    1,
    answer!.epochs[0]!.wraps,
    room.members[5]!.keys,
    hpke,
  );
  if (!opened.ok) throw new Error(opened.refusal.type);
  room.key = opened.value;
});

test("what one says the others read, in the order and with the stamp that the server gave", async () => {
  const first = await room.post(0, "Slept four hours.");
  const second = await room.post(3, "Same here.");
  expect([first.answer!.sequence, second.answer!.sequence]).toEqual([1, 2]);
  const { answer } = await ask(readThread, { visit: room.visits[5]!, after: 0 });
  const view = { log: await room.log(), keyLog: circles.issuer.log };
  const read = answer!.messages.map(({ message }) => openMessage(view, room.key, message!, 0));
  expect(read.map((each) => each.ok && each.value.content)).toEqual([
    { kind: "text", text: "Slept four hours." },
    { kind: "text", text: "Same here." },
  ]);
  expect(answer!.messages[0]!.stamp).toEqual(first.answer!.stamp);
});

test("the table tells neither who said a message nor when", async () => {
  const message = await room.sealed(2, "Nobody knows.");
  const veil = room.veil(2, message);
  const { sequence } = (await room.hand(2, message)).answer!;
  const kept = await circles.database
    .cluster()
    .owner.query<{ row: string }>(
      "select to_jsonb(m)::text as row from circles.message m where circle = $1 and sequence = $2",
      [room.circle, sequence],
    );
  const [{ row } = { row: "" }] = kept.rows;
  expect(Object.keys(JSON.parse(row) as object).toSorted()).toEqual([
    "circle",
    "commitment",
    "dropped_in",
    "epoch",
    "id",
    "mark",
    "month",
    "sealed",
    "sequence",
    "stamp",
  ]);
  expect(row).toContain(`"month": "${FIRST_DAY.slice(0, 7)}"`);
  expect(row).toContain(message.mark);
  const names = room.members.map(({ keys }) => keys.pseudonym);
  const minute = Math.floor(circles.deps().clock.now() / 60_000);
  for (const hidden of [...names, veil, room.visits[2]!, FIRST_DAY, String(minute)]) {
    expect(row).not.toContain(hidden);
    expect(row).not.toContain(Buffer.from(hidden, "base64url").toString("hex"));
  }
});

test("a message that is posted again after the answer was lost keeps its place", async () => {
  const message = await room.sealed(1, "Once.");
  const [once, again] = [await room.hand(1, message), await room.hand(1, message)];
  expect(again.answer!.sequence).toBe(once.answer!.sequence);
  // As a device does it, which seals anew and with another minute, and in between others spoke.
  await room.post(3, "Meanwhile.");
  const { answer } = await ask(readThread, { visit: room.visits[1]!, after: 0 });
  const anew = { ...(await room.sealed(1, "Once.")), id: message.id, mark: message.mark };
  expect((await room.hand(1, anew)).answer!.sequence).toBe(once.answer!.sequence);
  expect((await ask(readThread, { visit: room.visits[1]!, after: 0 })).answer).toEqual(answer);
});

test("somebody else's mark is refused, and so is another's id", async () => {
  const message = await room.sealed(1, "Mine.");
  const badMark = { status: 400, refusal: { type: "BadInput", detail: { field: "mark" } } };
  // As it lies there, with a veil of one's own, with the sender's own veil, and with none at all.
  expect(await room.hand(2, message)).toMatchObject(badMark);
  for (const veil of [room.veil(1, message), bytesToBase64url(new Uint8Array(32))])
    expect(await ask(postMessage, { visit: room.visits[2]!, veil, message })).toMatchObject(
      badMark,
    );
  expect((await room.hand(1, message)).status).toBe(200);
  const veil = veilOf(room.members[2]!.keys, room.circle, message.id);
  const sender = room.members[2]!.keys.pseudonym;
  const mark = markOf({ circle: room.circle, sender, id: message.id, veil });
  const stolen = {
    ...(await room.sealed(2, "Mine too.")),
    id: message.id,
    mark: bytesToBase64url(mark),
  };
  expect(await room.hand(2, stolen)).toMatchObject({
    refusal: { type: "BadInput", detail: { field: "id" } },
  });
});

test("fifty messages at once are given to every follower once and in order, also to who comes again in the middle", async () => {
  const { answer } = await ask(readRoom, { visit: room.visits[0]!, logAfter: 0, epochsFrom: 1 });
  const before = answer!.sequence;
  const log = await room.log();
  const messages = await Promise.all(
    Array.from({ length: 50 }, (_, at) => room.sealed(at % 6, `Message ${at}`, log)),
  );
  const wanted = Array.from({ length: 50 }, (_, at) => before + 1 + at);
  const whole = follow(room.visits[4]!, before, 50);
  const broken = follow(room.visits[5]!, before, 10).then(async (some) => [
    ...some,
    ...(await follow(room.visits[5]!, some.at(-1)!, 50 - some.length)),
  ]);
  await vi.waitFor(() => expect(circles.running().streams.count()).toBeGreaterThan(1));
  await Promise.all(messages.map((message, at) => room.hand(at % 6, message)));
  expect(await whole).toEqual(wanted);
  expect(await broken).toEqual(wanted);
});

test("nobody deletes another's words; whose they are takes them off the server", async () => {
  const message = await room.sealed(2, "Too much said.");
  const { sequence } = (await room.hand(2, message)).answer!;
  const drop = (by: number, veil: string) =>
    ask(dropMessage, { visit: room.visits[by]!, id: message.id, veil });
  const own = room.veil(2, message);
  // Not even with the sender's veil, which every member finds in the opened message.
  for (const veil of [own, room.veil(3, message)]) expect((await drop(3, veil)).status).toBe(404);
  expect((await drop(2, room.veil(3, message))).status).toBe(404);
  expect((await drop(2, own)).status).toBe(200);
  const { answer } = await ask(readThread, { visit: room.visits[0]!, after: sequence - 1 });
  expect(answer!.messages[0]).toMatchObject({ sequence, message: null });
});

test("who pauses stays, and the others see it", async () => {
  await ask(pauseSeat, { visit: room.visits[3]!, paused: true });
  const { answer } = await ask(readRoom, { visit: room.visits[0]!, logAfter: 0, epochsFrom: 1 });
  expect(answer!.paused).toEqual([room.members[3]!.keys.pseudonym]);
  expect((await room.post(3, "Still here.")).status).toBe(200);
  await ask(pauseSeat, { visit: room.visits[3]!, paused: false });
});

test("whose badge has ended says no more, though they were let in and follow", async () => {
  const { streams } = circles.running();
  const name = room.members[4]!.keys.pseudonym;
  const pseudonym = Buffer.from(name, "base64url");
  const following = follow(room.visits[4]!, 1_000, 1);
  await vi.waitFor(() => expect(streams.followedBy(name)).toBe(room.circle));
  const endOn = (day: string) =>
    circles.database
      .cluster()
      .owner.query("update circles.pseudonym set ends_on = $1 where key = $2", [day, pseudonym]);
  expect((await room.post(4, "My last day.")).status).toBe(200);
  const message = await room.sealed(4, "One more.");
  const post = () => room.hand(4, message);
  await endOn("2026-12-04");
  expect((await post()).refusal).toEqual({ type: "VisitOver" });
  await endOn("2027-03-31");
  expect((await post()).status).toBe(200);
  streams.dismiss(room.circle, name);
  expect(await following).toEqual([]);
  await vi.waitFor(() => expect(streams.followedBy(name)).toBeNull());
});

test("an entry that members' devices would refuse is refused, and nothing of it is kept", async () => {
  const length = (await room.log()).hashes.length;
  const other = { kind: "epoch" as const, number: 2, day: FIRST_DAY, reason: "week" as const };
  const filler = bytesToBase64url(randomBytes(32));
  const ghost = { ...other, members: [filler], commitment: filler, wrapsHash: filler };
  expect((await room.extend(0, ghost, [bytesToBase64url(randomBytes(80))])).refusal?.type).toBe(
    "EntryRefused",
  );
  const log = await room.log();
  const made = await makeEpoch(
    log,
    room.members[0]!.keys,
    { reason: "week", day: FIRST_DAY, key: room.key },
    hpke,
  );
  const extra = [...made.wraps, made.wraps[0]!];
  const told = await ask(extendRoomLog, {
    visit: room.visits[0]!,
    entry: made.entry,
    wraps: extra,
  });
  expect(told.refusal?.type).toBe("EntryRefused");
  expect((await room.log()).hashes.length).toBe(length);
});

test("who leaves hears and says no more, and the others speak again once there is a new key", async () => {
  const stale = await room.sealed(3, "Sealed before.");
  const ended = follow(room.visits[0]!, 1_000, 1);
  await vi.waitFor(() => expect(circles.running().streams.count()).toBeGreaterThan(0));
  expect((await room.extend(0, { kind: "left" })).status).toBe(200);
  expect(await ended).toEqual([]);
  expect(await ask(readThread, { visit: room.visits[0]!, after: 0 })).toEqual(no);
  expect(await room.hand(0, unkeyedMessage())).toEqual(no);
  expect((await room.hand(3, stale)).refusal?.type).toBe("EpochMoved");
  expect((await room.rotate(1)).status).toBe(200);
  expect((await room.post(1, "We are five.")).status).toBe(200);
});

test("a stranger's pseudonym sees nothing of a circle", async () => {
  const visit = await wait(doctor());
  expect(await ask(readRoom, { visit, logAfter: 0, epochsFrom: 1 })).toEqual(no);
  expect(await ask(readThread, { visit, after: 0 })).toEqual(no);
});

test("what was taken back can be proved for months after, however old it was, and then leaves nothing but its place", async () => {
  const [kept, gone] = [await room.sealed(1, "Stays."), await room.sealed(1, "Goes.")];
  await room.hand(1, kept);
  const { sequence } = (await room.hand(1, gone)).answer!;
  const { db } = circles.deps();
  const proofOf = async (id: string) => {
    const row = await db
      .selectFrom("circles.message")
      .select(["mark", "commitment", "stamp"])
      .where("id", "=", Buffer.from(id, "base64url"))
      .executeTakeFirstOrThrow();
    return Object.values(row).map((bytes) => bytes.some((byte) => byte !== 0));
  };
  const [id, mark] = [gone.id, gone.mark].map((text) => Buffer.from(text, "base64url"));
  const takeBack = (day: string) => dropRow(db, { circle: room.circle, id: id!, mark: mark! }, day);
  // Said in December. The second time there is nothing to take back.
  expect(await takeBack("2027-02-28")).toBe(true);
  await takeBack("2027-03-31");
  await dropOldProofs(db, "2027-07-31");
  expect(await proofOf(gone.id)).toEqual([true, true, true]);
  await dropOldProofs(db, "2027-08-01");
  expect(await proofOf(gone.id)).toEqual([false, false, false]);
  expect(await proofOf(kept.id)).toEqual([true, true, true]);
  const { answer } = await ask(readThread, { visit: room.visits[1]!, after: sequence - 1 });
  expect(answer!.messages[0]).toMatchObject({ sequence, message: null });
});

test("a month's stamp key stays while one message of that month stands, and goes after the last", async () => {
  const { db } = circles.deps();
  const months = async () => {
    const rows = await db.selectFrom("circles.stamp_key").select("month").execute();
    return rows.map(({ month }) => month);
  };
  await dropStampKeys(db, "2029-01-01");
  expect(await months()).toEqual(["2026-12"]);
  await db.updateTable("circles.message").set({ sealed: null, dropped_in: "2026-12" }).execute();
  await dropOldProofs(db, "2027-05-31");
  await dropStampKeys(db, "2027-05-31");
  expect(await months()).toEqual(["2026-12"]);
  await dropOldProofs(db, "2027-06-01");
  await dropStampKeys(db, "2027-06-01");
  expect(await months()).toEqual([]);
});
