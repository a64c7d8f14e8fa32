/**
 * A circle at its hour, on a real server, with devices of its members that have everything but a browser: connections,
 * microphones and cameras are stood in for.
 */
import { randomBytes } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { hpke } from "#circles/room/web/hpke.ts";
import type { Signal } from "#circles/live/signal-content.ts";
import type { CircleKeeping } from "#circles/web/keeping.ts";
import type { OpenCamera } from "#circles/web/live-camera.ts";
import { makeLive } from "#circles/web/live-engine.ts";
import { makeLiveLine } from "#circles/web/live-line.ts";
import type { Live, OpenLive } from "#circles/web/live-state.ts";
import type { OpenVoice } from "#circles/web/live-voice.ts";
import { makeRoomLog } from "#circles/web/room-log.ts";
import { makeUpkeep } from "#circles/web/room-upkeep.ts";
import { makeVisit } from "#circles/web/visit.ts";
import { ok, refuse } from "#platform/result.ts";
import { withCircles, type Doctor, type TestCircles } from "./circles.ts";
import { FakeConnection } from "./fake-connection.ts";
import { community } from "./pass-issuer.ts";
import { seatCircle, type SeatedCircle } from "./seated-circle.ts";

export interface Device {
  readonly live: Live;
  readonly connections: FakeConnection[];
  readonly kept: Map<string, unknown>;
  readonly played: Set<string>;
  speaks: (isSpeaking: boolean, seconds: number) => void;
  /** How often the camera was asked for, and whether it is on. */
  readonly camera: { asked: number; isOn: boolean; answers: "yes" | "NotAllowed" };
  /** What a program of somebody's own has to hand. */
  readonly line: () => ReturnType<typeof makeLiveLine>;
  readonly heard: [string, Signal][];
}

export interface LiveHour {
  readonly circles: TestCircles;
  readonly room: () => SeatedCircle;
  /** Pseudonyms by seat. */
  readonly order: () => readonly string[];
  /** Of the devices; the server's stands at ten. */
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** Requests to that path don't get through any more. */
  readonly lose: (path: string) => void;
  /** They do again. */
  readonly find: (path: string) => void;
  readonly cutStreams: () => void;
  readonly device: (seat: number, kept?: Map<string, unknown>, openVoice?: OpenVoice) => Device;
  /** Devices of those at these seats, all in the room. */
  readonly allIn: (...seats: readonly number[]) => Promise<Device[]>;
}

export const openState = ({ live }: Pick<Device, "live">): OpenLive => {
  const state = live.state();
  if (state.at !== "open") throw new Error(state.at);
  return state;
};

const PATIENCE = { timeout: 25_000 };

/** Call at the top of a test file. */
export function withLiveHour(): LiveHour {
  vi.setConfig({ testTimeout: 90_000 });
  const circles = withCircles();
  const outside = fetch;
  const streams = new Set<AbortController>();
  const devices: Device[] = [];
  const lost = new Set<string>();
  let room: SeatedCircle;
  let now = 0;
  let weeks = 0;
  let ending = new AbortController();

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
    const codecs = [
      { mimeType: "video/VP8" },
      { mimeType: "video/rtx" },
      { mimeType: "video/AV1" },
    ];
    vi.stubGlobal("RTCRtpReceiver", { getCapabilities: () => ({ codecs }) });
    circles.meetings.hours = { zone: "UTC", times: ["10:00", "10:00", "20:00"] };
  });

  /** Limits count by the minute on the server's still clock, so every test has a day, and a circle, of its own. */
  beforeEach(async () => {
    const day = Temporal.PlainDate.from("2026-12-08")
      .add({ weeks: weeks % 3 })
      .toString();
    weeks += 1;
    circles.setDay(day);
    now = Date.parse(`${day}T10:00Z`);
    room = await seatCircle(circles, 6);
    expect(await room.rotate(0)).toMatchObject({ status: 200 });
  });

  afterEach(() => {
    for (const { live } of devices.splice(0)) live.leave();
    ending.abort();
    ending = new AbortController();
    streams.clear();
    lost.clear();
  });

  function deviceOf(doctor: Doctor, kept: Map<string, unknown>, openVoice?: OpenVoice): Device {
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
    const openCamera: OpenCamera = () => {
      const { camera } = made;
      camera.asked += 1;
      if (camera.answers !== "yes") return Promise.resolve(refuse({ type: camera.answers }));
      camera.isOn = true;
      const track = { face: doctor.keys.pseudonym } as unknown as MediaStreamTrack;
      return Promise.resolve(ok({ track, close: () => void (camera.isOn = false) }));
    };
    const made: Device = {
      connections: [],
      kept,
      played: new Set(),
      camera: { asked: 0, isOn: false, answers: "yes" },
      heard: [],
      line: () =>
        makeLiveLine({
          ...parts,
          start: now / 60_000,
          roomLog,
          wait: async (ms) => void (await wait(ms)),
          signal: ending.signal,
          onPassed: ({ run }, said) => void made.heard.push([run, said]),
          onLine: () => undefined,
          onLog: () => undefined,
          onTrouble: () => undefined,
        }),
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
        openCamera,
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

  const device: LiveHour["device"] = (seat, kept = new Map(), openVoice) =>
    deviceOf(room.members[seat]!, kept, openVoice);

  return {
    circles,
    room: () => room,
    order: () => room.members.map(({ keys }) => keys.pseudonym),
    now: () => now,
    pass: (ms) => void (now += ms),
    lose: (path) => void lost.add(path),
    find: (path) => void lost.delete(path),
    cutStreams: () => {
      for (const cut of streams) cut.abort();
    },
    device,
    allIn: async (...seats) => {
      const made = seats.map((seat) => device(seat));
      for (const { live } of made) live.enter();
      for (const each of made) {
        await expect.poll(() => each.live.state().at, PATIENCE).toBe("open");
        await expect.poll(() => openState(each).people.length, PATIENCE).toBe(seats.length);
      }
      return made;
    },
  };
}
