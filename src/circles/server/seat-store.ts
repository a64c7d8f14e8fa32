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

export type SeatState = "taken" | "paused" | "left" | "lapsed" | "removed";

export interface PlaceRow {
  readonly circle: string;
  readonly number: number;
  readonly state: SeatState;
  readonly block: number;
  readonly language: string;
  readonly themes: string[];
  readonly reasons: SeatReasons;
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
    .select(["seat.circle", "seat.number", "seat.state", "seat.reasons"])
    .select(["circle.block", "circle.language", "circle.themes"])
    .where("seat.pseudonym", "=", pseudonym)
    .executeTakeFirst();
  return row ? { ...row, state: row.state as SeatState } : null;
}
