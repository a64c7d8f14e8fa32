/** Pseudonyms and their seats: SQL. */
import type { SeatReasons } from "../fit.ts";
import type { CirclesDb, CirclesWithin } from "./deps.ts";

export interface PseudonymRow {
  readonly key: Buffer;
  readonly badge: Buffer;
  readonly hpke_key: Buffer;
  readonly binding: Buffer;
  readonly begins_until: string;
  readonly ends_on: string;
}

export type SeatState = "offered" | "taken" | "paused" | "left" | "lapsed" | "removed";

export interface PlaceRow {
  readonly circle: string;
  /** Null where it is only offered. */
  readonly number: number | null;
  readonly state: SeatState;
  readonly block: number;
  readonly language: string;
  readonly themes: string[];
  readonly reasons: SeatReasons;
  /** The stewards warned this member. */
  readonly warned: boolean;
}

const PSEUDONYM = ["key", "badge", "hpke_key", "binding", "begins_until", "ends_on"] as const;

export async function pseudonymByKey(
  db: CirclesWithin,
  key: Buffer,
): Promise<(PseudonymRow & { readonly removed: boolean }) | null> {
  const row = await db
    .selectFrom("circles.pseudonym")
    .select([...PSEUDONYM, "removed"])
    .where("key", "=", key)
    .executeTakeFirst();
  return row ?? null;
}

/** In the order of their keys. */
export function pseudonymsOf(db: CirclesWithin, keys: readonly Buffer[]): Promise<PseudonymRow[]> {
  return db
    .selectFrom("circles.pseudonym")
    .select(PSEUDONYM)
    .where("key", "in", [...keys])
    .orderBy("key")
    .execute();
}

/** Admits it, or renews it with a badge that lasts longer; its HPKE key never changes. */
export async function keepPseudonym(within: CirclesWithin, row: PseudonymRow): Promise<void> {
  await within
    .insertInto("circles.pseudonym")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column("key")
        .doUpdateSet((row) => ({
          badge: row.ref("excluded.badge"),
          begins_until: row.ref("excluded.begins_until"),
          ends_on: row.ref("excluded.ends_on"),
        }))
        .whereRef("circles.pseudonym.ends_on", "<", "excluded.ends_on"),
    )
    .execute();
}

export async function placeOf(db: CirclesDb, pseudonym: Buffer): Promise<PlaceRow | null> {
  const row = await db
    .selectFrom("circles.seat as seat")
    .innerJoin("circles.circle as circle", "circle.id", "seat.circle")
    .select(["seat.circle", "seat.number", "seat.state", "seat.reasons", "seat.warned"])
    .select(["circle.block", "circle.language", "circle.themes"])
    .where("seat.pseudonym", "=", pseudonym)
    .executeTakeFirst();
  return row ? { ...row, state: row.state as SeatState } : null;
}

/** Whose badge has ended and who sits nowhere: nothing of them is needed any more, not even that they were. */
export async function dropEndedPseudonyms(db: CirclesDb, today: string): Promise<void> {
  await db
    .deleteFrom("circles.pseudonym as pseudonym")
    .where("ends_on", "<", today)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("circles.seat")
            .select("pseudonym")
            .whereRef("circles.seat.pseudonym", "=", "pseudonym.key"),
        ),
      ),
    )
    .execute();
}

/** The member is shown it once. False where they don't sit there. */
export async function warnSeat(
  within: CirclesWithin,
  circle: string,
  pseudonym: Buffer,
): Promise<boolean> {
  const warned = await within
    .updateTable("circles.seat")
    .set({ warned: true })
    .where("circle", "=", circle)
    .where("pseudonym", "=", pseudonym)
    .where("state", "in", ["taken", "paused"])
    .executeTakeFirst();
  return warned.numUpdatedRows === 1n;
}

/** What a pseudonym was replaced by: SHA-256 of the blinded badge, and its month. */
export async function replacementOf(
  db: CirclesWithin,
  key: Buffer,
): Promise<{ readonly request: Buffer; readonly month: string } | null> {
  const row = await db
    .selectFrom("circles.pseudonym")
    .select(["replaced_by as request", "replaced_in as month"])
    .where("key", "=", key)
    .executeTakeFirst();
  return row?.request && row.month ? { request: row.request, month: row.month } : null;
}

/** False where it was replaced by another before. In the month that it was replaced in first. */
export async function keepReplacement(
  db: CirclesWithin,
  key: Buffer,
  request: Uint8Array,
  month: string,
): Promise<boolean> {
  const kept = await db
    .updateTable("circles.pseudonym")
    .set({ replaced_by: Buffer.from(request), replaced_in: month })
    .where("key", "=", key)
    .where((e) =>
      e.or([
        e("replaced_by", "is", null),
        e.and([e("replaced_by", "=", Buffer.from(request)), e("replaced_in", "=", month)]),
      ]),
    )
    .executeTakeFirst();
  return kept.numUpdatedRows === 1n;
}
