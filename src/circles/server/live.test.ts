import { createHmac, randomBytes } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import Fastify from "fastify";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { withCircles } from "../../../tests/circles.ts";
import { seatCircle, type SeatedCircle } from "../../../tests/seated-circle.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import { reveal } from "#platform/redacted.ts";
import { makeLimits } from "#platform/server/limits.ts";
import { readRelay, sendSignal } from "../live-contract.ts";
import { closesAt } from "../live/meetings.ts";
import type { SealedSignal } from "../live/signal-wire.ts";
import { followRoom } from "../room-contract.ts";
import { circlesRoutes } from "./routes.ts";

const circles = withCircles();
const { ask } = circles;
/** Blocks 3 and 4 are Tuesday's first two hours; tests stand at ten. */
const TUESDAY = "2026-12-08";
const START = Date.parse(`${TUESDAY}T10:00Z`) / 60_000;

let room: SeatedCircle;
beforeAll(async () => {
  circles.meetings.hours = { zone: "UTC", times: ["10:00", "10:00", "20:00"] };
  circles.setDay(TUESDAY);
  room = await seatCircle(circles, 6);
  await room.rotate(0);
});

const bytes = (length: number) => bytesToBase64url(randomBytes(length));
/** Of the right shape; what is in it is the devices' business. */
const signalBy = (by: number, part: Partial<SealedSignal> = {}): SealedSignal => ({
  epoch: 1,
  start: START,
  sender: room.members[by]!.keys.pseudonym,
  run: bytes(16),
  count: 1,
  sealed: bytes(512 + 16),
  signature: bytes(64),
  ...part,
});
const send = (by: number, signal: SealedSignal) =>
  ask(sendSignal, { visit: room.visits[by]!, signal });

/** All signals that come until `until` is among them. */
async function heard(visit: string, until: () => Promise<SealedSignal>, at = circles.address()) {
  const stop = new AbortController();
  const response = await fetch(at + followRoom.path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ visit, after: 0 }),
    signal: stop.signal,
  });
  const last = await until();
  const signals: SealedSignal[] = [];
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split("\n\n");
    text = events.pop()!;
    for (const event of events) {
      const data = /^event: signal\ndata: (.+)$/.exec(event)?.[1];
      if (data !== undefined) signals.push(JSON.parse(data) as SealedSignal);
    }
    if (signals.some(({ run }) => run === last.run)) break;
  }
  stop.abort();
  return signals;
}

test("what a member sends arrives at the others once and in order", async () => {
  const sent = Array.from({ length: 20 }, (_, at) => signalBy(at % 2, { count: at + 1 }));
  const got = await heard(room.visits[3]!, async () => {
    for (const [at, signal] of sent.entries())
      expect((await send(at % 2, signal)).status).toBe(200);
    return sent.at(-1)!;
  });
  expect(got).toEqual(sent);
});

test("a stranger, and whoever sits in another circle, gets none and can send none", async () => {
  const stranger = circles.doctor();
  const visit = await circles.visit(stranger);
  const signal = { ...signalBy(0), sender: stranger.keys.pseudonym };
  expect(await ask(sendSignal, { visit, signal })).toMatchObject({ refusal: { type: "NoSeat" } });
  expect(await ask(readRelay, { visit })).toMatchObject({ refusal: { type: "NoSeat" } });
  expect(await ask(followRoom, { visit, after: 0 })).toMatchObject({ status: 403 });

  const other = await seatCircle(circles, 6);
  await other.rotate(0);
  const got = await heard(other.visits[0]!, async () => {
    await send(0, signalBy(0));
    const own = { ...signalBy(0), sender: other.members[1]!.keys.pseudonym };
    await ask(sendSignal, { visit: other.visits[1]!, signal: own });
    return own;
  });
  expect(got.map(({ sender }) => sender)).toEqual([other.members[1]!.keys.pseudonym]);
});

test("nobody sends in another's name, of another meeting, or under an epoch that is over", async () => {
  expect(await send(0, signalBy(1))).toMatchObject({ refusal: { type: "BadInput" } });
  expect(await send(0, signalBy(0, { start: START + 7 * 24 * 60 }))).toMatchObject({
    refusal: { type: "NotNow" },
  });
  expect(await send(0, signalBy(0, { epoch: 2 }))).toMatchObject({
    refusal: { type: "EpochMoved" },
  });
});

