import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { x25519 } from "@noble/curves/ed25519.js";
import * as v from "valibot";
import { parse } from "yaml";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { community } from "../../../tests/pass-issuer.ts";
import { FIRST_DAY, withCircles, type Doctor } from "../../../tests/circles.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { markOf, veilOf } from "../room/mark.ts";
import { readMyPlace } from "../contract.ts";
import { agreeToMerge } from "../merging-contract.ts";
import { memberKeys } from "../room/member-keys.ts";
import { hpke } from "../room/web/hpke.ts";
import { circleNamesSchema } from "../room/pseudonym-name.ts";
import { checkSaid, openReport } from "../room/report.ts";
import type { MemberLogEntry, SealedMessage } from "../room/wire.ts";
import { mergeCircles } from "../server/merging.ts";
import { openRoom } from "../server/rooms.ts";
import { offerSeat, seatCircle, waitingToSeat } from "../server/waiting-store.ts";
import type { CheckedLogs, CircleDrafts, CircleKeeping } from "./keeping.ts";
import { makeRoom } from "./room-engine.ts";
import type { OpenRoom, Room, RoomState } from "./room-state.ts";
import { headId } from "./room-log.ts";
import type { ThreadItem } from "./room-thread.ts";
import { makeVisit } from "./visit.ts";

const circles = withCircles();
const namesFile = join(import.meta.dirname, "../../../content/circles/names.yaml");
const names = v.parse(circleNamesSchema, parse(readFileSync(namesFile, "utf8")));
const stewardSecret = new Uint8Array(randomBytes(32));
const stewardKey = bytesToBase64url(x25519.getPublicKey(stewardSecret));

let doctors: Doctor[] = [];
let circle = "";
let day = FIRST_DAY;
const rooms: Room[] = [];

// The line, and what may happen on it ---------------------------------------------------------------

type Json = Record<string, unknown>;
interface Line {
  isDown: boolean;
  /** The request arrives, and its answer doesn't. */
  losesAnswers: (path: string) => boolean;
  /** What a dishonest server would make of its answer. */
  tamper: (path: string, answer: Json) => Json;
}
const line: Line = { isDown: false, losesAnswers: () => false, tamper: (_, answer) => answer };
const outside = fetch;
const streams = new Set<AbortController>();

beforeAll(async () => {
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    if (address.startsWith("http")) return outside(address, init);
    if (line.isDown) throw new TypeError("no network");
    const cut = new AbortController();
    // Not by AbortSignal.any: what only hangs on such a one may be collected, and then never ends.
    init.signal!.addEventListener("abort", () => cut.abort());
    const { signal } = cut;
    const response = await outside(circles.address() + address, { ...init, signal });
    if (line.losesAnswers(address)) {
      cut.abort();
      throw new TypeError("no network");
    }
    if (response.headers.get("content-type")?.includes("event-stream")) {
      streams.add(cut);
      return response;
    }
    const answer = line.tamper(address, (await response.json()) as Json);
    return new Response(JSON.stringify(answer), { status: response.status });
  });
  circles.stewards.keysOf = (epoch) =>
    epoch === 1 ? { hpkeKey: stewardKey, signingKey: stewardKey } : null;
});

/** Limits count by the minute, on a clock that stands still: every test has a day of its own. */
let daysOn = 0;
const later = (days: number) => Temporal.PlainDate.from(FIRST_DAY).add({ days }).toString();

beforeEach(async () => {
  goTo(later(daysOn++));
  doctors = Array.from({ length: 6 }, newDoctor);
  for (const doctor of doctors) await circles.wait(doctor);
  circle = await seated(doctors);
});

afterEach(() => {
  for (const room of rooms.splice(0)) room.close();
  streams.clear();
  Object.assign(line, {
    isDown: false,
    losesAnswers: () => false,
    tamper: (_: string, answer: Json) => answer,
  });
});

/** At once, without the search for who fits whom. */
async function seated(sitting: readonly Doctor[]): Promise<string> {
  const deps = circles.deps();
  const rows = await waitingToSeat(deps.db, day);
  const reasons = { hours: [3], themes: [], nearInStage: 5, others: 5 };
  const members = sitting
    .map(({ keys }) => Buffer.from(keys.pseudonym, "base64url"))
    .toSorted((one, other) => Buffer.compare(one, other))
    .map((pseudonym) => ({ pseudonym, reasons }));
  const formed = { id: randomUUID(), block: 3, language: "en", themes: [], members };
  await deps.db.transaction().execute(async (within) => {
    expect(await seatCircle(within, formed, rows)).toBe(true);
    await openRoom(deps, within, formed);
  });
  return formed.id;
}

