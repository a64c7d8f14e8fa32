import { randomBytes } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { withCircles, type Doctor } from "../../../tests/circles.ts";
import { FakeConnection } from "../../../tests/fake-connection.ts";
import { community } from "../../../tests/pass-issuer.ts";
import { seatCircle, type SeatedCircle } from "../../../tests/seated-circle.ts";
import { ok, refuse } from "#platform/result.ts";
import { hpke } from "../room/web/hpke.ts";
import type { CircleKeeping } from "./keeping.ts";
import { attendedId } from "./live-counting.ts";
import { makeLive } from "./live-engine.ts";
import type { Live, OpenLive } from "./live-state.ts";
import type { OpenVoice } from "./live-voice.ts";
import { makeRoomLog } from "./room-log.ts";
import { makeUpkeep } from "./room-upkeep.ts";
import { makeVisit } from "./visit.ts";

vi.setConfig({ testTimeout: 90_000 });
const circles = withCircles();
const START = Date.parse("2026-12-08T10:00Z") / 60_000;
let room: SeatedCircle;
let order: readonly string[] = [];
/** Of the devices; the server's stands at ten. */
let now = START * 60_000;

const outside = fetch;
const streams = new Set<AbortController>();
/** Paths whose requests don't get through. */
let lost: ReadonlySet<string> = new Set();

beforeAll(async () => {
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    if (address.startsWith("http")) return outside(address, init);
    if (lost.has(address)) throw new TypeError("no network");
    const cut = new AbortController();
    const signal = AbortSignal.any([init.signal!, cut.signal]);
    const response = await outside(circles.address() + address, { ...init, signal });
    if (response.headers.get("content-type")?.includes("event-stream")) streams.add(cut);
    return response;
  });
  circles.meetings.hours = { zone: "UTC", times: ["10:00", "10:00", "20:00"] };
});

/** Limits count by the minute on the server's still clock, so every test has a day, and a circle, of its own. */
let weeks = 0;
beforeEach(async () => {
  const day = Temporal.PlainDate.from("2026-12-08")
    .add({ weeks: weeks % 3 })
    .toString();
  weeks += 1;
  circles.setDay(day);
  now = Date.parse(`${day}T10:00Z`);
  room = await seatCircle(circles, 6);
  await room.rotate(0);
  order = room.members.map(({ keys }) => keys.pseudonym);
});

const devices: Device[] = [];
afterEach(() => {
  for (const { live } of devices.splice(0)) live.leave();
  streams.clear();
  lost = new Set();
});

interface Device {
  readonly live: Live;
  readonly connections: FakeConnection[];
  readonly kept: Map<string, unknown>;
  readonly played: Set<string>;
  speaks: (isSpeaking: boolean, seconds: number) => void;
}

function device(
  doctor: Doctor,
  kept = new Map<string, unknown>(),
  openVoice: OpenVoice | null = null,
): Device {
  const { period } = circles.issuer.log.keys[0]!;
  const own = { ...doctor, bornIn: { period, number: 0 }, period };
  const visit = makeVisit(own);
  const keeping: CircleKeeping = {
    read: (id) => Promise.resolve(kept.get(id) ?? null),
    keepLater: (id, value) => void kept.set(id, value),
  };
  const stewards = { keysOf: () => null, latest: null };
  const readLogs = () => Promise.resolve(ok({ keyLog: circles.issuer.log, community, stewards }));
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const parts = {
    circle: room.circle,
    own,
    visit,
    hpke,
    readLogs,
    keeping,
    now: () => now,
    random,
  };
  const roomLog = makeRoomLog(parts);
  const wait = async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, Math.min(ms / 20, 400)));
    return true;
  };
  const made: Device = {
    connections: [],
    kept,
    played: new Set(),
    speaks: () => undefined,
    live: makeLive({
      ...parts,
      start: now / 60_000,
      roomLog,
      addEntry: makeUpkeep({ ...parts, roomLog, wait }).add,
      connect: (config) => {
        const connection = new FakeConnection(config);
        made.connections.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
      openVoice:
        openVoice ??
        ((onSpeaking) => {
          made.speaks = (isSpeaking, seconds) => onSpeaking({ isSpeaking, seconds });
          const track = { own: doctor.keys.pseudonym } as unknown as MediaStreamTrack;
          return Promise.resolve(ok({ track, mute: () => undefined, close: () => undefined }));
        }),
      loudspeaker: {
        play: (member) => void made.played.add(member),
        drop: (member) => void made.played.delete(member),
        close: () => made.played.clear(),
      },
      wait: async (ms) => void (await wait(ms)),
    }),
  };
  devices.push(made);
  return made;
}

