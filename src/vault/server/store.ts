/**
 * The safe's SQL. Rows are ciphertext under a sequence of their own safe; no row carries a date. Records are read and
 * written in the safe's part of the table: finding it takes PostgreSQL as long as reading from it, and a prepared
 * statement on the whole would wait for any part that is being written anew.
 */
import { sql, type Kysely, type Transaction } from "kysely";
import { RECORD_PAGE } from "../contract.ts";
import type { VaultTables } from "./tables.ts";

export type VaultDb = Kysely<VaultTables> | Transaction<VaultTables>;

export interface StoredRecord {
  readonly collection: Buffer;
  readonly id: Buffer;
  readonly version: number;
  readonly sequence: number;
  readonly sealed: Buffer;
}

/** Sealed bytes one safe may hold: about 20,000 journal entries. */
export const SAFE_BYTES = 64 * 1024 * 1024;

/** Sealed bytes in one page, beyond its first record: a full safe at once would be too much for a server's memory. */
const PAGE_BYTES = 2 * 1024 * 1024;

/** A page of what changed, oldest first, and whether there is more behind it. */
export async function recordsAfter(
  db: VaultDb,
  safe: string,
  after: number,
): Promise<{ records: StoredRecord[]; more: boolean }> {
  const changed = await db
    .selectFrom(recordsOf(safe))
    .select(["sequence", sql<number>`length(sealed)`.as("size")])
    .where("safe", "=", safe)
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(RECORD_PAGE + 1)
    .execute();
  let size = 0;
  const page = changed
    .slice(0, RECORD_PAGE)
    .filter((record, at) => (size += record.size) <= PAGE_BYTES || at === 0);
  const last = page.at(-1);
  if (!last) return { records: [], more: false };
  const records = await db
    .selectFrom(recordsOf(safe))
    .select(["collection", "id", "version", "sequence", "sealed"])
    .where("safe", "=", safe)
    .where("sequence", ">", after)
    .where("sequence", "<=", last.sequence)
    .orderBy("sequence")
    .execute();
  return { records, more: page.length < changed.length };
}

/** Counts the safe's changes; 0 where there is no such safe. */
export async function sequenceOf(db: VaultDb, safe: string): Promise<number> {
  const row = await db
    .selectFrom("vault.safe")
    .select("sequence")
    .where("id", "=", safe)
    .executeTakeFirst();
  return row?.sequence ?? 0;
}

export interface NewRecord {
  readonly safe: string;
  readonly collection: Uint8Array;
  readonly id: Uint8Array;
  readonly version: number;
  readonly sealed: Uint8Array;
}

/**
 * Each record counts its safe's sequence up and is kept, if its version is above the one kept and the safe has
 * room; null otherwise. All are committed at once, or none.
 */
export async function keepRecords(
  db: VaultDb,
  records: readonly NewRecord[],
): Promise<(number | null)[]> {
  const calls = records.map(
    ({ safe, collection, id, version, sealed }) =>
      sql`${sql.table(`vault.keep_record_${partOf(safe)}`)}(${safe}, ${collection}, ${id}, ${version}, ${sealed}, ${SAFE_BYTES})`,
  );
  const kept = await sql<{ sequences: (number | null)[] }>`
    select array[${sql.join(calls)}]::float8[] as sequences`.execute(db);
  return kept.rows[0]!.sequences;
}

export async function recordAt(
  db: VaultDb,
  safe: string,
  collection: Uint8Array,
  id: Uint8Array,
): Promise<StoredRecord | null> {
  const found = await db
    .selectFrom(recordsOf(safe))
    .select(["collection", "id", "version", "sequence", "sealed"])
    .where("safe", "=", safe)
    .where("collection", "=", Buffer.from(collection))
    .where("id", "=", Buffer.from(id))
    .executeTakeFirst();
  return found ?? null;
}

/** The safe's part of `vault.record`, `00` to `31`: the first five bits of its id, as in migration 0008. */
const partOf = (safe: string): string =>
  String(Number.parseInt(safe.slice(0, 2), 16) >> 3).padStart(2, "0");

const recordsOf = (safe: string) =>
  sql<VaultTables["vault.record"]>`${sql.table(`vault.record_${partOf(safe)}`)}`.as("record");

export async function makeSafe(
  db: VaultDb,
  safe: string,
  wraps: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  await db.insertInto("vault.safe").values({ id: safe }).execute();
  for (const [slot, sealed] of wraps) await keepWrap(db, safe, slot, sealed);
}

export async function keepWrap(
  db: VaultDb,
  safe: string,
  slot: string,
  sealed: Uint8Array,
): Promise<void> {
  const row = { safe, slot, sealed: Buffer.from(sealed) };
  await db
    .insertInto("vault.wrap")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["safe", "slot"]).doUpdateSet({ sealed: row.sealed }),
    )
    .execute();
}

export async function dropWrap(db: VaultDb, safe: string, slot: string): Promise<void> {
  await db.deleteFrom("vault.wrap").where("safe", "=", safe).where("slot", "=", slot).execute();
}

export function wrapsOf(db: VaultDb, safe: string): Promise<{ slot: string; sealed: Buffer }[]> {
  return db.selectFrom("vault.wrap").select(["slot", "sealed"]).where("safe", "=", safe).execute();
}

/** The safe, its wraps and all its records: gone. */
export async function destroySafe(db: VaultDb, safe: string): Promise<void> {
  await db.deleteFrom("vault.safe").where("id", "=", safe).execute();
}
