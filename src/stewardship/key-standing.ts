/**
 * Where each steward stands with the stewards' key, and what is to be done about it. The log decides who holds
 * it, never the server's word; whose keys are whose is the server's word, until two people compare them.
 */
import { isBound, type StewardLogState } from "./steward-log.ts";
import type { StewardKeys } from "./log-entry.ts";

/** A steward as the server tells of them. */
export interface StewardShown {
  readonly account: string;
  readonly name: string;
  /** base64url, as in the log */
  readonly hpkeKey: string;
  readonly signingKey: string;
  /** Null until that steward has opened the page of the key once. */
  readonly binding: string | null;
}

/** `asks`: has offered keys, and can be admitted. `away`: has not yet opened the page. */
export type StewardPlace = "holds" | "asks" | "away";

export function stewardPlace(log: StewardLogState | null, steward: StewardShown): StewardPlace {
  if (log?.stewards.some((keys) => isOf(keys, steward))) return "holds";
  return offeredKeys(steward) === null ? "away" : "asks";
}

/** What a steward could stand in the log with; null while there is nothing that they signed themselves. */
export function offeredKeys({ hpkeKey, signingKey, binding }: StewardShown): StewardKeys | null {
  if (binding === null) return null;
  const keys = { hpkeKey, signingKey, binding };
  return isBound(keys) ? keys : null;
}

/** `found`: nobody who is a steward holds it. `renew`: somebody holds it who is a steward no more. */
export type KeyDuty = "found" | "renew" | "wait" | "none";

/** Of the steward `own`, who has not to do what only a holder can: they wait to be admitted. */
export function keyDuty(
  log: StewardLogState | null,
  stewards: readonly StewardShown[],
  own: string,
): KeyDuty {
  const holders = stewards.filter((each) => stewardPlace(log, each) === "holds");
  if (log === null || holders.length === 0) return "found";
  if (!holders.some(({ account }) => account === own)) return "wait";
  return holders.length < log.stewards.length ? "renew" : "none";
}

/** For whom the next epoch's key is made: of the log, with the keys it shows, and a steward still. */
export function stayingStewards(
  log: StewardLogState,
  stewards: readonly StewardShown[],
): readonly { readonly account: string; readonly keys: StewardKeys }[] {
  return log.stewards.flatMap((keys) => {
    const steward = stewards.find((each) => isOf(keys, each));
    return steward === undefined ? [] : [{ account: steward.account, keys }];
  });
}

const isOf = (keys: StewardKeys, { hpkeKey, signingKey }: StewardShown): boolean =>
  keys.hpkeKey === hpkeKey && keys.signingKey === signingKey;