const openState = ({ live }: Device): OpenLive => {
  const state = live.state();
  if (state.at !== "open") throw new Error(state.at);
  return state;
};
const eventually = (look: () => unknown) => expect.poll(look, { timeout: 25_000 });
const sounds = (each: Device) => openState(each).people.map(({ sound }) => sound);

async function allIn(...seats: readonly number[]): Promise<Device[]> {
  const made = seats.map((seat) => device(room.members[seat]!));
  for (const { live } of made) live.enter();
  for (const each of made) {
    await eventually(() => each.live.state().at).toBe("open");
    await eventually(() => openState(each).people.length).toBe(seats.length);
  }
  return made;
}

test("whoever comes in finds whoever is there, and each voice finds each other, by the relay alone", async () => {
  const made = await allIn(2, 0, 4);
  for (const each of made) {
    await eventually(() => sounds(each).filter((sound) => sound === "connected").length).toBe(2);
    const { people, away } = openState(each);
    expect(people.map(({ pseudonym }) => pseudonym)).toEqual([order[0], order[2], order[4]]);
    expect(away).toEqual([order[1], order[3], order[5]]);
    expect(each.played.size).toBe(2);
    expect(each.connections).toHaveLength(2);
    for (const { config, candidates } of each.connections) {
      expect(config).toMatchObject({ iceTransportPolicy: "relay", bundlePolicy: "max-bundle" });
      expect(candidates.length).toBeGreaterThan(0);
      for (const candidate of candidates) {
        expect(candidate).toContain("typ relay raddr 0.0.0.0 rport 0");
        expect(candidate).not.toContain("192.168");
      }
    }
  }
});

test("the hour goes its way for all: who leads moves it on, and each hands the turn on", async () => {
  const [ada, ben, cyd] = (await allIn(0, 1, 2)) as [Device, Device, Device];
  expect([ada, ben, cyd].map((each) => openState(each).mayLead)).toEqual([true, false, false]);
  ben.live.moveOn();
  expect(openState(ben).stage.phase).toBe("arrival");
  ada.live.moveOn();
  for (const each of [ada, ben, cyd])
    await eventually(() => openState(each).stage).toMatchObject({
      phase: "opening-round",
      turn: order[0],
    });
  ada.live.handOn();
  await eventually(() => openState(ben).mayHandOn).toBe(true);
  expect(openState(cyd).mayHandOn).toBe(false);
  ben.live.handOn();
  for (const each of [ada, ben, cyd])
    await eventually(() => openState(each).stage.turn).toBe(order[2]);
});

test("who comes late sees how it stands, hands and seconds included", async () => {
  const [ada, ben] = (await allIn(0, 1)) as [Device, Device];
  ada.live.moveOn();
  ada.live.moveOn();
  await ben.live.speak();
  ben.speaks(true, 42);
  ben.live.raiseHand(true);
  const late = device(room.members[5]!);
  late.live.enter();
  await eventually(() => late.live.state().at).toBe("open");
  await eventually(() => openState(late).stage.phase).toBe("topic");
  await eventually(() =>
    openState(late).people.find(({ pseudonym }) => pseudonym === order[1]),
  ).toMatchObject({ seconds: 42, hand: 1, voice: "on", isSpeaking: true });
  expect(openState(late).hands).toEqual([order[1]]);
  await eventually(() => openState(ada).people.length).toBe(3);
  ada.live.giveWord(order[1]!);
  await eventually(() => openState(late).stage.turn).toBe(order[1]);
  // With the word the hand comes down.
  await eventually(() => openState(late).hands).toEqual([]);
});

test("who leaves is gone for all, and where the leader leaves the next leads", async () => {
  const [ada, ben, cyd] = (await allIn(0, 1, 2)) as [Device, Device, Device];
  ada.live.leave();
  expect(ada.live.state().at).toBe("left");
  for (const each of [ben, cyd]) await eventually(() => openState(each).people.length).toBe(2);
  expect(openState(ben).mayLead).toBe(true);
  expect(openState(cyd).mayLead).toBe(false);
});