const secrets = new Map<Doctor, Uint8Array>();

function newDoctor(): Doctor {
  const walletSecret = new Uint8Array(randomBytes(32));
  const keys = memberKeys(walletSecret, { period: circles.issuer.log.keys[0]!.period, number: 0 });
  const badge = circles.issuer.pass(0, { walletSecret });
  const seat = {
    badge: bytesToBase64url(badge),
    hpkeKey: bytesToBase64url(keys.hpke.publicKey),
    binding: bytesToBase64url(keys.binding),
  };
  const doctor = { keys, badge, seat };
  secrets.set(doctor, walletSecret);
  return doctor;
}

/** Of the next quarter, on the same pseudonym. */
function withLaterBadge(doctor: Doctor): Doctor {
  const bornIn = { period: circles.issuer.log.keys[0]!.period, number: 0 };
  const badge = circles.issuer.pass(1, { walletSecret: secrets.get(doctor)!, bornIn });
  return { ...doctor, badge, seat: { ...doctor.seat, badge: bytesToBase64url(badge) } };
}

const goTo = (to: string) => {
  day = to;
  circles.setDay(to);
};
const cutStreams = () => {
  for (const cut of streams) cut.abort();
  streams.clear();
};

/** What somebody's devices keep. */
class Kept implements CircleKeeping, CircleDrafts {
  readonly later = new Map<string, unknown>();
  readonly drafts = new Map<string, unknown>();
  readonly read = (id: string) => Promise.resolve(this.later.get(id) ?? null);
  readonly keepLater = (id: string, value: unknown) => void this.later.set(id, value);
  readonly readDraft = (key: string) => Promise.resolve(this.drafts.get(key) ?? null);
  readonly writeDraft = (key: string, content: unknown) => {
    if (content === null) this.drafts.delete(key);
    else this.drafts.set(key, structuredClone(content));
    return Promise.resolve();
  };
}

const logs: CheckedLogs = {
  keyLog: circles.issuer.log,
  community,
  stewards: {
    keysOf: (epoch) => circles.stewards.keysOf(epoch),
    latest: { epoch: 1, hpkeKey: stewardKey },
  },
};

interface Given {
  readonly kept?: Kept;
  readonly logs?: CheckedLogs;
  /** The place of the badge's key in the log. */
  readonly at?: number;
  /** How many minutes the device's clock runs ahead. */
  readonly ahead?: number;
}

function makeRoomOf(
  doctor: Doctor,
  { kept = new Kept(), logs: given = logs, at = 0, ahead = 0 }: Given = {},
): Room {
  const { keys } = circles.issuer.log;
  const bornIn = { period: keys[0]!.period, number: 0 };
  const own = { ...doctor, bornIn, period: keys[at]!.period };
  const room = makeRoom({
    circle,
    own,
    visit: makeVisit(own),
    hpke,
    names,
    readLogs: () => Promise.resolve(ok(given)),
    keeping: kept,
    drafts: kept,
    now: () => Date.parse(`${day}T10:00:00Z`) + ahead * 60_000,
    random: (length) => new Uint8Array(randomBytes(length)),
    wait: (ms, signal) => briefly(ms / 50, signal),
  });
  rooms.push(room);
  return room;
}

function enter(doctor: Doctor, given?: Given): Room {
  const room = makeRoomOf(doctor, given);
  room.enter();
  return room;
}

const enterAll = (): Room[] => doctors.map((doctor) => enter(doctor));

const briefly = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

const PATIENCE = { timeout: 15_000, interval: 15 };
const until = <State extends RoomState>(room: Room, isThere: (state: RoomState) => boolean) =>
  vi.waitFor(() => {
    const state = room.state();
    if (!isThere(state)) throw new Error(`still ${JSON.stringify(state).slice(0, 400)}`);
    return state as State;
  }, PATIENCE);
const settled = (room: Room) =>
  until<OpenRoom>(
    room,
    (state) => state.at === "open" && state.isSettled && state.connection === "live",
  );
