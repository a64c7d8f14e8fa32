/**
 * Booking's SQL: hours, holds, bookings, agreements, feeds. Who books takes their turn by a lock on both
 * people; behind that, exclusion constraints make it impossible that two get the same hour.
 */
import { sql } from "kysely";
import type { CoachingWithin } from "../../server/deps.ts";
import type { BookingRules, SessionKind, WeeklyWindow } from "../availability.ts";
import type { Hours } from "../contract.ts";

export type Side = "client" | "coach";

export interface BookingRow {
  readonly id: string;
  readonly coach: string;
  readonly client: string;
  readonly start: Date;
  readonly end: Date;
  readonly kind: SessionKind;
  readonly state: "held" | "confirmed" | "cancelled";
  readonly held_until: Date | null;
  readonly cancel_notice_hours: number;
  readonly sequence: number;
  readonly cancelled_by: Side | null;
}

const bookings = (db: CoachingWithin) =>
  db
    .selectFrom("coaching.booking")
    .select([
      "id",
      "coach",
      "client",
      sql<Date>`lower(during)`.as("start"),
      sql<Date>`upper(during)`.as("end"),
      "kind",
      "state",
      "held_until",
      "cancel_notice_hours",
      "sequence",
      "cancelled_by",
    ])
    .$castTo<BookingRow>();

const during = (start: Date, end: Date) => sql<string>`tstzrange(${start}, ${end})`;

/** Until the transaction ends, nobody else books with or for these people. The same order for all: no deadlock. */
export async function lockPersons(
  within: CoachingWithin,
  accounts: readonly string[],
): Promise<void> {
  const keys = new Set(accounts.map((account) => Number.parseInt(account.slice(0, 8), 16) | 0));
  for (const key of [...keys].toSorted((a, b) => a - b))
    await sql`select pg_advisory_xact_lock(${LOCKS_OF_PERSONS}::integer, ${key}::integer)`.execute(
      within,
    );
}

// Locks by two integers never meet the ones by one, such as that of the migrations.
const LOCKS_OF_PERSONS = 7_160_412;

// Bookings ---------------------------------------------------------------------------------------

export async function bookingById(db: CoachingWithin, id: string): Promise<BookingRow | null> {
  return (await bookings(db).where("id", "=", id).executeTakeFirst()) ?? null;
}

/** Holds and sessions of a person, on either side, that end after a moment. Holds may have run out. */
export function takenTimesOf(
  db: CoachingWithin,
  account: string,
  after: Date,
): Promise<BookingRow[]> {
  return bookings(db)
    .where((e) => e.or([e("coach", "=", account), e("client", "=", account)]))
    .where("state", "in", ["held", "confirmed"])
    .where(sql`upper(during)`, ">", after)
    .execute();
}

/** What has been confirmed, and maybe cancelled since, and ends after a moment. */
export function bookingsOf(
  db: CoachingWithin,
  account: string,
  after: Date,
): Promise<BookingRow[]> {
  return bookings(db)
    .where((e) => e.or([e("coach", "=", account), e("client", "=", account)]))
    .where("state", "in", ["confirmed", "cancelled"])
    .where(sql`upper(during)`, ">", after)
    .orderBy(sql`lower(during)`)
    .orderBy("id")
    .execute();
}

export async function bookingsOfPair(
  db: CoachingWithin,
  coach: string,
  client: string,
): Promise<BookingRow[]> {
  return bookings(db)
    .where("coach", "=", coach)
    .where("client", "=", client)
    .where("state", "=", "confirmed")
    .execute();
}

/** The person's own hold, run out or not. There is one at most. */
export async function holdOf(db: CoachingWithin, client: string): Promise<BookingRow | null> {
  const row = await bookings(db)
    .where("client", "=", client)
    .where("state", "=", "held")
    .executeTakeFirst();
  return row ?? null;
}

