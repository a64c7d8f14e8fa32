/** The SQL of passes on the nameless side: the copied key log, the spent list, and challenges. */
import { sql, type Kysely, type Transaction } from "kysely";
import pg from "pg";
import type { Period } from "../period.ts";
import type { Purpose } from "../purpose.ts";
import type { SpentRow } from "../spent.ts";
import type { KeyLogEntry } from "../key-log.ts";
import type { KeyStanding, NamelessPassTables } from "./nameless-tables.ts";

export type NamelessPassDb = Kysely<NamelessPassTables>;
/** The act's own transaction, of whichever slice it is. */
export type NamelessPassWithin = Transaction<NamelessPassTables>;

/** By this a pass's period is found in the spent list. */
const spentIn = ({ purpose, name }: Pick<Period, "purpose" | "name">): string =>
  `${purpose} ${name}`;

/** In the order of the log. */
export async function loggedEntries(db: NamelessPassDb): Promise<KeyLogEntry[]> {
  const rows = await db
    .selectFrom("pass.logged_key")
    .select([
      "purpose",
      "name",
      "issued_from",
      "issued_until",
      "begins_from",
      "begins_until",
      "ends_on",
      "spki",
    ])
    .orderBy("position")
    .execute();
  return rows.map((row) => ({
    period: {
      purpose: row.purpose as Purpose,
      name: row.name,
      issuedFrom: row.issued_from,
      issuedUntil: row.issued_until,
      beginsFrom: row.begins_from,
      beginsUntil: row.begins_until,
      endsOn: row.ends_on,
    },
    spki: row.spki,
  }));
}

export interface KeyState {
  readonly holders: number;
  readonly opened: boolean;
  readonly standing: KeyStanding;
}

/** What changes about the keys, in the order of the log: a few bytes each, asked for at every act. */
export function keyStates(db: NamelessPassDb): Promise<KeyState[]> {
  return db
    .selectFrom("pass.logged_key")
    .select(["holders", "opened", "standing"])
    .orderBy("position")
    .execute();
}

/** Whoever appends, waits here until others have; readers don't wait. */
export async function takeLogTurn(within: NamelessPassWithin): Promise<void> {
  await sql`lock table pass.logged_key in exclusive mode`.execute(within);
}

/** With the partition that the key's passes are spent in; the owner's right. */
export async function logKey(
  within: NamelessPassWithin,
  position: number,
  { period, spki }: KeyLogEntry,
): Promise<void> {
  await within
    .insertInto("pass.logged_key")
    .values({
      position,
      purpose: period.purpose,
      name: period.name,
      issued_from: period.issuedFrom,
      issued_until: period.issuedUntil,
      begins_from: period.beginsFrom,
      begins_until: period.beginsUntil,
      ends_on: period.endsOn,
      spki: Buffer.from(spki),
    })
    .execute();
  // No statement that makes a table takes parameters.
  await sql`create table ${partition(position)} partition of pass.spent
    for values in (${sql.raw(pg.escapeLiteral(spentIn(period)))})`.execute(within);
}

export async function setHolders(
  within: NamelessPassWithin,
  { purpose, name }: Pick<Period, "purpose" | "name">,
  holders: number,
  opens: boolean,
): Promise<void> {
  await within
    .updateTable("pass.logged_key")
    .set({ holders, opened: sql<boolean>`opened or ${opens}` })
    .where("purpose", "=", purpose)
    .where("name", "=", name)
    .execute();
}

/** Places of the keys whose passes don't count any more, but whose spent lists are still there. */
export async function endedKeys(within: NamelessPassWithin, today: string): Promise<number[]> {
  const rows = await within
    .selectFrom("pass.logged_key")
    .select("position")
    .where("ends_on", "<", today)
    .where("standing", "<>", "over")
    .orderBy("position")
    .execute();
  return rows.map(({ position }) => position);
}

export async function destroySpent(within: NamelessPassWithin, position: number): Promise<void> {
  await within
    .updateTable("pass.logged_key")
    .set({ standing: "over" })
    .where("position", "=", position)
    .execute();
  await sql`drop table ${partition(position)}`.execute(within);
}

const partition = (position: number) => sql.table(`pass.spent_${position}`);

/** False where the pass was spent already; waits for another transaction that is just spending it. */
export async function keepSpent(
  within: NamelessPassWithin,
  period: Pick<Period, "purpose" | "name">,
  { pass, act }: SpentRow,
): Promise<boolean> {
  const kept = await within
    .insertInto("pass.spent")
    .values({ key: spentIn(period), pass: Buffer.from(pass), act: Buffer.from(act) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

export async function keepAnswer(
  within: NamelessPassWithin,
  period: Pick<Period, "purpose" | "name">,
  pass: Uint8Array,
  answer: unknown,
): Promise<void> {
  await within
    .updateTable("pass.spent")
    .set({ answer: JSON.stringify(answer) })
    .where("key", "=", spentIn(period))
    .where("pass", "=", Buffer.from(pass))
    .execute();
}

export async function findSpent(
  within: NamelessPassWithin,
  period: Pick<Period, "purpose" | "name">,
  pass: Uint8Array,
): Promise<(SpentRow & { readonly answer: unknown }) | null> {
  const row = await within
    .selectFrom("pass.spent")
    .select(["pass", "act", "answer"])
    .where("key", "=", spentIn(period))
    .where("pass", "=", Buffer.from(pass))
    .executeTakeFirst();
  return row ?? null;
}

export async function challengeRoot(db: NamelessPassDb): Promise<Buffer | null> {
  const row = await db.selectFrom("pass.challenge_root").select("root").executeTakeFirst();
  return row?.root ?? null;
}

/** Where another node was faster, theirs stays. */
export async function keepChallengeRoot(db: NamelessPassDb, root: Uint8Array): Promise<void> {
  await db
    .insertInto("pass.challenge_root")
    .values({ root: Buffer.from(root) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** False where it was used before. */
export async function keepUsedChallenge(
  within: NamelessPassWithin,
  nonce: Uint8Array,
): Promise<boolean> {
  const kept = await within
    .insertInto("pass.used_challenge")
    .values({ nonce: Buffer.from(nonce) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

/** Both at once, so that no challenge outlives the list of used ones; the owner's right. */
export async function forgetChallenges(db: NamelessPassDb): Promise<void> {
  await sql`truncate pass.challenge_root, pass.used_challenge`.execute(db);
}