test("nothing of a signal is in the database, and what nodes tell each other names nobody", async () => {
  const cluster = circles.database.cluster();
  const ear = await cluster.owner.connect();
  const overheard: string[] = [];
  ear.on("notification", ({ payload }: pg.Notification) => overheard.push(payload ?? ""));
  await ear.query("listen circles_live");
  const longest = signalBy(0, { sealed: bytes(4096 + 16), count: 1_000_000 });
  expect((await send(0, longest)).status).toBe(200);
  await expect.poll(() => overheard.length).toBe(1);
  await ear.query("unlisten circles_live");
  ear.release();
  expect(overheard[0]!.length).toBeLessThan(8000);
  const raw = Buffer.from(overheard[0]!, "base64url").toString("latin1");
  for (const telling of [room.circle, longest.sender, longest.run])
    expect(raw + overheard[0]!).not.toContain(telling);

  const { rows: tables } = await cluster.owner.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await cluster.owner.query<{ text: string }>(
      `select t::text as text from ${name} t`,
    );
    const text = rows.map((row) => row.text).join("\n");
    const hex = Buffer.from(longest.run, "base64url").toString("hex");
    if ([longest.run, longest.sealed.slice(0, 40), hex].some((part) => text.includes(part)))
      found.push(name);
  }
  expect(tables.length).toBeGreaterThan(8);
  expect(found).toEqual([]);
});

test("another node's followers hear it as well, once", async () => {
  const app = Fastify();
  await app.register(fastifyCookie);
  const mounting = {
    app,
    limits: makeLimits({ now: () => Date.parse(`${TUESDAY}T10:00Z`) }),
    identify: () => Promise.resolve(null),
    defect: (error: unknown) => {
      throw error;
    },
    mounted: [],
  };
  const running = await circlesRoutes(mounting, circles.deps());
  const at = await app.listen({ port: 0 });
  try {
    const sent = [signalBy(0), signalBy(1, { sealed: bytes(4096 + 16) }), signalBy(0)];
    const got = await heard(
      room.visits[2]!,
      async () => {
        for (const signal of sent) await send(signal.sender === sent[0]!.sender ? 0 : 1, signal);
        return sent.at(-1)!;
      },
      at,
    );
    expect(got).toEqual(sent);
  } finally {
    running.stop();
    await app.close();
  }
});

test("the relay is told a name that ends with the meeting and comes from nobody", async () => {
  const { relay } = circles.deps();
  const read = async (by: number) => (await ask(readRelay, { visit: room.visits[by]! })).answer!;
  const [one, again, other] = [await read(0), await read(0), await read(1)];
  const names = [one, again, other].map((each) => each.relay!.username);
  expect(new Set(names).size).toBe(3);
  for (const name of names) {
    const [until, chance] = name.split(":");
    expect(Number(until)).toBe(closesAt(START) / 1000);
    expect(Buffer.from(chance!, "base64url")).toHaveLength(12);
  }
  const secret = reveal(relay!.secret);
  expect(one.relay).toEqual({
    urls: ["turn:relay.example.org:3478"],
    username: names[0],
    credential: createHmac("sha1", secret).update(names[0]!).digest("base64"),
  });
});

test("a device can't ask for names without end", async () => {
  const told = [];
  for (let time = 0; time < 10; time++)
    told.push((await ask(readRelay, { visit: room.visits[5]! })).status);
  expect(told.filter((status) => status === 200)).toHaveLength(6);
  expect(told.at(-1)).toBe(429);
});

test("at any other hour there is neither", async () => {
  const { hours } = circles.meetings;
  circles.meetings.hours = { ...hours, times: ["10:16", "10:16", "20:00"] };
  const signal = signalBy(0, { start: START + 16 });
  expect(await send(0, signal)).toMatchObject({ status: 409, refusal: { type: "NotNow" } });
  const asked = await ask(readRelay, { visit: room.visits[0]! });
  expect(asked).toMatchObject({ status: 409, refusal: { type: "NotNow" } });
  circles.meetings.hours = { ...hours, times: ["10:15", "10:15", "20:00"] };
  expect((await send(0, signalBy(0, { start: START + 15 }))).status).toBe(200);
  circles.meetings.hours = hours;
});

test("who has left is let in no more", async () => {
  expect((await room.extend(4, { kind: "left" })).status).toBe(200);
  expect(await send(4, signalBy(4))).toMatchObject({ refusal: { type: "NoSeat" } });
  expect(await ask(readRelay, { visit: room.visits[4]! })).toMatchObject({ status: 403 });
});
