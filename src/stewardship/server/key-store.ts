/** The SQL of the stewards' key: the public log, sealed wraps, and who asks to be admitted. */
import { sql, type Kysely, type Transaction } from "kysely";
import type { IdentityTables } from "#identity/server/tables.ts";
import type { StewardLogEntry } from "../log-entry.ts";
import type { StewardshipTables } from "./tables.ts";

type KeyTables = Pick<
  StewardshipTables,
  "stewardship.steward_log_entry" | "stewardship.epoch_wrap" | "stewardship.key_binding"
> & {
  "identity.account": Pick<
    IdentityTables["identity.account"],
    "id" | "name" | "roles" | "hpke_key" | "signing_key"
  >;
};
export type KeyWithin = Kysely<KeyTables> | Transaction<KeyTables>;

export async function stewardLogEntries(db: KeyWithin): Promise<StewardLogEntry[]> {
  const rows = await db
    .selectFrom("stewardship.steward_log_entry")
    .select("entry")
    .orderBy("sequence")
    .execute();
  return rows.map(({ entry }) => entry as StewardLogEntry);
}

/** False where another entry has this place. */
export async function keepStewardLogEntry(
  within: KeyWithin,
  entry: StewardLogEntry,
): Promise<boolean> {
  const kept = await within
    .insertInto("stewardship.steward_log_entry")
    .values({ sequence: entry.sequence, entry: JSON.stringify(entry) })
    .onConflict((conflict) => conflict.column("sequence").doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

export interface StewardRow {
  readonly id: string;
  readonly name: string;
  readonly hpke_key: Buffer;
  readonly signing_key: Buffer;
  readonly binding: Buffer | null;
}

export async function stewardsWithKeys(db: KeyWithin): Promise<StewardRow[]> {
  return db
    .selectFrom("identity.account as a")
    .leftJoin("stewardship.key_binding as b", "b.account", "a.id")
    .select(["a.id", "a.name", "a.hpke_key", "a.signing_key", "b.binding"])
    .where(sql<boolean>`'steward' = any(a.roles)`)
    .orderBy("a.id")
    .execute();
}

export async function keepBinding(
  within: KeyWithin,
  account: string,
  binding: Buffer,
): Promise<void> {
  await within
    .insertInto("stewardship.key_binding")
    .values({ account, binding })
    .onConflict((conflict) => conflict.column("account").doUpdateSet({ binding }))
    .execute();
}

export function wrapsOfSteward(
  db: KeyWithin,
  account: string,
): Promise<{ epoch: number; sealed: Buffer }[]> {
  return db
    .selectFrom("stewardship.epoch_wrap")
    .select(["epoch", "sealed"])
    .where("account", "=", account)
    .orderBy("epoch")
    .execute();
}

export async function keepWraps(
  within: KeyWithin,
  epoch: number,
  wraps: readonly { readonly account: string; readonly sealed: Buffer }[],
): Promise<void> {
  await within
    .insertInto("stewardship.epoch_wrap")
    .values(wraps.map(({ account, sealed }) => ({ epoch, account, sealed })))
    .execute();
}

/** Of accounts that are stewards no more. */
export async function dropWrapsOfOthers(
  within: KeyWithin,
  stewards: readonly string[],
): Promise<void> {
  await within
    .deleteFrom("stewardship.epoch_wrap")
    .where(sql<boolean>`account <> all(${stewards}::uuid[])`)
    .execute();
}
