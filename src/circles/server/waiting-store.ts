/** Who waits, and how a circle is seated out of those: SQL of the pool. */
import { sql } from "kysely";
import type { SeatReasons } from "../fit.ts";
import type { OpenCircle } from "../newcomers.ts";
import type { CirclesDb, CirclesTransaction } from "./deps.ts";

export interface WaitingRow {
  readonly pseudonym: Buffer;
  readonly themes: string[];
  readonly blocks: number[];
  readonly stage: number;
  readonly language: string;
  readonly employer: Buffer | null;
}

const WAITING = ["pseudonym", "themes", "blocks", "stage", "language", "employer"] as const;

/** Instead of what the pseudonym told before. False where it has a seat. */
export async function keepWaiting(db: CirclesDb, row: WaitingRow): Promise<boolean> {
  const { pseudonym, themes, blocks, stage, language, employer } = row;
  const kept = await sql`
    insert into circles.waiting (pseudonym, themes, blocks, stage, language, employer)
    select ${pseudonym}, ${themes}, ${blocks}, ${stage}, ${language}, ${employer}
    where not exists (select 1 from circles.seat where pseudonym = ${pseudonym})
    on conflict (pseudonym) do update set (themes, blocks, stage, language, employer)
      = row (excluded.themes, excluded.blocks, excluded.stage, excluded.language, excluded.employer)`.execute(
    db,
  );
  return kept.numAffectedRows === 1n;
}

export async function waitingOf(db: CirclesDb, pseudonym: Buffer): Promise<WaitingRow | null> {
  const row = await db
    .selectFrom("circles.waiting")
    .select(WAITING)
    .where("pseudonym", "=", pseudonym)
    .executeTakeFirst();
  return row ?? null;
}

export async function dropWaiting(db: CirclesDb, pseudonym: Buffer): Promise<void> {
  await db.deleteFrom("circles.waiting").where("pseudonym", "=", pseudonym).execute();
}

export async function countWaiting(db: CirclesDb): Promise<number> {
  const { count } = await db
    .selectFrom("circles.waiting")
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Those whose badge may still begin something on that day, in no order. */
export function waitingToSeat(db: CirclesDb, today: string): Promise<WaitingRow[]> {
  return db
    .selectFrom("circles.waiting as waiting")
    .innerJoin("circles.pseudonym as pseudonym", "pseudonym.key", "waiting.pseudonym")
    .select(WAITING.map((column) => `waiting.${column}` as const))
    .where("pseudonym.removed", "=", false)
    .where("pseudonym.begins_until", ">=", today)
    .orderBy(sql`gen_random_uuid()`)
    .execute();
}

export interface NewCircle {
  readonly id: string;
  readonly block: number;
  readonly language: string;
  readonly themes: readonly string[];
  /** Of one that two became: how often the older one had met. */
  readonly metBefore?: number;
  /** In the order of the seats. */
  readonly members: readonly { readonly pseudonym: Buffer; readonly reasons: SeatReasons }[];
}

/** All sit or none does: false where somebody stopped waiting, or waits for something else than `rows` say. */
export async function seatCircle(
  within: CirclesTransaction,
  circle: NewCircle,
  rows: readonly WaitingRow[],
): Promise<boolean> {
  const keys = circle.members.map(({ pseudonym }) => pseudonym);
  const found = await within
    .selectFrom("circles.waiting")
    .select(WAITING)
    .where("pseudonym", "in", keys)
    .orderBy("pseudonym")
    .forUpdate()
    .execute();
  const isUnchanged = (row: WaitingRow) =>
    found.some((now) => JSON.stringify(now) === JSON.stringify(row));
  if (found.length !== keys.length || !rows.every(isUnchanged)) return false;
  await within.deleteFrom("circles.waiting").where("pseudonym", "in", keys).execute();
  const { id, block, language, themes } = circle;
  await within
    .insertInto("circles.circle")
    .values({ id, block, language, themes: [...themes] })
    .execute();
  await within
    .insertInto("circles.seat")
    .values(
      circle.members.map(({ pseudonym, reasons }, number) => ({
        circle: id,
        number,
        pseudonym,
        reasons: JSON.stringify(reasons),
      })),
    )
    .execute();
  return true;
}

export async function keepStewardsLack(db: CirclesDb, lacksStewards: boolean): Promise<void> {
  await db.updateTable("circles.forming").set({ lacks_stewards: lacksStewards }).execute();
}

/** How far the forming that runs has come, from 0 to 1; null while none runs. */
export async function keepFormingShare(db: CirclesDb, share: number | null): Promise<void> {
  await db.updateTable("circles.forming").set({ share }).execute();
}

/** As `keepFormingShare` and `keepStewardsLack` left it. */
export async function formingNow(
  db: CirclesDb,
): Promise<{ readonly share: number | null; readonly lacksStewards: boolean }> {
  const row = await db
    .selectFrom("circles.forming")
    .select(["share", "lacks_stewards"])
    .executeTakeFirstOrThrow();
  return { share: row.share, lacksStewards: row.lacks_stewards };
}

/** Doors are open until the second meeting, and not where somebody was removed. */
export async function openCircles(
  db: CirclesDb,
  most: { readonly members: number; readonly seats: number },
): Promise<OpenCircle[]> {
  const { rows } = await sql<OpenCircle>`
    select circle.id, circle.block as hour, circle.language, circle.themes,
      least(
        ${most.members} - count(*) filter (where seat.state in ('offered', 'taken', 'paused')),
        ${most.seats} - count(*)
      )::int as free
    from circles.circle join circles.seat on seat.circle = circle.id
    where circle.meetings < 2 and not circle.ended
    group by circle.id
    having not bool_or(seat.state = 'removed')
    order by circle.id`.execute(db);
  return rows.filter(({ free }) => free > 0);
}

/** False where the pseudonym doesn't wait any more. */
export async function offerSeat(
  within: CirclesTransaction,
  circle: string,
  pseudonym: Buffer,
  reasons: SeatReasons,
  today: string,
): Promise<boolean> {
  const gone = await within
    .deleteFrom("circles.waiting")
    .where("pseudonym", "=", pseudonym)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return false;
  await within
    .insertInto("circles.seat")
    .values({
      circle,
      number: null,
      pseudonym,
      state: "offered",
      offered_on: today,
      reasons: JSON.stringify(reasons),
    })
    .execute();
  return true;
}

/** Offers that nobody took in a week: their pseudonyms may wait again. */
export async function dropOldOffers(db: CirclesDb, today: string): Promise<void> {
  const before = Temporal.PlainDate.from(today).subtract({ days: 7 }).toString();
  await db
    .deleteFrom("circles.seat")
    .where("state", "=", "offered")
    .where("offered_on", "<", before)
    .execute();
}