export interface NewHold {
  readonly id: string;
  readonly coach: string;
  readonly client: string;
  readonly start: Date;
  readonly end: Date;
  readonly kind: SessionKind;
  readonly heldUntil: Date;
  readonly cancelNoticeHours: number;
}

export async function keepHold(within: CoachingWithin, hold: NewHold): Promise<void> {
  await within
    .insertInto("coaching.booking")
    .values({
      id: hold.id,
      coach: hold.coach,
      client: hold.client,
      during: during(hold.start, hold.end),
      kind: hold.kind,
      state: "held",
      held_until: hold.heldUntil,
      cancel_notice_hours: hold.cancelNoticeHours,
    })
    .execute();
}

export async function prolongHold(db: CoachingWithin, id: string, until: Date): Promise<void> {
  await db
    .updateTable("coaching.booking")
    .set({ held_until: until })
    .where("id", "=", id)
    .where("state", "=", "held")
    .execute();
}

/** The coach whose time it was, where there was such a hold. */
export async function dropHoldRow(
  db: CoachingWithin,
  client: string,
  id: string,
): Promise<string | null> {
  const gone = await db
    .deleteFrom("coaching.booking")
    .where("id", "=", id)
    .where("client", "=", client)
    .where("state", "=", "held")
    .returning("coach")
    .executeTakeFirst();
  return gone?.coach ?? null;
}

export async function dropExpiredHolds(
  db: CoachingWithin,
  now: Date,
  coach?: string,
): Promise<void> {
  let query = db
    .deleteFrom("coaching.booking")
    .where("state", "=", "held")
    .where("held_until", "<=", now);
  if (coach !== undefined) query = query.where("coach", "=", coach);
  await query.execute();
}

export async function confirmHold(within: CoachingWithin, id: string): Promise<void> {
  await within
    .updateTable("coaching.booking")
    .set({ state: "confirmed", held_until: null })
    .where("id", "=", id)
    .execute();
}

export async function moveBookingRow(
  within: CoachingWithin,
  id: string,
  start: Date,
  end: Date,
): Promise<void> {
  await within
    .updateTable("coaching.booking")
    .set({ during: during(start, end), sequence: sql`sequence + 1` })
    .where("id", "=", id)
    .execute();
}

export async function cancelBookingRow(
  within: CoachingWithin,
  id: string,
  by: Side,
): Promise<void> {
  await within
    .updateTable("coaching.booking")
    .set({ state: "cancelled", cancelled_by: by, sequence: sql`sequence + 1` })
    .where("id", "=", id)
    .execute();
}

/** Nobody sees them any more, and nothing counts them. */
export async function dropCancelledBookings(db: CoachingWithin, endedBefore: Date): Promise<void> {
  await db
    .deleteFrom("coaching.booking")
    .where("state", "=", "cancelled")
    .where(sql`upper(during)`, "<", endedBefore)
    .execute();
}

// Hours ------------------------------------------------------------------------------------------

export interface CoachRow {
  readonly account: string;
  readonly state: string;
  readonly time_zone: string;
  readonly rules: BookingRules;
  readonly cancel_notice_hours: number;
  /** Null before there is a profile. */
  readonly free_chemistry_call: boolean | null;
}

/** Who has lost the role of a coach pauses, whatever the row says. */
export async function coachById(db: CoachingWithin, account: string): Promise<CoachRow | null> {
  const row = await db
    .selectFrom("coaching.coach as c")
    .innerJoin("identity.account as a", "a.id", "c.account")
    .select(["c.account", "c.time_zone", "c.rules", "c.cancel_notice_hours"])
    .select([
      sql<string>`case when 'coach' = any(a.roles) then c.state else 'paused' end`.as("state"),
      sql<boolean | null>`(c.profile #>> '{price,freeChemistryCall}')::boolean`.as(
        "free_chemistry_call",
      ),
    ])
    .where("c.account", "=", account)
    .executeTakeFirst();
  return (row as CoachRow | undefined) ?? null;
}

