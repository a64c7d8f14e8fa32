/** Issuing's SQL. No row tells when anything happened. */
import { sql, type Kysely, type Transaction } from "kysely";
import { concatBytes, type Bytes } from "#platform/bytes.ts";
import type { Community } from "../challenge.ts";
import type { Issued } from "../due.ts";
import type { Day, Period } from "../period.ts";
import type { Purpose } from "../purpose.ts";
import type { IssuingTables } from "./issue-tables.ts";
import { ADVISORY_LOCKS } from "#platform/server/advisory-locks.ts";

export type IssuingDb = Kysely<IssuingTables>;
export type IssuingWithin = IssuingDb | Transaction<IssuingTables>;

// The community's names -----------------------------------------------------------------------------

/** Those given, or those that were fixed before. */
export async function keepCommunityNames(db: IssuingWithin, fresh: Community): Promise<Community> {
  await db
    .insertInto("pass.community")
    .values({ issuer_name: fresh.issuerName, origin_info: fresh.originInfo })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom("pass.community")
    .select(["issuer_name", "origin_info"])
    .executeTakeFirstOrThrow();
  return { issuerName: row.issuer_name, originInfo: row.origin_info };
}

// Keys ----------------------------------------------------------------------------------------------

export interface IssuerKeyRow {
  readonly period: Period;
  readonly spki: Bytes;
  /** Null once it was destroyed. */
  readonly sealed: Bytes | null;
  /** In the log, from 0; null until it is in it. */
  readonly position: number | null;
  readonly closed: boolean;
}

/** One node at a time makes and logs keys, until the transaction ends. */
export async function takeKeyTurn(within: IssuingWithin): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.issuerKeys})`.execute(within);
}

/** In the order of the log; those that aren't in it yet come last. */
export async function issuerKeys(db: IssuingWithin): Promise<IssuerKeyRow[]> {
  const rows = await db
    .selectFrom("pass.issuer_key")
    .selectAll()
    .orderBy("position", (order) => order.asc().nullsLast())
    .execute();
  return rows.map((row) => ({
    period: {
      purpose: row.purpose as Purpose,
      name: row.name,
      issuedFrom: row.issued_from,
      issuedUntil: row.issued_until,
      beginsFrom: row.begins_from,
      beginsUntil: row.begins_until,
      endsOn: row.ends_on,
    },
    spki: concatBytes(row.spki),
    sealed: row.sealed && concatBytes(row.sealed),
    position: row.position,
    closed: row.closed,
  }));
}

export async function logLength(db: IssuingWithin): Promise<number> {
  const row = await db
    .selectFrom("pass.issuer_key")
    .select((e) => e.fn.count<number>("position").as("logged"))
    .executeTakeFirstOrThrow();
  return row.logged;
}

export async function keepIssuerKey(
  within: IssuingWithin,
  { period, spki, sealed }: { period: Period; spki: Bytes; sealed: Bytes },
): Promise<void> {
  await within
    .insertInto("pass.issuer_key")
    .values({
      purpose: period.purpose,
      name: period.name,
      issued_from: period.issuedFrom,
      issued_until: period.issuedUntil,
      begins_from: period.beginsFrom,
      begins_until: period.beginsUntil,
      ends_on: period.endsOn,
      spki: Buffer.from(spki),
      sealed: Buffer.from(sealed),
    })
    .execute();
}

/**
 * In an order that a restored backup would give them again. A key that was closed before it was in the log stays
 * out of it: the nameless side, which never saw it, would take it for a good one.
 */
export async function logKeysIssuingBy(within: IssuingWithin, day: Day): Promise<void> {
  await sql`
    update pass.issuer_key k
    set position = (select coalesce(max(position) + 1, 0) from pass.issuer_key) + next.nth
    from (
      select purpose, name, row_number() over (order by issued_from, purpose, name) - 1 as nth
      from pass.issuer_key where position is null and not closed and issued_from <= ${day}
    ) next
    where (k.purpose, k.name) = (next.purpose, next.name)`.execute(within);
}

/** Private halves, and what was issued with them: nothing of it is good for anything any more. */
export async function forgetEnded(within: IssuingWithin, today: Day): Promise<void> {
  await within
    .updateTable("pass.issuer_key")
    .set({ sealed: null })
    .where("ends_on", "<", today)
    .where("sealed", "is not", null)
    .execute();
  await sql`
    delete from pass.issued i using pass.issuer_key k
    where (k.purpose, k.name) = (i.purpose, i.period) and k.ends_on < ${today}`.execute(within);
}

export interface HoldersRow {
  readonly purpose: Purpose;
  readonly name: string;
  readonly holders: number;
}

/** Of every logged key that issues or counts. What a closed one had issued is not known any more. */
export async function countHolders(db: IssuingDb, today: Day): Promise<HoldersRow[]> {
  const rows = await db
    .selectFrom("pass.issuer_key as k")
    .leftJoin("pass.issued as i", (join) =>
      join.onRef("i.purpose", "=", "k.purpose").onRef("i.period", "=", "k.name"),
    )
    .select((e) => [
      "k.purpose",
      "k.name",
      e.fn.count<number>("i.account").distinct().as("holders"),
    ])
    .where("k.position", "is not", null)
    .where("k.closed", "=", false)
    .where("k.issued_from", "<=", today)
    .where("k.ends_on", ">=", today)
    .groupBy(["k.purpose", "k.name", "k.position"])
    .orderBy("k.position")
    .execute();
  return rows.map((row) => ({ ...row, purpose: row.purpose as Purpose }));
}

// What was issued -----------------------------------------------------------------------------------

/** One request of an account at a time, until the transaction ends: of two devices one comes first. */
export async function takeIssuingTurn(within: IssuingWithin, account: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${account}, 7160415))`.execute(within);
}

export async function issuedTo(db: IssuingWithin, account: string): Promise<Issued[]> {
  const rows = await db
    .selectFrom("pass.issued")
    .select(["purpose", "period", "counted_by", "slot", "request"])
    .where("account", "=", account)
    .execute();
  return rows.map((row) => ({
    purpose: row.purpose as Purpose,
    period: row.period,
    countedBy: row.counted_by,
    slot: row.slot,
    request: row.request,
  }));
}

export async function keepIssued(
  within: IssuingWithin,
  account: string,
  issued: readonly Issued[],
): Promise<void> {
  if (issued.length === 0) return;
  await within
    .insertInto("pass.issued")
    .values(
      issued.map((each) => ({
        account,
        purpose: each.purpose,
        period: each.period,
        counted_by: each.countedBy,
        slot: each.slot,
        request: Buffer.from(each.request),
      })),
    )
    .execute();
}
