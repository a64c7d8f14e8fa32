/**
 * What a steward's browser knows of the stewards' key before it does anything with it: the log, checked from its
 * first entry against the head that this account kept, the stewards, and what this account can open.
 */
import { base64urlToBytes, concatBytes } from "#platform/bytes.ts";
import type { AnswerOf, WireRefusal } from "#platform/contract.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { safetyWords } from "#vault/safety-words.ts";
import type { Safe } from "#vault/web/safe.ts";
import { extendStewardLog, readStewardKeys } from "../steward-keys-contract.ts";
import { epochKeysIn, type StewardLogState } from "../steward-log.ts";
import type { EpochKeys, StewardKeys, StewardLogEntry } from "../log-entry.ts";
import { readKeyLog } from "./logs.ts";
import { openEpochWrap, ownStewardKeys, type EpochSecret, type Extension } from "./steward-key.ts";

export interface KeyRoom {
  readonly safe: Safe;
  readonly entries: readonly StewardLogEntry[];
  readonly log: StewardLogState | null;
  readonly own: StewardKeys;
  readonly stewards: AnswerOf<typeof readStewardKeys>["stewards"];
  readonly wraps: AnswerOf<typeof readStewardKeys>["wraps"];
}

/** `LogWrong`: an entry is not signed, not allowed, or missing. `OtherKeys`: not those of this account's safe. */
export type KeyRoomRefusal = WireRefusal | { readonly type: "LogWrong" | "HeadLost" | "OtherKeys" };

export async function readKeyRoom(safe: Safe): Promise<Result<KeyRoom, KeyRoomRefusal>> {
  const [told, logged] = await Promise.all([call(readStewardKeys, {}), readKeyLog(safe)]);
  if (!told.ok) return told;
  if (logged.at === "unread") return refuse(logged.refusal);
  if (logged.at !== "good") return refuse({ type: logged.at === "lost" ? "HeadLost" : "LogWrong" });
  const { stewards, wraps } = told.value;
  const { entries, state } = logged.content;
  const own = await ownStewardKeys(safe.open);
  const shown = stewards.find(({ account }) => account === safe.account);
  if (shown?.hpkeKey !== own.hpkeKey || shown.signingKey !== own.signingKey)
    return refuse({ type: "OtherKeys" });
  return ok({ safe, entries, log: state, own, stewards, wraps });
}

export interface OpenEpoch {
  readonly epoch: number;
  readonly keys: EpochKeys;
  readonly secret: EpochSecret;
}

/** Null where this account has no wrap of that epoch's key, or none that holds what the log shows. */
export async function openEpoch(room: KeyRoom, epoch: number): Promise<OpenEpoch | null> {
  const wrap = room.wraps.find((each) => each.epoch === epoch);
  const keys = epochKeysIn(room.entries, epoch);
  if (wrap === undefined || keys === null) return null;
  const secret = await openEpochWrap(room.safe.open, epoch, keys, wrap.sealed);
  return secret && { epoch, keys, secret };
}

/** Null when it stands in the log. */
export async function extendLog(extension: Extension): Promise<WireRefusal | null> {
  const extended = await call(extendStewardLog, { body: extension });
  return extended.ok ? null : extended.refusal;
}

/** Twelve words, the same in both browsers while the server shows each the other's true keys. */
export const wordsBetween = (
  one: Pick<StewardKeys, "hpkeKey" | "signingKey">,
  other: Pick<StewardKeys, "hpkeKey" | "signingKey">,
): readonly string[] => safetyWords(bothKeys(one), bothKeys(other));

const bothKeys = (keys: Pick<StewardKeys, "hpkeKey" | "signingKey">) =>
  concatBytes(base64urlToBytes(keys.hpkeKey)!, base64urlToBytes(keys.signingKey)!);
