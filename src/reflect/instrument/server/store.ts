/** Instruments' SQL. */
import type { Kysely, Transaction } from "kysely";
import type { AssertedLicence } from "../licence.ts";
import type { InstrumentTables } from "./tables.ts";

export type InstrumentDb = Kysely<InstrumentTables>;
export type InstrumentWithin = InstrumentDb | Transaction<InstrumentTables>;

export interface InstrumentRow {
  readonly id: string;
  readonly questionnaire: string;
  /** As `addInstrument` took it. */
  readonly licence: AssertedLicence;
}

export async function allInstruments(db: InstrumentWithin): Promise<readonly InstrumentRow[]> {
  const rows = await db
    .selectFrom("reflect.instrument")
    .select(["id", "questionnaire", "licence"])
    .orderBy("id")
    .execute();
  return rows as InstrumentRow[];
}

/** Until the transaction ends nobody else changes it. */
export async function holdInstrument(
  within: InstrumentWithin,
  id: string,
): Promise<InstrumentRow | null> {
  const row = await within
    .selectFrom("reflect.instrument")
    .select(["id", "questionnaire", "licence"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return (row as InstrumentRow | undefined) ?? null;
}

export async function keepInstrument(
  within: InstrumentWithin,
  { id, questionnaire, licence }: InstrumentRow,
): Promise<void> {
  const changed = { questionnaire, licence: JSON.stringify(licence) };
  await within
    .insertInto("reflect.instrument")
    .values({ id, ...changed })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(changed))
    .execute();
}

/** False where there was none. */
export async function dropInstrumentRow(within: InstrumentWithin, id: string): Promise<boolean> {
  const dropped = await within
    .deleteFrom("reflect.instrument")
    .where("id", "=", id)
    .executeTakeFirst();
  return dropped.numDeletedRows > 0n;
}
