/** The safe's SQL. Rows are ciphertext under a sequence of their own safe; no row carries a date. */
import { sql, type Kysely, type Transaction } from "kysely";
import { violation } from "#platform/server/db.ts";
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
    .selectFrom("vault.record")
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
    .selectFrom("vault.record")
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

/**
 * One statement, so that a safe's sequence and its record can't part: counts the sequence up and keeps the
 * record, if its version is above the one kept and the safe has room. Null otherwise.
 */
export async function keepRecord(
  db: Kysely<VaultTables>,
  record: NewRecord,
): Promise<number | null> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryToKeep(db, record);
    } catch (error) {
      // Another came first while this one waited: see `case` below. It was undone whole, and looks again.
      if (violation(error)?.code !== CHECK || tries === MOST_TRIES) throw error;
    }
  }
}

export interface NewRecord {
  readonly safe: string;
  readonly collection: Uint8Array;
  readonly id: Uint8Array;
  readonly version: number;
  readonly sealed: Uint8Array;
}

const CHECK = "23514";
const MOST_TRIES = 20;

async function tryToKeep(db: Kysely<VaultTables>, record: NewRecord): Promise<number | null> {
  const size = record.sealed.length;
  const kept = await sql<{ sequence: number }>`
    with before as (
      select version, length(sealed) as size from vault.record
      where safe = ${record.safe} and collection = ${record.collection} and id = ${record.id}
    ), next as (
      update vault.safe
      set sequence = sequence + 1, bytes_used = bytes_used + ${size} - coalesce((select size from before), 0)
      where id = ${record.safe}
        and coalesce((select version from before), 0) < ${record.version}
        and bytes_used + ${size} - coalesce((select size from before), 0) <= ${SAFE_BYTES}
      returning sequence
    )
    insert into vault.record (safe, collection, id, version, sequence, sealed)
    select ${record.safe}, ${record.collection}, ${record.id}, ${record.version}, sequence, ${record.sealed} from next
    on conflict (safe, collection, id) do update
      set version = case when vault.record.version = coalesce((select version from before), 0)
                      -- No version is 0: the whole statement is undone.
                      then excluded.version else 0 end,
        sequence = excluded.sequence, sealed = excluded.sealed
    returning sequence`.execute(db);
  return kept.rows[0]?.sequence ?? null;
}

export async function recordAt(
  db: VaultDb,
  safe: string,
  collection: Uint8Array,
  id: Uint8Array,
): Promise<StoredRecord | null> {
  const found = await db
    .selectFrom("vault.record")
    .select(["collection", "id", "version", "sequence", "sealed"])
    .where("safe", "=", safe)
    .where("collection", "=", Buffer.from(collection))
    .where("id", "=", Buffer.from(id))
    .executeTakeFirst();
  return found ?? null;
}

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