const textsOf = (state: RoomState): (string | null)[] =>
  state.at === "open"
    ? state.items.flatMap((item) => (item.kind === "post" ? [item.post.text] : []))
    : [];
const reads = (room: Room, ...texts: (string | null)[]) =>
  until<OpenRoom>(room, (state) => JSON.stringify(textsOf(state)) === JSON.stringify(texts));
const postOf = (state: RoomState, text: string) =>
  (state as OpenRoom).items.find(
    (item): item is ThreadItem & { kind: "post" } =>
      item.kind === "post" && item.post.text === text,
  )!.post;
const say = (room: Room, text: string) => room.say({ kind: "text", text });
const told = (state: OpenRoom) =>
  state.items.flatMap((item) => (item.kind === "told" ? [item.entry.kind] : []));

// In the room ----------------------------------------------------------------------------------------

test("six who come in at once make one epoch, and read each other in one order", async () => {
  const all = enterAll();
  await Promise.all(all.map(settled));
  for (const [at, room] of all.entries()) say(room, `words of ${at}`);
  const states = await Promise.all(
    all.map((room) => until<OpenRoom>(room, (state) => textsOf(state).length === 6)),
  );
  expect(new Set(states.map((state) => JSON.stringify(textsOf(state))))).toHaveProperty("size", 1);
  expect(told(states[0]!)).toEqual(["formed"]);
  for (const state of states) {
    expect(state.members.map(({ is }) => is)).toEqual(Array.from({ length: 6 }, () => "here"));
    expect(state.members.filter(({ isOwn }) => isOwn)).toHaveLength(1);
    expect(new Set(state.members.map(({ name }) => name)).size).toBe(6);
  }
  const epochs = await circles.database
    .cluster()
    .owner.query("select number from circles.epoch where circle = $1", [circle]);
  expect(epochs.rows).toEqual([{ number: 1 }]);
});

test("a reply, a reaction and its taking back, an edit and a deletion arrive as what they are", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  say(one, "first");
  await reads(other, "first");
  const first = postOf(other.state(), "first");
  other.say({ kind: "reply", target: first.id, text: "second" });
  other.react(first.id, "heard");
  await until(one, (state) => state.at === "open" && postOf(state, "first").reactions.length === 1);
  expect(postOf(one.state(), "second").replyTo).toBe(first.id);

  other.react(first.id, "heard");
  await until(one, (state) => postOf(state, "first").reactions.length === 0);
  one.say({ kind: "edit", target: first.id, text: "first, better" });
  await reads(other, "first, better", "second");
  other.say({ kind: "edit", target: first.id, text: "not mine to change" });
  one.say({ kind: "delete", target: first.id });
  await reads(other, null, "second");
  await vi.waitFor(async () => {
    const kept = await circles.database
      .cluster()
      .owner.query(
        "select count(*)::int as count from circles.message where circle = $1 and sealed is null",
        [circle],
      );
    // Both wordings went from the server, and the reaction that was taken back.
    expect(kept.rows).toEqual([{ count: 3 }]);
  }, PATIENCE);
  // Whoever comes later sees the reply, and none of what was taken back.
  await reads(enter(doctors[2]!), "second");
});

