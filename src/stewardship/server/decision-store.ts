/** The SQL of the log of decisions. It is written through one door only, which chains the hashes. */
import { sql, type Kysely, type Transaction } from "kysely";
import type { Clock } from "#platform/clock.ts";
import { quarterOf } from "#identity/licence.ts";
import type { Decision } from "../decision-log.ts";
import type { StewardshipTables } from "./tables.ts";
import { ADVISORY_LOCKS } from "#platform/server/advisory-locks.ts";

type DecisionTables = Pick<StewardshipTables, "stewardship.decision">;

/** Stewards decide one after the other: first in a transaction that makes more than one entry. */
export async function takeDecidingTurn<Tables>(
  within: Kysely<Tables> | Transaction<Tables>,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.decisions})`.execute(within);
}

/** In the transaction that decides, as any slice whose role may; the last thing in it, as others wait for it. */
export async function logDecision<Tables>(
  within: Kysely<Tables> | Transaction<Tables>,
  clock: Clock,
  { kind, detail }: Decision,
): Promise<void> {
  await sql`select decisions.log(${quarterOf(clock.now())}, ${kind}, ${detail})`.execute(within);
}

export interface DecisionRow {
  readonly sequence: number;
  readonly quarter: string;
  readonly kind: string;
  readonly detail: string;
  readonly hash: Buffer;
}

const PAGE = 500;

export function decisionsAfter(
  db: Kysely<DecisionTables>,
  sequence: number,
): Promise<DecisionRow[]> {
  return db
    .selectFrom("stewardship.decision")
    .select(["sequence", "quarter", "kind", "detail", "hash"])
    .where("sequence", ">", sequence)
    .orderBy("sequence")
    .limit(PAGE)
    .execute();
}

/** 0 while there is none. */
export async function lastDecision(db: Kysely<DecisionTables>): Promise<number> {
  const row = await db
    .selectFrom("stewardship.decision")
    .select((e) => e.fn.max("sequence").as("last"))
    .executeTakeFirst();
  return row?.last ?? 0;
}
