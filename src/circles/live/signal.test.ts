import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import {
  add,
  CIRCLE,
  digest,
  doctors,
  entryBy,
  formedRoom,
  rotate,
  type Room,
} from "../../../tests/circle-room.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import { encodeSignal, parseSignal, type HowItStands, type Signal } from "./signal-content.ts";
import { makeSignalGate } from "./signal-gate.ts";
import { openSignal, sealSignal, type SignalPlace } from "./signal.ts";
import { sealedSignalSchema, SIGNAL_SIZES, type SealedSignal } from "./signal-wire.ts";
import * as v from "valibot";

const START = 29_900_000;
const [ada, ben, cyd, ...others] = doctors(6);
const runOf = (name: string) => bytesToBase64url(digest(name).slice(0, 16));
const how = { hand: null, voice: "on", isSpeaking: false, seconds: 0, face: false } as const;
const stage: HowItStands = {
  revision: 0,
  meeting: 1,
  phase: "arrival",
  elapsed: 0,
  turn: null,
  heard: [],
};
const welcome = (to: string): Signal => ({ kind: "welcome", to: runOf(to), how, stage });

let room: Room;
let key: Uint8Array;
beforeAll(async () => {
  room = formedRoom([ada!, ben!, cyd!, ...others]);
  key = (await rotate(room, ada!)).key;
});

const placed = (part: Partial<SignalPlace> = {}): SignalPlace => ({
  epoch: 1,
  start: START,
  run: runOf("ada"),
  count: 1,
  ...part,
});

function sealed(signal: Signal, part: Partial<SignalPlace> = {}, by = ada!): SealedSignal {
  const made = sealSignal(CIRCLE, placed(part), by.keys, key, signal);
  if (!made.ok) throw new Error(made.refusal.type);
  return made.value;
}
const opened = (signal: SealedSignal, start = START) => openSignal(room.log, start, key, signal);

// What is sealed --------------------------------------------------------------------------------------

test("whoever has the epoch's key reads what a member said, and nothing of it stands in the open", () => {
  const about = { to: runOf("ben"), way: 0, type: "offer" } as const;
  const said = { kind: "describe", ...about, sdp: "v=0 canary" } as const;
  const signal = sealed(said);
  expect(opened(signal)).toEqual({ ok: true, value: said });
  expect(v.is(sealedSignalSchema, signal)).toBe(true);
  expect(JSON.stringify(signal)).not.toContain(runOf("ben"));
  expect(JSON.stringify(signal)).not.toContain("canary");
});

test("three sizes are all that a signal shows, and the largest fits what one node tells another", () => {
  const about = { to: runOf("b"), way: 1, type: "offer" } as const;
  const sizes = [0, 300, 700, 3900].map((length) => {
    const said = { kind: "describe", ...about, sdp: "x".repeat(length) };
    return Buffer.from(sealed(said as Signal).sealed, "base64url").length - 16;
  });
  expect(new Set(sizes)).toEqual(new Set(SIGNAL_SIZES));
  const longest = { kind: "describe", ...about, sdp: "x".repeat(4000) };
  expect(encodeSignal({ ...longest, sdp: "\n".repeat(4000) } as Signal)).toBeNull();
});

test("another key, meeting, circle, place or sender opens nothing", async () => {
  const signal = sealed({ kind: "here" });
  expect(opened(signal, START + 60).ok).toBe(false);
  expect(openSignal(room.log, START, digest("other"), signal).ok).toBe(false);
  const elsewhere = formedRoom([ada!, ben!, cyd!, ...others]);
  await rotate(elsewhere, ada!);
  const log = { ...elsewhere.log, circle: "6b0e2a0e-3c1f-4d7a-9a52-0d6f6f1c2b3a" };
  expect(openSignal(log, START, key, signal).ok).toBe(false);
  for (const altered of [
    { count: 2 },
    { run: runOf("other") },
    { start: START + 1 },
    { sender: ben!.keys.pseudonym },
    { signature: sealed({ kind: "gone" }).signature },
  ])
    expect(opened({ ...signal, ...altered }).ok).toBe(false);
});

test("who has the key and isn't a member, or speaks under an epoch that is over, is not heard", async () => {
  const signal = sealed({ kind: "here" }, {}, cyd!);
  expect(opened(signal).ok).toBe(true);
  const later: Room = { ...room, entries: [...room.entries], before: [...room.before] };
  add(later, entryBy(later, cyd!, { kind: "left" }));
  expect(openSignal(later.log, START, key, signal)).toMatchObject({
    refusal: { type: "NotNow" },
  });
  const next = await rotate(later, ada!);
  expect(openSignal(later.log, START, key, sealed({ kind: "here" }))).toMatchObject({
    refusal: { type: "NotNow" },
  });
  const made = sealSignal(CIRCLE, placed({ epoch: 2 }), ada!.keys, next.key, { kind: "here" });
  expect(made.ok && openSignal(later.log, START, next.key, made.value).ok).toBe(true);
  const ghost = sealSignal(CIRCLE, placed({ epoch: 2 }), cyd!.keys, next.key, { kind: "here" });
  expect(ghost.ok && openSignal(later.log, START, next.key, ghost.value).ok).toBe(false);
});