test("whose clock is wrong shows another time to all, and edits and takes back from any device of theirs", async () => {
  const [one, other] = [enter(doctors[0]!, { ahead: 20 }), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  say(one, "early");
  await reads(other, "early");
  const { id, minute } = postOf(other.state(), "early");
  const noon = Date.parse(`${day}T10:00:00Z`) / 60_000;
  expect(minute).toBe(noon + 20);
  // The other device's clock is right, and so behind.
  const second = enter(doctors[0]!);
  await reads(second, "early");
  second.say({ kind: "edit", target: id, text: "early, and better" });
  await reads(other, "early, and better");
  expect(postOf(other.state(), "early, and better").editedAt).toBe(noon + 20);
  second.say({ kind: "delete", target: id });
  await reads(one, null);
  await vi.waitFor(async () => {
    const kept = await circles.database
      .cluster()
      .owner.query("select sequence from circles.message where circle = $1 and sealed is null", [
        circle,
      ]);
    expect(kept.rowCount).toBe(2);
  }, PATIENCE);
});

test("what was said without a network waits on the device, also over a reload, and is said once", async () => {
  const kept = new Kept();
  const one = enter(doctors[0]!, { kept });
  const other = enter(doctors[1]!);
  await Promise.all([settled(one), settled(other)]);
  line.isDown = true;
  say(one, "said in the lift");
  say(one, "and again");
  await until<OpenRoom>(
    one,
    (state) => state.at === "open" && state.connection === "offline" && state.unsent.length === 2,
  );
  one.close();
  expect(JSON.stringify([...kept.drafts.values()])).toContain("said in the lift");
  line.isDown = false;

  const again = enter(doctors[0]!, { kept });
  await reads(other, "said in the lift", "and again");
  await until<OpenRoom>(again, (state) => state.at === "open" && state.unsent.length === 0);
  await reads(again, "said in the lift", "and again");
  expect(kept.drafts.size).toBe(0);
});

test("a message whose answer was lost is sent again and stays one message", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  let lost = 0;
  line.losesAnswers = (path) => path.endsWith("/messages") && lost++ < 2;
  say(one, "once");
  await until(one, () => lost === 1);
  one.wake();
  await until(one, () => lost === 2);
  one.wake();
  await until<OpenRoom>(one, (state) => state.at === "open" && state.unsent.length === 0);
  await reads(other, "once");
  await reads(one, "once");
});

test("who leaves is told, the others go on under a new epoch, and the one who left reads nothing of it", async () => {
  const [one, other, third] = [enter(doctors[0]!), enter(doctors[1]!), enter(doctors[2]!)];
  await Promise.all([one, other, third].map(settled));
  say(third, "before");
  await Promise.all([one, other].map((room) => reads(room, "before")));
  expect(await third.leave()).toEqual(ok(null));
  expect(third.state()).toEqual({ at: "left" });
  const after = await until<OpenRoom>(
    one,
    (state) => state.at === "open" && state.isSettled && told(state).includes("left"),
  );
  expect(after.members.at(-1)).toMatchObject({ is: "left" });
  say(one, "after");
  await reads(other, "before", "after");
  const back = enter(doctors[2]!);
  expect(await until(back, ({ at }) => at === "shut")).toMatchObject({
    trouble: { type: "NoSeat" },
  });
});

test("after a week the epoch is a new one, made once, and talk goes on", async () => {
  const first = enterAll();
  await Promise.all(first.map(settled));
  say(first[0]!, "this week");
  await Promise.all(first.map((room) => reads(room, "this week")));
  for (const room of first) room.close();
  goTo(later(daysOn + 7));
  const all = enterAll();
  await Promise.all(all.map(settled));
  await vi.waitFor(async () => {
    const epochs = await circles.database
      .cluster()
      .owner.query("select number from circles.epoch where circle = $1 order by number", [circle]);
    expect(epochs.rows).toEqual([{ number: 1 }, { number: 2 }]);
  }, PATIENCE);
  say(all[1]!, "next week");
  await Promise.all(all.map((room) => reads(room, "this week", "next week")));
});

test("an epoch that moved while somebody spoke costs nothing: it is sealed anew and said once", async () => {
  const [one, other, third] = [enter(doctors[0]!), enter(doctors[1]!), enter(doctors[2]!)];
  await Promise.all([one, other, third].map(settled));
  await Promise.all([third.leave(), Promise.resolve(say(one, "in between"))]);
  await reads(other, "in between");
  await until<OpenRoom>(one, (state) => state.at === "open" && state.unsent.length === 0);
});

test("a stream that breaks is taken up again where it was, and reading stands in for it", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  for (let at = 0; at < 12; at++) {
    say(one, `word ${at}`);
    if (at % 4 === 0) cutStreams();
  }
  const texts = Array.from({ length: 12 }, (_, at) => `word ${at}`);
  await reads(other, ...texts);
  await reads(one, ...texts);

  line.losesAnswers = (path) => path.endsWith("/stream");
  cutStreams();
  await until(other, (state) => state.at === "open" && state.connection === "reading");
  say(one, "without a stream");
  await reads(other, ...texts, "without a stream");
});