test("who falls silent is no longer counted as there", async () => {
  const [ada, ben] = (await allIn(0, 1)) as [Device, Device];
  lost = new Set(["/api/nameless/circles/room/signals"]);
  now += 46_000;
  await eventually(() => openState(ada).people.length).toBe(1);
  await eventually(() => openState(ben).people.length).toBe(1);
});

test("after a break all find each other again, and lost ways are looked for anew", async () => {
  const [ada, ben] = (await allIn(0, 1)) as [Device, Device];
  await eventually(() => sounds(ada)).toEqual([null, "connected"]);
  ada.connections[0]!.lose();
  expect(sounds(ada)).toEqual([null, "failed"]);
  await eventually(() => [...sounds(ada), ...sounds(ben)]).toEqual([
    null,
    "connected",
    "connected",
    null,
  ]);
  for (const cut of streams) cut.abort();
  now += 4000;
  ben.live.raiseHand(true);
  await eventually(() => openState(ada).hands).toEqual([order[1]]);
});

test("both call anew at once, and it comes to one way in the end", async () => {
  const [ada, ben] = (await allIn(0, 1)) as [Device, Device];
  await eventually(() => sounds(ben)).toEqual(["connected", null]);
  ada.connections[0]!.restartIce();
  ben.connections[0]!.restartIce();
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const { connections } of [ada, ben]) {
    expect(connections).toHaveLength(1);
    expect(connections[0]!.signalingState).toBe("stable");
    expect(connections[0]!.connectionState).toBe("connected");
  }
});

test("a second device of the same person takes over, and the others see one", async () => {
  const [ada, ben] = (await allIn(0, 1)) as [Device, Device];
  const second = device(room.members[0]!);
  second.live.enter();
  await eventually(() => ada.live.state().at).toBe("elsewhere");
  await eventually(() => second.live.state().at).toBe("open");
  await eventually(() => sounds(ben)).toEqual(["connected", null]);
  expect(openState(ben).people).toHaveLength(2);
});

test("a meeting that closes is counted once in the log, and who was there knows how many came", async () => {
  const made = await allIn(0, 1, 2);
  for (let phase = 0; phase < 4; phase++) made[0]!.live.moveOn();
  await eventually(async () => (await room.log()).meetings).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await room.log()).meetings).toBe(1);
  for (const { kept } of made)
    expect(kept.get(attendedId(room.circle))).toEqual([
      { meeting: 1, start: now / 60_000, came: 3 },
    ]);
  // Coming back afterwards is still the same meeting.
  made[2]!.live.leave();
  const back = device(room.members[2]!, made[2]!.kept);
  back.live.enter();
  await eventually(() => back.live.state().at).toBe("open");
  await eventually(() => openState(back).stage).toMatchObject({
    meeting: 1,
    phase: "closing-round",
  });
});

test("a microphone that isn't given leaves the hour as it is, by text", async () => {
  const no: OpenVoice = () => Promise.resolve(refuse({ type: "NotAllowed" }));
  const ada = device(room.members[0]!, new Map(), no);
  ada.live.enter();
  await eventually(() => ada.live.state().at).toBe("open");
  await ada.live.speak();
  expect(openState(ada)).toMatchObject({ voice: "NotAllowed" });
  expect(openState(ada).people[0]).toMatchObject({ voice: "none" });
});

test("without a relay there are no ways between devices, and all else goes on", async () => {
  const urls = circles.meetings.turnUrls.splice(0);
  Object.assign(circles.deps(), { relay: null });
  const [ada, ben] = (await allIn(0, 1)) as [Device, Device];
  expect(openState(ada).hasRelay).toBe(false);
  await ada.live.speak();
  expect(openState(ada).voice).toBe("none");
  expect(ada.connections).toEqual([]);
  ben.live.raiseHand(true);
  await eventually(() => openState(ada).hands).toEqual([order[1]]);
  expect(urls).toHaveLength(1);
});

test("outside the circle's hour the room is shut", async () => {
  circles.setDay("2026-12-11");
  const ada = device(room.members[0]!);
  ada.live.enter();
  await eventually(() => ada.live.state()).toEqual({ at: "shut", trouble: { type: "NotNow" } });
});
