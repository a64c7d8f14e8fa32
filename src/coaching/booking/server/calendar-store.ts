/** SQL of coaches' own calendars: an address under seal, busy minutes, and why the last reading failed. */
import { sql } from "kysely";
import type { CoachingWithin } from "../../server/deps.ts";
import type { BrokenReason } from "../calendar-lines.ts";
import type { AddressFault } from "./calendar-address.ts";

export interface CalendarRow {
  readonly id: string;
  readonly coach: string;
  readonly kind: "address" | "upload";
  readonly label: string;
  readonly address_sealed: Buffer | null;
  readonly busy_times: number;
  /** The reason and the status are missing where it was kept before there were any. */
  readonly problem: (Pick<CalendarProblem, "type" | "line"> & Partial<CalendarProblem>) | null;
  readonly read_at: Date | null;
}

/** Names from closed lists and numbers: nothing that stands in a calendar or in its address. */
export interface CalendarProblem {
  readonly type: string;
  readonly line: number | null;
  readonly reason: BrokenReason | AddressFault | null;
  readonly status: number | null;
}

const calendars = (db: CoachingWithin) =>
  db
    .selectFrom("coaching.calendar")
    .select(["id", "coach", "kind", "label", "address_sealed", "problem", "read_at"])
    .select(sql<number>`cardinality(busy) / 2`.as("busy_times"))
    .$castTo<CalendarRow>();

export function calendarsOf(db: CoachingWithin, coach: string): Promise<CalendarRow[]> {
  return calendars(db).where("coach", "=", coach).orderBy("label").orderBy("id").execute();
}

export async function calendarOfCoach(
  db: CoachingWithin,
  coach: string,
  id: string,
): Promise<CalendarRow | null> {
  const row = await calendars(db)
    .where("coach", "=", coach)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** The coach's zone counts for whole days and for times that name none. */
export type CalendarToRefresh = CalendarRow & { readonly time_zone: string };

export async function addressesToRefresh(db: CoachingWithin): Promise<CalendarToRefresh[]> {
  const rows = await db
    .selectFrom("coaching.calendar as k")
    .innerJoin("coaching.coach as c", "c.account", "k.coach")
    .select(["k.id", "k.coach", "k.kind", "k.label", "k.address_sealed", "k.problem", "k.read_at"])
    .select(["c.time_zone", sql<number>`cardinality(k.busy) / 2`.as("busy_times")])
    .where("k.kind", "=", "address")
    .orderBy("k.read_at", (order) => order.asc().nullsFirst())
    .execute();
  return rows as CalendarToRefresh[];
}

/** Start and end in turn, of all of a coach's calendars, unmerged. */
export async function busyMinutesOf(db: CoachingWithin, coach: string): Promise<number[]> {
  const rows = await db
    .selectFrom("coaching.calendar")
    .select("busy")
    .where("coach", "=", coach)
    .execute();
  return rows.flatMap((row) => row.busy);
}

export interface NewCalendar {
  readonly id: string;
  readonly coach: string;
  readonly kind: "address" | "upload";
  readonly label: string;
  readonly addressSealed: Buffer | null;
  readonly busy: readonly number[];
  readonly readAt: Date;
}

/** Nobody else adds a calendar until the transaction ends. */
export async function lockCoach(within: CoachingWithin, coach: string): Promise<void> {
  await within
    .selectFrom("coaching.coach")
    .select("account")
    .where("account", "=", coach)
    .forUpdate()
    .execute();
}

/** False where the coach has as many as are allowed. The caller has locked the coach. */
export async function keepCalendar(
  within: CoachingWithin,
  calendar: NewCalendar,
  most: number,
): Promise<boolean> {
  const { count } = await within
    .selectFrom("coaching.calendar")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("coach", "=", calendar.coach)
    .executeTakeFirstOrThrow();
  if (count >= most) return false;
  await within
    .insertInto("coaching.calendar")
    .values({
      id: calendar.id,
      coach: calendar.coach,
      kind: calendar.kind,
      label: calendar.label,
      address_sealed: calendar.addressSealed,
      busy: [...calendar.busy],
      read_at: calendar.readAt,
    })
    .execute();
  return true;
}

export async function keepReading(
  db: CoachingWithin,
  id: string,
  busy: readonly number[],
  readAt: Date,
): Promise<void> {
  await db
    .updateTable("coaching.calendar")
    .set({ busy: [...busy], read_at: readAt, problem: null })
    .where("id", "=", id)
    .execute();
}

/** The busy times stay as they were read last. */
export async function keepProblem(
  db: CoachingWithin,
  id: string,
  problem: CalendarProblem,
): Promise<void> {
  await db
    .updateTable("coaching.calendar")
    .set({ problem: JSON.stringify(problem) })
    .where("id", "=", id)
    .execute();
}

export async function dropCalendarRow(
  db: CoachingWithin,
  coach: string,
  id: string,
): Promise<void> {
  await db
    .deleteFrom("coaching.calendar")
    .where("coach", "=", coach)
    .where("id", "=", id)
    .execute();
}
