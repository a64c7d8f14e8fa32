/**
 * What devices in a live session tell each other: that somebody is here, how they are, how the session stands, and how
 * their voices find each other. Small, of one of three sizes once sealed, and kept nowhere.
 *
 *     struct { uint32 length; opaque json[length]; opaque zeros[size - 4 - length]; } Plain;
 */
import * as v from "valibot";
import { SCRIPT_PHASES } from "#library/circle-script.ts";
import { bytesToUtf8, concatBytes, utf8ToBytes, type Bytes } from "#platform/bytes.ts";
import { MOST_MEMBERS, pseudonymField } from "../room/wire.ts";
import { runField, SIGNAL_SIZES } from "./signal-wire.ts";

const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const DAY_SECONDS = 86_400;

const howSomebodyIs = v.strictObject({
  /** Counts the hands that were raised since the start, so that all devices see them in one order. Null: down. */
  hand: v.nullable(whole(100_000)),
  /** `none`: takes part by text. */
  voice: v.picklist(["on", "muted", "none"]),
  isSpeaking: v.boolean(),
  /** Spoken so far. */
  seconds: whole(DAY_SECONDS),
  /** Would show their face, if everybody does. */
  face: v.boolean(),
});
export type HowSomebodyIs = v.InferOutput<typeof howSomebodyIs>;

const howItStands = v.strictObject({
  revision: whole(100_000),
  meeting: whole(10_000),
  phase: v.picklist([...SCRIPT_PHASES, "over"]),
  /** Since the phase began: clocks of devices differ. */
  elapsed: whole(DAY_SECONDS),
  turn: v.nullable(pseudonymField),
  heard: v.pipe(v.array(pseudonymField), v.maxLength(MOST_MEMBERS)),
});
export type HowItStands = v.InferOutput<typeof howItStands>;

/** 0 is the voices'. From 1 on, each way for pictures is a new one, counted by whoever opens it. */
const way = whole(100_000);

/** `to` is the run of the one device that is meant; all others pass it over. */
const signalSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("here") }),
  v.strictObject({
    kind: v.literal("welcome"),
    to: runField,
    how: howSomebodyIs,
    stage: howItStands,
  }),
  v.strictObject({ kind: v.literal("how"), how: howSomebodyIs, stage: howItStands }),
  v.strictObject({
    kind: v.literal("describe"),
    to: runField,
    way,
    type: v.picklist(["offer", "answer"]),
    sdp: v.pipe(v.string(), v.maxLength(4000)),
  }),
  v.strictObject({
    kind: v.literal("candidate"),
    to: runField,
    way,
    candidate: v.pipe(v.string(), v.maxLength(400)),
    mid: v.pipe(v.string(), v.maxLength(16)),
  }),
  /** All agree here too, and no way for pictures has come: to whoever opens it. */
  v.strictObject({ kind: v.literal("ready"), to: runField }),
  v.strictObject({ kind: v.literal("gone") }),
]);
export type Signal = v.InferOutput<typeof signalSchema>;
export type SignalTo = Extract<Signal, { to: string }>;

/** Null where it fits no size: a description that is longer than any browser's. */
export function encodeSignal(signal: Signal): Bytes | null {
  const json = utf8ToBytes(JSON.stringify(signal));
  const size = SIGNAL_SIZES.find((each) => 4 + json.length <= each);
  if (size === undefined) return null;
  const plain = new Uint8Array(size);
  new DataView(plain.buffer).setUint32(0, json.length);
  plain.set(json, 4);
  return plain;
}

/** Null for whatever isn't exactly one. */
export function parseSignal(plain: Uint8Array): Signal | null {
  if (!SIGNAL_SIZES.some((size) => size === plain.length)) return null;
  const bytes = concatBytes(plain);
  const length = new DataView(bytes.buffer).getUint32(0);
  if (4 + length > bytes.length || bytes.subarray(4 + length).some((byte) => byte !== 0))
    return null;
  try {
    const json: unknown = JSON.parse(bytesToUtf8(bytes.subarray(4, 4 + length)));
    const parsed = v.safeParse(signalSchema, json);
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
