/** A circle's member log and epochs: SQL. Entries are only ever added. */
import { sql } from "kysely";
import type { MemberLogEntry } from "../room/wire.ts";
import type { CirclesDb, CirclesTransaction, CirclesWithin } from "./deps.ts";
import type { SeatState } from "./seat-store.ts";

export interface CircleRow {
  readonly id: string;
  readonly log_length: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly ended: boolean;
}

const CIRCLE = ["id", "log_length", "epoch", "sequence", "ended"] as const;

export async function circleById(db: CirclesDb, id: string): Promise<CircleRow | null> {
  const row = await db
    .selectFrom("circles.circle")
    .select(CIRCLE)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Whoever extends the log waits here for whoever does so already. */
export async function lockCircle(
  within: CirclesTransaction,
  id: string,
): Promise<CircleRow | null> {
  const row = await within
    .selectFrom("circles.circle")
    .select(CIRCLE)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function logAfter(
  db: CirclesWithin,
  circle: string,
  after: number,
  limit: number | null = null,
): Promise<MemberLogEntry[]> {
  const rows = await db
    .selectFrom("circles.log_entry")
    .select("entry")
    .where("circle", "=", circle)
    .where("sequence", ">", after)
    .orderBy("sequence")
    .$if(limit !== null, (query) => query.limit(limit!))
    .execute();
  return rows.map(({ entry }) => entry);
}

export async function keepEntry(
  within: CirclesTransaction,
  circle: string,
  entry: MemberLogEntry,
): Promise<void> {
  await within
    .insertInto("circles.log_entry")
    .values({ circle, sequence: entry.sequence, entry: JSON.stringify(entry) })
    .execute();
}

export async function keepEpoch(
  within: CirclesTransaction,
  circle: string,
  number: number,
  wraps: readonly string[],
): Promise<void> {
  await within
    .insertInto("circles.epoch")
    .values({ circle, number, wraps: JSON.stringify(wraps) })
    .execute();
}

/** All wraps of the epochs from one number on. */
export function epochsFrom(
  db: CirclesDb,
  circle: string,
  from: number,
  limit: number,
): Promise<{ number: number; wraps: string[] }[]> {
  return db
    .selectFrom("circles.epoch")
    .select(["number", "wraps"])
    .where("circle", "=", circle)
    .where("number", ">=", from)
    .orderBy("number")
    .limit(limit)
    .execute();
}

export interface Standing {
  readonly logLength: number;
  /** 0 while nobody may speak. */
  readonly epoch: number;
  readonly meetings: number;
  readonly ended: boolean;
}

export async function keepStanding(
  within: CirclesTransaction,
  circle: string,
  { logLength, epoch, meetings, ended }: Standing,
): Promise<void> {
  await within
    .updateTable("circles.circle")
    .set({ log_length: logLength, epoch, meetings, ended })
    .where("id", "=", circle)
    .execute();
}

/** Both ways between taken and paused; from anything else only by the log. False where that isn't so. */
export async function keepPause(
  db: CirclesDb,
  pseudonym: Buffer,
  isPaused: boolean,
): Promise<boolean> {
  const kept = await db
    .updateTable("circles.seat")
    .set({ state: isPaused ? "paused" : "taken" })
    .where("pseudonym", "=", pseudonym)
    .where("state", "in", ["taken", "paused"])
    .executeTakeFirst();
  return kept.numUpdatedRows === 1n;
}

export async function keepSeatState(
  within: CirclesTransaction,
  pseudonym: Buffer,
  state: SeatState,
  number: number,
): Promise<void> {
  await within
    .updateTable("circles.seat")
    .set({ state, number, offered_on: null })
    .where("pseudonym", "=", pseudonym)
    .where("state", "<>", state)
    .execute();
  if (state === "removed")
    await within
      .updateTable("circles.pseudonym")
      .set({ removed: true })
      .where("key", "=", pseudonym)
      .execute();
}

/** Who takes part a little less for now. */
export async function pausedIn(db: CirclesDb, circle: string): Promise<Buffer[]> {
  const rows = await db
    .selectFrom("circles.seat")
    .select("pseudonym")
    .where("circle", "=", circle)
    .where("state", "=", "paused")
    .execute();
  return rows.map(({ pseudonym }) => pseudonym);
}

/** `node circle`, or `node circle log`: that circle's thread, or its log, has grown on that node. */
export const NEWS_CHANNEL = "circles";

/** Other nodes read on when they hear it. */
export async function tellNodes(
  within: CirclesWithin,
  channel: string,
  news: string,
): Promise<void> {
  await sql`select pg_notify(${channel}, ${news})`.execute(within);
}

/** Nobody speaks there any more, nobody is let in, and it merges with no other. */
export async function endCircle(within: CirclesTransaction, circle: string): Promise<void> {
  const sitting = within
    .selectFrom("circles.seat")
    .select("pseudonym")
    .where("circle", "=", circle);
  await within.deleteFrom("circles.merging").where("pseudonym", "in", sitting).execute();
  await within
    .updateTable("circles.circle")
    .set({ ended: true })
    .where("id", "=", circle)
    .execute();
}
