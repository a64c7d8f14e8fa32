/** Merging's SQL: who agrees, which circles are willing, and two that become one. */
import { sql } from "kysely";
import { MOST_MEMBERS } from "../room/wire.ts";
import type { CirclesDb, CirclesTransaction, CirclesWithin } from "./deps.ts";
import type { NewCircle } from "./waiting-store.ts";

interface Agreement {
  readonly pseudonym: Buffer;
  readonly blocks: readonly number[];
  readonly employer: Buffer | null;
}

/** Somebody else might come in, or has been removed: then a circle is closed to others as well. */
const mayMerge = sql`not circle.ended and not exists (
  select 1 from circles.seat as gone where gone.circle = circle.id and gone.state = 'removed')`;
const sits = sql`('taken', 'paused')`;

/** Instead of what was agreed before. False where the circle can't merge, or isn't the pseudonym's any more. */
export async function keepAgreement(
  db: CirclesDb,
  circle: string,
  { pseudonym, blocks, employer }: Agreement,
): Promise<boolean> {
  // The lock on the seat: whoever is being moved out of it right now doesn't agree for the new circle.
  const kept = await sql`
    insert into circles.merging (pseudonym, blocks, employer)
    select own.pseudonym, ${blocks}, ${employer}
    from circles.seat as own join circles.circle as circle on circle.id = own.circle
    where own.pseudonym = ${pseudonym} and own.circle = ${circle} and own.state in ${sits} and ${mayMerge}
      and (select count(*) from circles.seat as other
        where other.circle = circle.id and other.state in ${sits}) < ${MOST_MEMBERS}
    for share of own
    on conflict (pseudonym) do update set (blocks, employer) = row (excluded.blocks, excluded.employer)`.execute(
    db,
  );
  return kept.numAffectedRows === 1n;
}

export async function dropAgreement(db: CirclesDb, pseudonym: Buffer): Promise<void> {
  await db.deleteFrom("circles.merging").where("pseudonym", "=", pseudonym).execute();
}

export interface MergingRow {
  readonly agreed: number;
  readonly members: number;
  /** Null where this member hasn't agreed. */
  readonly blocks: number[] | null;
  readonly avoids: boolean;
  readonly willing_since: string | null;
}

/** Of the circle that the pseudonym sits in; null where it sits nowhere, or where that circle can't merge. */
export async function mergingOf(db: CirclesDb, pseudonym: Buffer): Promise<MergingRow | null> {
  const { rows } = await sql<MergingRow>`
    select count(agreement.pseudonym)::int as agreed, count(*)::int as members, mine.blocks,
      mine.employer is not null as avoids, circle.willing_since
    from circles.seat as own join circles.circle as circle on circle.id = own.circle
      join circles.seat as seat on seat.circle = circle.id and seat.state in ${sits}
      left join circles.merging as agreement on agreement.pseudonym = seat.pseudonym
      left join circles.merging as mine on mine.pseudonym = own.pseudonym
    where own.pseudonym = ${pseudonym} and own.state in ${sits} and ${mayMerge}
    group by circle.id, mine.pseudonym
    having count(*) < ${MOST_MEMBERS}`.execute(db);
  return rows[0] ?? null;
}

/** A member of a circle all of whose members agree. */
export interface WillingRow {
  readonly circle: string;
  readonly block: number;
  readonly language: string;
  readonly themes: string[];
  readonly meetings: number;
  readonly pseudonym: Buffer;
  readonly blocks: number[];
  readonly employer: Buffer | null;
}

/**
 * Circle by circle, its members in the order of their keys. Where a seat is offered, or a report not decided, its
 * circle isn't among them: somebody may be about to come in, or to be removed.
 */
