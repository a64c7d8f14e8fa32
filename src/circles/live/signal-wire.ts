/** What a live signal shows to the server: exact sizes, and one spelling for each value. */
import * as v from "valibot";
import { base64urlToBytes } from "#platform/bytes.ts";
import { bytesField, minuteField } from "#platform/wire.ts";
import { epochField, pseudonymField } from "../room/wire.ts";

/** Plain sizes. The largest holds a description, and still fits what one node may tell another (8,000 bytes). */
export const SIGNAL_SIZES = [512, 1024, 4096] as const;
const AEAD_TAG_BYTES = 16;
const LENGTHS: readonly number[] = SIGNAL_SIZES.map((size) => size + AEAD_TAG_BYTES);

/** One stay of one device in one session: fresh chance each time, so that nothing said to an earlier one counts. */
export const runField = bytesField(16);

export const sealedSignalSchema = v.strictObject({
  epoch: epochField,
  /** The minute at which the meeting starts. */
  start: minuteField,
  sender: pseudonymField,
  run: runField,
  /** From 1, one more with each signal of that run. */
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  sealed: v.pipe(
    v.string(),
    v.maxLength(Math.ceil((LENGTHS.at(-1)! * 4) / 3)),
    v.check((text) => LENGTHS.includes(base64urlToBytes(text)?.length ?? 0), "bytes"),
  ),
  signature: bytesField(64),
});
export type SealedSignal = v.InferOutput<typeof sealedSignalSchema>;