test("a name of one's own is shown to all, and one that could be somebody else's is refused", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  const { members } = await settled(other);
  await settled(one);
  const generated = members.find(({ isOwn }) => isOwn)!.name;
  expect(await one.rename(generated)).toEqual(refuse({ type: "TooAlike" }));
  expect(await one.rename("Marigold")).toEqual(ok(null));
  const named = await until<OpenRoom>(
    other,
    (state) => state.at === "open" && state.members.some(({ name }) => name === "Marigold"),
  );
  expect(told(named)).toEqual(["formed", "named"]);
  expect(await one.rename(null)).toEqual(ok(null));
  await until(
    other,
    (state) => state.at === "open" && state.members.every(({ name }) => name !== "Marigold"),
  );
});

test("an offer to lead is seen by all, and taken back by whoever made it", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  await settled(one);
  await settled(other);
  const leading = (count: number) => (state: RoomState) =>
    state.at === "open" && state.members.filter(({ leads }) => leads).length === count;
  expect(await one.offerToLead(true)).toEqual(ok(null));
  const offered = await until<OpenRoom>(other, leading(1));
  expect(offered.members.find(({ leads }) => leads)).toMatchObject({ isOwn: false });
  // Said twice, as by a second device, it is one entry.
  expect(await one.offerToLead(true)).toEqual(ok(null));
  expect(await one.offerToLead(false)).toEqual(ok(null));
  expect(told(await until<OpenRoom>(other, leading(0)))).toEqual(["formed", "leads", "leads"]);
});

test("who takes part a little less is seen to, and may still speak", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  expect(await one.pause(true)).toEqual(ok(null));
  expect((one.state() as OpenRoom).isPaused).toBe(true);
  await until(
    other,
    (state) => state.at === "open" && state.members.some(({ is }) => is === "paused"),
  );
  say(one, "from afar");
  await reads(other, "from afar");
  expect(await one.pause(false)).toEqual(ok(null));
  await until(
    other,
    (state) => state.at === "open" && state.members.every(({ is }) => is === "here"),
  );
});

test("a report opens for the stewards alone, with both wordings of what was changed", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  say(other, "what went before");
  await reads(one, "what went before");
  say(one, "unkind");
  await reads(other, "what went before", "unkind");
  const unkind = postOf(other.state(), "unkind");
  one.say({ kind: "edit", target: unkind.id, text: "harmless" });
  await reads(other, "what went before", "harmless");
  const before = postOf(other.state(), "what went before");
  expect(await other.report([unkind.id], [before.id], "It was said to me.")).toEqual(ok(null));

  const { rows } = await circles.database
    .cluster()
    .owner.query<{ sealed: Buffer }>("select sealed from circles.report where circle = $1", [
      circle,
    ]);
  const sealed = { circle, stewardEpoch: 1, sealed: bytesToBase64url(rows[0]!.sealed) };
  const opened = await openReport(sealed, { secret: stewardSecret, hpkeKey: stewardKey }, hpke);
  if (!opened.ok) throw new Error(opened.refusal.type);
  const proved = checkSaid(opened.value);
  expect(proved.ok && proved.value.map(({ shownAs, content }) => [shownAs, content])).toEqual([
    ["context", { kind: "text", text: "what went before" }],
    ["reported", { kind: "text", text: "unkind" }],
    ["reported", { kind: "edit", target: unkind.id, text: "harmless" }],
  ]);
});

