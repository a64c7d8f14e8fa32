/**
 * The entries of both public logs as they are sent, and what a device keeps of a log. Apart from what checks them, so
 * that a device which has seen all of it already need not fetch the rest.
 */
import * as v from "valibot";
import { bytesField } from "#platform/wire.ts";

export const loggedDecisionSchema = v.strictObject({
  /** Counts up from 1, without a gap. */
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** `2026-Q4` */
  quarter: v.string(),
  kind: v.string(),
  detail: v.string(),
  /** SHA-256 over the hash before and this entry, base64url. */
  hash: v.string(),
});
export type LoggedDecision = v.InferOutput<typeof loggedDecisionSchema>;

/** What a device keeps of a log. */
export interface LogHead {
  readonly sequence: number;
  /** base64url */
  readonly hash: string;
}

const stewardKeysSchema = v.strictObject({
  /** X25519, of the account. */
  hpkeKey: bytesField(32),
  /** Ed25519, of the account; the steward's name in the log. */
  signingKey: bytesField(32),
  /** The second key's signature over the first (`bindingMessage`). */
  binding: bytesField(64),
});
export type StewardKeys = v.InferOutput<typeof stewardKeysSchema>;

const epochKeysSchema = v.strictObject({ hpkeKey: bytesField(32), signingKey: bytesField(32) });
export type EpochKeys = v.InferOutput<typeof epochKeysSchema>;

export const MOST_STEWARDS = 50;

export const stewardLogEntrySchema = v.strictObject({
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  kind: v.picklist(["founding", "epoch", "admission"]),
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  /** The epoch's public halves; null in an admission, which makes none. */
  epochKeys: v.nullable(epochKeysSchema),
  /** Of a founding the founder, of an epoch all its stewards, of an admission the new one. */
  stewards: v.pipe(v.array(stewardKeysSchema), v.minLength(1), v.maxLength(MOST_STEWARDS)),
  /** The signing key of the steward who made the entry. */
  signer: bytesField(32),
  signature: bytesField(64),
});
export type StewardLogEntry = v.InferOutput<typeof stewardLogEntrySchema>;
