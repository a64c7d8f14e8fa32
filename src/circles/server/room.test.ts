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
import { membersOf } from "../room/member-log.ts";
import { openMessage } from "../room/message.ts";
import { hpke } from "../room/web/hpke.ts";

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
  const message = { ...unkeyedMessage(), epoch: 1 };
  const told = await ask(postMessage, { visit: room.visits[0]!, message });
  expect(told.refusal).toEqual({ type: "EpochMoved" });
});

/** A message of the right shape under no key at all. */
function unkeyedMessage() {
  const bytes = (length: number) => bytesToBase64url(randomBytes(length));
  const head = { length: 1, hash: bytes(32) };
  return {
    id: bytes(16),
    epoch: 1,
    sender: room.members[0]!.keys.pseudonym,
    log: head,
    keyLog: head,
    commitment: bytes(32),
    sealed: bytes(256 + 16),
    signature: bytes(64),
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

test("the same message again keeps its place, and nobody speaks in another's name or with another's id", async () => {
  const message = await room.sealed(1, "Once.");
  const [once, again] = [
    await ask(postMessage, { visit: room.visits[1]!, message }),
    await ask(postMessage, { visit: room.visits[1]!, message }),
  ];
  expect(again.answer!.sequence).toBe(once.answer!.sequence);
  expect((await ask(postMessage, { visit: room.visits[2]!, message })).status).toBe(400);
  const stolen = { ...(await room.sealed(2, "Mine.")), id: message.id };
  expect((await ask(postMessage, { visit: room.visits[2]!, message: stolen })).status).toBe(400);
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
  await Promise.all(
    messages.map((message, at) => ask(postMessage, { visit: room.visits[at % 6]!, message })),
  );
  expect(await whole).toEqual(wanted);
  expect(await broken).toEqual(wanted);
});

test("a message that its sender takes away is gone from the server, and nobody else can take it", async () => {
  const message = await room.sealed(2, "Too much said.");
  const { sequence } = (await ask(postMessage, { visit: room.visits[2]!, message })).answer!;
  expect((await ask(dropMessage, { visit: room.visits[3]!, id: message.id })).status).toBe(404);
  expect((await ask(dropMessage, { visit: room.visits[2]!, id: message.id })).status).toBe(200);
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
  const post = () => ask(postMessage, { visit: room.visits[4]!, message });
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
  const ended = follow(room.visits[0]!, 1_000, 1);
  await vi.waitFor(() => expect(circles.running().streams.count()).toBeGreaterThan(0));
  expect((await room.extend(0, { kind: "left" })).status).toBe(200);
  expect(await ended).toEqual([]);
  expect(await ask(readThread, { visit: room.visits[0]!, after: 0 })).toEqual(no);
  expect(await ask(postMessage, { visit: room.visits[0]!, message: unkeyedMessage() })).toEqual(no);
  const { message } = (await ask(readThread, { visit: room.visits[1]!, after: 0 })).answer!
    .messages[1]!;
  const stale = { ...message!, id: bytesToBase64url(randomBytes(16)) };
  expect((await ask(postMessage, { visit: room.visits[3]!, message: stale })).refusal?.type).toBe(
    "EpochMoved",
  );
  expect((await room.rotate(1)).status).toBe(200);
  expect((await room.post(1, "We are five.")).status).toBe(200);
});

test("a stranger's pseudonym sees nothing of a circle", async () => {
  const visit = await wait(doctor());
  expect(await ask(readRoom, { visit, logAfter: 0, epochsFrom: 1 })).toEqual(no);
  expect(await ask(readThread, { visit, after: 0 })).toEqual(no);
});