test("what isn't exactly a signal is none", () => {
  const whole = encodeSignal(welcome("ben"))!;
  expect(parseSignal(whole)).toEqual(welcome("ben"));
  for (let length = 0; length < 300; length++)
    expect(parseSignal(whole.slice(0, length))).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(parseSignal(bytes)).toBeNull();
    }),
  );
  const added = whole.slice();
  added[added.length - 1] = 1;
  expect(parseSignal(added)).toBeNull();
});

// What counts -----------------------------------------------------------------------------------------

const me = ada!.keys.pseudonym;
const from = (count: number, run = "ben", member = ben!) => ({
  sender: member.keys.pseudonym,
  run: runOf(run),
  count,
});
const said: Signal = { kind: "how", how, stage };

test("nobody is heard before they have named this device's run", () => {
  const gate = makeSignalGate(me, runOf("me"));
  expect(gate.pass(from(1), { kind: "here" })).toEqual({ is: "asking" });
  expect(gate.pass(from(2), said)).toEqual({ is: "nothing" });
  expect(gate.pass(from(3), welcome("another"))).toEqual({ is: "nothing" });
  expect(gate.runOf(ben!.keys.pseudonym)).toBeNull();
  expect(gate.pass(from(4), welcome("me"))).toEqual({ is: "arrived", isBack: false });
  expect(gate.pass(from(5), said)).toEqual({ is: "heard", hasMissed: false });
});

test("what comes twice, or late, counts once; what was lost on the way is noticed", () => {
  const gate = makeSignalGate(me, runOf("me"));
  gate.pass(from(2), welcome("me"));
  expect(gate.pass(from(2), welcome("me"))).toEqual({ is: "nothing" });
  expect(gate.pass(from(1), { kind: "here" })).toEqual({ is: "nothing" });
  // Meant for somebody else, and so no gap.
  expect(gate.pass(from(3), welcome("cyd"))).toEqual({ is: "nothing" });
  expect(gate.pass(from(4), said)).toEqual({ is: "heard", hasMissed: false });
  expect(gate.pass(from(6), said)).toEqual({ is: "heard", hasMissed: true });
  expect(gate.pass(from(5), said)).toEqual({ is: "nothing" });
});

test("a whole session played again to a device that comes in anew changes nothing", () => {
  const recorded: [ReturnType<typeof from>, Signal][] = [
    [from(1), { kind: "here" }],
    [from(2), welcome("me")],
    [from(3), said],
    [from(4), { kind: "candidate", to: runOf("me"), way: 0, candidate: "", mid: "0" }],
  ];
  const first = makeSignalGate(me, runOf("me"));
  expect(recorded.map((each) => first.pass(...each).is)).toEqual([
    "asking",
    "arrived",
    "heard",
    "heard",
  ]);
  const anew = makeSignalGate(me, runOf("me again"));
  expect(recorded.map((each) => anew.pass(...each).is)).toEqual([
    "asking",
    "nothing",
    "nothing",
    "nothing",
  ]);
  expect(anew.runOf(ben!.keys.pseudonym)).toBeNull();
});

test("a device that came in anew takes the place of the earlier one, which never counts again", () => {
  const gate = makeSignalGate(me, runOf("me"));
  gate.pass(from(2), welcome("me"));
  expect(gate.pass(from(2, "ben 2"), welcome("me"))).toEqual({ is: "arrived", isBack: false });
  expect(gate.pass(from(9), said)).toEqual({ is: "nothing" });
  expect(gate.pass(from(10), welcome("me"))).toEqual({ is: "nothing" });
  expect(gate.pass(from(3, "ben 2"), { kind: "gone" })).toEqual({ is: "heard", hasMissed: false });
  expect(gate.runOf(ben!.keys.pseudonym)).toBeNull();
  expect(gate.pass(from(4, "ben 2"), welcome("me"))).toEqual({ is: "nothing" });
});

test("another device of one's own asks, and is told apart from the others", () => {
  const gate = makeSignalGate(me, runOf("me"));
  expect(gate.pass(from(1, "me", ada), { kind: "here" })).toEqual({ is: "nothing" });
  expect(gate.pass(from(1, "mine", ada), { kind: "here" })).toEqual({ is: "asking" });
  expect(gate.pass(from(2, "mine", ada), welcome("me"))).toEqual({ is: "elsewhere" });
  expect(gate.pass(from(3, "mine", ada), said)).toEqual({ is: "nothing" });
});

test("in whatever order signals come, and however often, none counts twice", () => {
  const order = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom("a", "b")), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(order, (signals) => {
      const gate = makeSignalGate(me, runOf("me"));
      const counted = new Set<string>();
      for (const [count, run] of signals) {
        const signal = count % 4 === 0 ? welcome("me") : said;
        const { is } = gate.pass(from(count, run), signal);
        if (is !== "heard" && is !== "arrived") continue;
        expect(counted.has(`${run} ${count}`)).toBe(false);
        counted.add(`${run} ${count}`);
      }
    }),
  );
});