test("what was read is kept for the next visit, and nothing else is new then", async () => {
  const kept = new Kept();
  const [one, other] = [enter(doctors[0]!, { kept }), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  say(other, "old news");
  await reads(one, "old news");
  one.markRead();
  one.close();
  say(other, "new to you");
  await reads(other, "old news", "new to you");
  const again = await reads(enter(doctors[0]!, { kept }), "old news", "new to you");
  expect(again.readUntil).toBe(1);
});

test("a later badge on the same key is brought into the log, and whose badge ended is written out", async () => {
  const all = enterAll();
  await Promise.all(all.map(settled));
  for (const room of all) room.close();
  await circles.setHolders(1, 25);
  goTo("2027-01-10");
  const stayers = doctors.slice(0, 2).map((doctor) => enter(withLaterBadge(doctor), { at: 1 }));
  const states = await Promise.all(
    stayers.map((room) => until<OpenRoom>(room, (state) => state.at === "open" && state.isSettled)),
  );
  expect(states.map(told)).toEqual([["formed"], ["formed"]]);
  await vi.waitFor(async () => {
    const { rows } = await circles.database
      .cluster()
      .owner.query(
        "select count(*)::int as count from circles.log_entry where circle = $1 and entry->>'kind' = 'renewed'",
        [circle],
      );
    expect(rows).toEqual([{ count: 2 }]);
  }, PATIENCE);
  for (const room of stayers) room.close();

  goTo("2027-02-02");
  const [one, other] = doctors
    .slice(0, 2)
    .map((doctor) => enter(withLaterBadge(doctor), { at: 1 })) as [Room, Room];
  const after = await until<OpenRoom>(
    one,
    (state) => state.at === "open" && state.isSettled && told(state).length === 5,
  );
  expect(after.members.filter(({ is }) => is === "lapsed")).toHaveLength(4);
  say(one, "the two of us");
  await reads(other, "the two of us");
  const gone = enter(doctors[3]!);
  expect(await until(gone, ({ at }) => at === "shut")).toMatchObject({
    trouble: { type: "PassRefused" },
  });

  const back = enter(withLaterBadge(doctors[2]!), { at: 1 });
  const again = await settled(back);
  expect(again.members.filter(({ is }) => is === "lapsed")).toHaveLength(3);
  say(back, "back again");
  await reads(one, "the two of us", "back again");
});

test("who is offered a seat sits down by going in, reads what is said from then on and nothing older", async () => {
  const founders = enterAll();
  await Promise.all(founders.map(settled));
  say(founders[0]!, "before");
  await reads(founders[1]!, "before");
  const newcomer = newDoctor();
  await circles.wait(newcomer);
  const { db } = circles.deps();
  const key = Buffer.from(newcomer.keys.pseudonym, "base64url");
  const reasons = { hours: [3], themes: [], nearInStage: 0, others: 6 };
  await db.transaction().execute((within) => offerSeat(within, circle, key, reasons, day));
  const room = enter(newcomer);
  const state = await settled(room);
  expect(state.members.filter(({ is }) => is === "here")).toHaveLength(7);
  say(founders[0]!, "after");
  await until(room, (at) => textsOf(at).includes("after"));
  expect(textsOf(room.state())).not.toContain("before");
  say(room, "hello");
  await until(founders[1]!, (at) => textsOf(at).includes("hello"));
});

// Against a server that isn't honest -------------------------------------------------------------------

const isWrong = (room: Room, what: string) =>
  until(room, (state) => state.at === "wrong" && state.wrong.what === what);

const atRoom = (change: (answer: Json & { log: MemberLogEntry[] }) => Json) => {
  line.tamper = (path, answer) =>
    path.endsWith("/room") && Array.isArray(answer["log"])
      ? change(answer as Json & { log: MemberLogEntry[] })
      : answer;
};

test("a member whom the server leaves out of the first entry is missed: the chain breaks", async () => {
  await settled(enter(doctors[0]!));
  atRoom((answer) => ({
    ...answer,
    log: answer.log.map((entry) =>
      entry.kind === "formed" ? { ...entry, seats: entry.seats.slice(1) } : entry,
    ),
  }));
  await isWrong(enter(doctors[1]!), "NotSigned");
});

test("a log that is shorter than this person's devices saw it is refused, on another device too", async () => {
  const kept = new Kept();
  const one = enter(doctors[0]!, { kept });
  await settled(one);
  expect(kept.later.get(headId(circle))).toMatchObject({ length: 2 });
  one.close();
  atRoom((answer) => ({ ...answer, log: answer.log.slice(0, 1), logLength: 1 }));
  await isWrong(enter(doctors[0]!, { kept }), "Shortened");
});

test("another history of the same length is refused", async () => {
  const kept = new Kept();
  const one = enter(doctors[0]!, { kept });
  await settled(one);
  one.close();
  const { length } = kept.later.get(headId(circle)) as { length: number };
  kept.later.set(headId(circle), { length, hash: bytesToBase64url(randomBytes(32)) });
  await isWrong(enter(doctors[0]!, { kept }), "Rewritten");
});

test("an extra wrap is refused", async () => {
  await settled(enter(doctors[0]!));
  line.tamper = (path, answer) =>
    path.endsWith("/room") && Array.isArray(answer["epochs"])
      ? {
          ...answer,
          epochs: (answer["epochs"] as { number: number; wraps: string[] }[]).map((epoch) => ({
            ...epoch,
            wraps: [...epoch.wraps, epoch.wraps[0]!],
          })),
        }
      : answer;
  await isWrong(enter(doctors[1]!), "WrapsWrong");
});

test("a message that was altered or put under another's mark is not shown, and its place is told", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  say(one, "true words");
  await reads(other, "true words");
  const { keys } = doctors[2]!;
  const markFor = (id: string) =>
    markOf({ circle, sender: keys.pseudonym, id, veil: veilOf(keys, circle, id) });
  line.tamper = (path, answer) =>
    path.endsWith("/thread") && Array.isArray(answer["messages"])
      ? {
          ...answer,
          messages: (answer["messages"] as { message: SealedMessage }[]).map((row) => ({
            ...row,
            message: { ...row.message, mark: bytesToBase64url(markFor(row.message.id)) },
          })),
        }
      : answer;
  const reader = enter(doctors[3]!);
  const state = await settled(reader);
  expect(state.items.filter(({ kind }) => kind !== "told")).toEqual([
    { kind: "unreadable", sequence: 1, why: "CouldNotBeOpened" },
  ]);
});