export async function willingRows(
  db: CirclesWithin,
  today: string,
  circles: readonly string[] | null = null,
): Promise<readonly WillingRow[]> {
  const { rows } = await sql<WillingRow>`
    with willing as (
      select seat.circle as id from circles.seat as seat
        join circles.pseudonym as pseudonym on pseudonym.key = seat.pseudonym
        left join circles.merging as agreement on agreement.pseudonym = seat.pseudonym
      where seat.state in ('taken', 'paused', 'offered')
      group by seat.circle
      having bool_and(seat.state <> 'offered' and agreement.pseudonym is not null
        and pseudonym.begins_until >= ${today})
    )
    select circle.id as circle, circle.block, circle.language, circle.themes, circle.meetings,
      seat.pseudonym, agreement.blocks, agreement.employer
    from willing join circles.circle as circle on circle.id = willing.id
      join circles.seat as seat on seat.circle = circle.id and seat.state in ${sits}
      join circles.merging as agreement on agreement.pseudonym = seat.pseudonym
    where ${mayMerge} and (${circles}::uuid[] is null or circle.id = any(${circles}))
      and not exists (select 1 from circles.report
        where report.circle = circle.id and report.decision is null)
    order by circle.id, seat.pseudonym`.execute(db);
  return rows;
}

/** Since that day at the latest; of all other circles nothing is kept. */
export async function keepWillingSince(
  db: CirclesDb,
  circles: readonly string[],
  today: string,
): Promise<void> {
  await sql`update circles.circle set willing_since = case when id = any(${circles}::uuid[]) then ${today}::date end
    where (willing_since is null) = (id = any(${circles}::uuid[]))`.execute(db);
}

/** Nobody leaves, comes in, agrees otherwise or reports until the transaction ends. In one order for all nodes. */
export async function lockToMerge(
  within: CirclesTransaction,
  circles: readonly string[],
): Promise<void> {
  const locked = [...circles];
  for (const statement of [
    sql`select 1 from circles.circle where id = any(${locked}::uuid[]) order by id for update`,
    sql`select 1 from circles.seat where circle = any(${locked}::uuid[]) order by pseudonym for update`,
    sql`select 1 from circles.merging where pseudonym in
      (select pseudonym from circles.seat where circle = any(${locked}::uuid[])) order by pseudonym for update`,
  ])
    await statement.execute(within);
}

/** Whoever sits in the two moves over; the agreements go by themselves. */
export async function moveSeats(within: CirclesTransaction, circle: NewCircle): Promise<void> {
  const { id, block, language, themes } = circle;
  await within
    .insertInto("circles.circle")
    .values({ id, block, language, themes: [...themes] })
    .execute();
  for (const [number, { pseudonym, reasons }] of circle.members.entries())
    await within
      .updateTable("circles.seat")
      .set({ circle: id, number, reasons: JSON.stringify(reasons) })
      .where("pseudonym", "=", pseudonym)
      .execute();
}

/**
 * What was said, and who said it to whom, is gone; the empty row stays for whoever is still asking for something
 * there, and for a badge that was left there. Whoever's pass had ended may wait anew with the next.
 */
export async function emptyCircles(
  within: CirclesTransaction,
  circles: readonly string[],
): Promise<void> {
  for (const table of ["circles.message", "circles.log_entry", "circles.epoch"] as const)
    await within.deleteFrom(table).where("circle", "in", circles).execute();
  await within
    .deleteFrom("circles.seat")
    .where("circle", "in", circles)
    .where("state", "=", "lapsed")
    .execute();
  await within
    .updateTable("circles.circle")
    .set({ ended: true, themes: [], log_length: 0, epoch: 0, sequence: 0, willing_since: null })
    .where("id", "in", circles)
    .execute();
}

/** Once a day: emptied circles in which nothing waits for a steward, and whose leavers' badges have ended. */
export async function dropEmptyCircles(db: CirclesDb, today: string): Promise<void> {
  await sql`
    delete from circles.circle where ended and log_length = 0
      and not exists (select 1 from circles.report where report.circle = circle.id)
      and not exists (select 1 from circles.seat join circles.pseudonym on pseudonym.key = seat.pseudonym
        where seat.circle = circle.id and pseudonym.ends_on >= ${today})`.execute(db);
}
