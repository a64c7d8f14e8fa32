/**
 * Badges of the sample community. They count today, and so were issued in a month when the house wasn't there: the
 * key of that month is made and logged now, on both sides, after those that are there. Only invented people hold
 * badges of it, since its issuing is over before anybody comes.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Transaction } from "kysely";
import { memberKeys, type MemberKeys } from "#circles/room/member-keys.ts";
import type { WireSeat } from "#circles/room/wire.ts";
import type { CurrentLog } from "#pass/server/nameless-origin.ts";
import { blindedMessage, finishedPass } from "#pass/client.ts";
import { countedBy, issuingPeriod, type Day, type Period } from "#pass/period.ts";
import { tellKeys } from "#pass/server/issue-keys.ts";
import { canSign, mayHoldPasses, type SigningKey } from "#pass/server/issue-policy.ts";
import type { IssuingDeps } from "#pass/server/issue-routes.ts";
import { makeKeysAtHand } from "#pass/server/issue-signing.ts";
import {
  issuerKeys,
  keepIssued,
  keepIssuerKey,
  logKeysIssuingBy,
  takeKeyTurn,
} from "#pass/server/issue-store.ts";
import type { IssuingTables } from "#pass/server/issue-tables.ts";
import { makeIssuerKey } from "#pass/server/issuer-key.ts";
import type { NamelessKeys } from "#pass/server/nameless-keys.ts";
import { bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { SampleSafe } from "./sample-steward-key.ts";
import { ownWalletSecret } from "#vault/own-keys.ts";

interface Deps {
  readonly issuing: Pick<IssuingDeps, "db" | "sealKey" | "community">;
  readonly namelessKeys: NamelessKeys;
  readonly currentLog: CurrentLog;
}

/** Somebody with a badge, as their devices have it. */
export interface BadgeHolder {
  readonly keys: MemberKeys;
  readonly badge: Bytes;
  readonly seat: WireSeat;
  /** SHA-256 of what its issuer was asked. */
  readonly request: Bytes;
}

export type MakeBadge = (walletSecret: Bytes, period: Period) => BadgeHolder;

/** Badges of it were issued in the month before, and begin something on that day. */
export function periodBeginningOn(day: Day): Period {
  const before = Temporal.PlainDate.from(day).subtract({ months: 1 });
  return issuingPeriod("circle-badge", before.toString());
}

export async function openSampleIssuer(
  { issuing, namelessKeys, currentLog }: Deps,
  periods: readonly Period[],
  today: Day,
): Promise<MakeBadge> {
  const { db, sealKey, community } = issuing;
  const keys = await db.transaction().execute(async (within) => {
    await takeKeyTurn(within);
    const there = await issuerKeys(within);
    // There already where the sample is loaded into a house that has stood empty for a month.
    const isThere = (period: Period) => there.some((key) => isOf(period, key));
    const lacking = new Map(
      periods.filter((period) => !isThere(period)).map((period) => [period.name, period]),
    );
    for (const period of lacking.values())
      await keepIssuerKey(within, { ...(await makeIssuerKey(sealKey, period)), period });
    await logKeysIssuingBy(within, today);
    return issuerKeys(within);
  });
  await tellKeys(db, namelessKeys);
  const { log } = await currentLog();
  const atHand = makeKeysAtHand(sealKey);

  return (walletSecret, period) => {
    const key = log.keys.find((each) => isOf(period, each));
    const signing = keys.find((each): each is SigningKey => canSign(each) && isOf(period, each));
    if (!key || !signing) throw new Error("The sample's badges have no key");
    const wanted = { walletSecret, community, key, number: 0 };
    const blinded = blindedMessage(wanted);
    const signed = blinded.ok ? atHand(signing).sign([blinded.value]) : blinded;
    const finished = signed.ok ? finishedPass(wanted, signed.value[0]!) : signed;
    if (!blinded.ok || !finished.ok) throw new Error("A badge of the sample could not be made");
    const own = memberKeys(walletSecret, { period, number: 0 });
    return {
      keys: own,
      badge: finished.value,
      seat: {
        badge: bytesToBase64url(finished.value),
        hpkeKey: bytesToBase64url(own.hpke.publicKey),
        binding: bytesToBase64url(own.binding),
      },
      request: concatBytes(sha256(blinded.value)),
    };
  };
}

/**
 * As if the member's device had fetched it when it was issued: at a sign-in it asks again, in the same words, and has
 * it. Null for whoever is not verified.
 */
export async function issueTo(
  everything: Transaction<never>,
  makeBadge: MakeBadge,
  { account, vaultKey }: SampleSafe,
  period: Period,
): Promise<BadgeHolder | null> {
  const within = everything as unknown as Transaction<IssuingTables>;
  if (!(await mayHoldPasses(within, account))) return null;
  const holder = makeBadge(ownWalletSecret(vaultKey), period);
  const { purpose, name } = period;
  const { request } = holder;
  await keepIssued(within, account, [
    { purpose, period: name, countedBy: countedBy(period), slot: 0, request },
  ]);
  return holder;
}

const isOf = (period: Period, key: { readonly period: Period }): boolean =>
  key.period.purpose === period.purpose && key.period.name === period.name;