export async function weeklyOf(db: CoachingWithin, coach: string): Promise<WeeklyWindow[]> {
  const rows = await db
    .selectFrom("coaching.availability")
    .select(["day", "start_minute", "end_minute"])
    .where("coach", "=", coach)
    .orderBy("day")
    .orderBy("start_minute")
    .execute();
  return rows.map((row) => ({ day: row.day, start: row.start_minute, end: row.end_minute }));
}

export async function exceptionsOf(
  db: CoachingWithin,
  coach: string,
): Promise<{ date: string; windows: number[] }[]> {
  const rows = await db
    .selectFrom("coaching.exception")
    .select(["on_date", "windows"])
    .where("coach", "=", coach)
    .orderBy("on_date")
    .execute();
  return rows.map((row) => ({ date: row.on_date, windows: row.windows }));
}

export async function keepHours(
  within: CoachingWithin,
  coach: string,
  hours: Hours,
): Promise<void> {
  await within
    .updateTable("coaching.coach")
    .set({
      time_zone: hours.timeZone,
      rules: JSON.stringify(hours.rules),
      cancel_notice_hours: hours.cancelNoticeHours,
    })
    .where("account", "=", coach)
    .execute();
  await within.deleteFrom("coaching.availability").where("coach", "=", coach).execute();
  await within.deleteFrom("coaching.exception").where("coach", "=", coach).execute();
  if (hours.weekly.length > 0)
    await within
      .insertInto("coaching.availability")
      .values(
        hours.weekly.map(({ day, start, end }) => ({
          coach,
          day,
          start_minute: start,
          end_minute: end,
        })),
      )
      .execute();
  if (hours.exceptions.length > 0)
    await within
      .insertInto("coaching.exception")
      .values(
        hours.exceptions.map(({ date, windows }) => ({
          coach,
          on_date: date,
          windows: windows.flatMap(({ start, end }) => [start, end]),
        })),
      )
      .execute();
}

// Agreements and feeds ---------------------------------------------------------------------------

export function agreementsOf(
  db: CoachingWithin,
  client: string,
): Promise<{ coach: string; version: string }[]> {
  return db
    .selectFrom("coaching.agreement")
    .select(["coach", "version"])
    .where("client", "=", client)
    .orderBy("coach")
    .execute();
}

export async function hasAgreed(
  db: CoachingWithin,
  client: string,
  coach: string,
  version: string,
): Promise<boolean> {
  const found = await db
    .selectFrom("coaching.agreement")
    .select("version")
    .where("client", "=", client)
    .where("coach", "=", coach)
    .where("version", "=", version)
    .executeTakeFirst();
  return found !== undefined;
}

export async function keepAgreement(
  db: CoachingWithin,
  agreement: { client: string; coach: string; version: string; acceptedOn: string },
): Promise<void> {
  const { client, coach, version, acceptedOn } = agreement;
  await db
    .insertInto("coaching.agreement")
    .values({ client, coach, version, accepted_on: acceptedOn })
    .onConflict((conflict) =>
      conflict
        .columns(["client", "coach"])
        .doUpdateSet({ version, accepted_on: acceptedOn })
        .where("coaching.agreement.version", "!=", version),
    )
    .execute();
}

export async function keepFeed(
  db: CoachingWithin,
  account: string,
  secretHash: Buffer,
): Promise<void> {
  await db
    .insertInto("coaching.feed")
    .values({ account, secret_hash: secretHash })
    .onConflict((conflict) => conflict.column("account").doUpdateSet({ secret_hash: secretHash }))
    .execute();
}

export async function dropFeedRow(db: CoachingWithin, account: string): Promise<void> {
  await db.deleteFrom("coaching.feed").where("account", "=", account).execute();
}

export async function accountByFeed(
  db: CoachingWithin,
  secretHash: Buffer,
): Promise<string | null> {
  const row = await db
    .selectFrom("coaching.feed")
    .select("account")
    .where("secret_hash", "=", secretHash)
    .executeTakeFirst();
  return row?.account ?? null;
}
