/** The weekly letter's SQL: who asked for it, and which week has had its letters. */
import { sql, type Transaction } from "kysely";
import type { IdentityDb, IdentityWithin } from "./store.ts";
import type { IdentityTables } from "./tables.ts";

/** False where the week has been taken, by this node or another; a later one waits for the first to commit. */
export async function takeLetterWeek(
  within: Transaction<IdentityTables>,
  week: string,
): Promise<boolean> {
  const taken = await within
    .insertInto("identity.letter_week")
    .values({ week })
    .onConflict((conflict) =>
      conflict
        .column("only_one")
        .doUpdateSet({ week })
        .where("identity.letter_week.week", "<", week),
    )
    .executeTakeFirst();
  return taken.numInsertedOrUpdatedRows === 1n;
}

/** In an order that nobody knows: a place in the queue tells nothing. */
export function weeklyReaders(
  within: Transaction<IdentityTables>,
): Promise<{ id: string; email_sealed: Buffer }[]> {
  return within
    .selectFrom("identity.account")
    .select(["id", "email_sealed"])
    .where("weekly_letter", "=", true)
    .orderBy(sql`gen_random_uuid()`)
    .execute();
}

/** False where no code ever confirmed the address; then nothing has changed. */
export async function askForWeeklyLetter(db: IdentityWithin, account: string): Promise<boolean> {
  const asked = await db
    .updateTable("identity.account")
    .set({ weekly_letter: true })
    .where("id", "=", account)
    .where("address_confirmed", "=", true)
    .executeTakeFirst();
  return asked.numUpdatedRows === 1n;
}

export async function endWeeklyLetter(db: IdentityDb, account: string): Promise<void> {
  await db
    .updateTable("identity.account")
    .set({ weekly_letter: false })
    .where("id", "=", account)
    .where("weekly_letter", "=", true)
    .execute();
}
