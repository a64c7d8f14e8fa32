/** Reports' SQL. Nothing in a row tells who reported, or on which day. */
import { randomUUID } from "node:crypto";
import type { ReportDecision } from "../judging.ts";
import type { CirclesDb, CirclesTransaction } from "./deps.ts";

export interface NewReport {
  readonly circle: string;
  readonly stewardEpoch: number;
  readonly sealed: Uint8Array;
}

export async function keepReport(
  db: CirclesDb,
  { circle, stewardEpoch, sealed }: NewReport,
): Promise<void> {
  await db
    .insertInto("circles.report")
    .values({ id: randomUUID(), circle, steward_epoch: stewardEpoch, sealed: Buffer.from(sealed) })
    .execute();
}

export interface ReportRow {
  readonly id: string;
  readonly circle: string;
  readonly steward_epoch: number;
  readonly sealed: Buffer;
}

const REPORT = ["id", "circle", "steward_epoch", "sealed"] as const;
const MOST_SHOWN = 50;

export function undecidedReports(db: CirclesDb): Promise<ReportRow[]> {
  return db
    .selectFrom("circles.report")
    .select(REPORT)
    .where("decision", "is", null)
    .orderBy("id")
    .limit(MOST_SHOWN)
    .execute();
}

export async function reportById(db: CirclesDb, id: string): Promise<ReportRow | null> {
  const row = await db
    .selectFrom("circles.report")
    .select(REPORT)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Whoever decides about it at the same time waits here. */
export async function isUndecided(within: CirclesTransaction, id: string): Promise<boolean> {
  const row = await within
    .selectFrom("circles.report")
    .select("decision")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined && row.decision === null;
}

/** With the decision what was reported is destroyed. */
export async function keepDecision(
  within: CirclesTransaction,
  id: string,
  decision: ReportDecision,
): Promise<void> {
  await within
    .updateTable("circles.report")
    .set({ decision, sealed: Buffer.alloc(0) })
    .where("id", "=", id)
    .execute();
}

/** One that is decided and not yet in the log that members read; whoever asks for it too waits, and finds it gone. */
export async function takeUntold(
  within: CirclesTransaction,
): Promise<{ id: string; decision: ReportDecision } | null> {
  const row = await within
    .selectFrom("circles.report")
    .select(["id", "decision"])
    .where("decision", "is not", null)
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row ? { id: row.id, decision: row.decision as ReportDecision } : null;
}

/** The log tells what was decided, and nothing else is kept. */
export async function dropReport(within: CirclesTransaction, id: string): Promise<void> {
  await within.deleteFrom("circles.report").where("id", "=", id).execute();
}