test("a member who was shown another log of issuer keys isn't listened to: somebody is told two stories", async () => {
  const [one, other] = [enter(doctors[0]!), enter(doctors[1]!)];
  await Promise.all([settled(one), settled(other)]);
  say(one, "as I see it");
  await reads(other, "as I see it");
  const hashes = logs.keyLog.hashes.map((hash, at) =>
    at === logs.keyLog.hashes.length - 1 ? new Uint8Array(randomBytes(32)) : hash,
  );
  const forked = { ...logs, keyLog: { ...logs.keyLog, hashes } };
  await isWrong(enter(doctors[2]!, { logs: forked }), "LogForked");
});

test("without a network the room says so and comes in by itself when there is one", async () => {
  line.isDown = true;
  const room = enter(doctors[0]!);
  await until(room, (state) => state.at === "shut" && state.trouble.type === "Offline");
  line.isDown = false;
  await settled(room);
});

test("who is in the room of a circle that merges is shown out, and talks on in the new one", async () => {
  const { owner } = circles.database.cluster();
  const other = Array.from({ length: 5 }, newDoctor);
  for (const doctor of other) await circles.wait(doctor);
  const circlesBefore = [circle, await seated(other)];
  await owner.query("update circles.seat set state = 'left' where number > 2");
  // Not at an hour that could be now.
  await owner.query("update circles.circle set block = $1", [
    3 * (Temporal.PlainDate.from(day).dayOfWeek % 7),
  ]);
  const inSeats = async () => {
    const { rows } = await owner.query<{ circle: string; pseudonym: Buffer }>(
      "select circle, pseudonym from circles.seat where state = 'taken' and circle = any($1)",
      [[...circlesBefore, circle]],
    );
    return rows.map((row) => ({ ...row, name: row.pseudonym.toString("base64url") }));
  };
  const seats = await inSeats();
  const sitting = [...doctors, ...other].filter(({ keys }) =>
    seats.some(({ name }) => name === keys.pseudonym),
  );
  const kept = new Kept();
  const [first, second] = [enter(sitting[0]!, { kept }), enter(sitting[1]!)];
  await Promise.all([settled(first), settled(second)]);
  say(first, "Before the merging.");
  await reads(second, "Before the merging.");
  for (const doctor of sitting) {
    const visit = await circles.visit(doctor);
    const { circle } = seats.find(({ name }) => name === doctor.keys.pseudonym)!;
    const told = await circles.ask(agreeToMerge, { visit, circle, blocks: [4], employer: null });
    expect(told.status).toBe(200);
  }
  expect(await mergeCircles(circles.deps())).toBe(1);
  const isOut = (state: RoomState) => state.at === "shut" && state.trouble.type === "Merged";
  await Promise.all([until(first, isOut), until(second, isOut)]);

  const visit = await circles.visit(sitting[0]!);
  circle = (await circles.ask(readMyPlace, { visit })).answer!.seat!.circle;
  const again = sitting.map((doctor) => enter(doctor, doctor === sitting[0] ? { kept } : {}));
  await Promise.all(again.map(settled));
  say(again[0]!, "After it.");
  const state = await reads(again[5]!, "After it.");
  expect(state.members).toHaveLength(6);
  expect(told(state)).toEqual(["formed"]);
});
