/** The safe's SQL. Rows are ciphertext under a sequence of their own safe; no row carries a date. */
import { sql, type Kysely, type Transaction } from "kysely";
import type { VaultTables } from "./tables.ts";

export type VaultDb = Kysely<VaultTables> | Transaction<VaultTables>;

export interface StoredRecord {
  readonly collection: Buffer;
  readonly id: Buffer;
  readonly version: number;
  readonly sequence: number;
  readonly sealed: Buffer | null;
}

/** Sealed bytes one safe may hold: about 20,000 journal entries. */
export const SAFE_BYTES = 64 * 1024 * 1024;

export function recordsAfter(
  db: VaultDb,
  safe: string,
  after: number,
  limit: number,
): Promise<StoredRecord[]> {
  return db
    .selectFrom("vault.record")
    .select(["collection", "id", "version", "sequence", "sealed"])
    .where("safe", "=", safe)
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(limit)
    .execute();
}

/**
 * One statement, so that a safe's sequence and its record can't part: counts the sequence up and keeps the
 * record, if its version follows the one kept and the safe has room. Null otherwise.
 */
export async function keepRecord(
  db: VaultDb,
  record: {
    safe: string;
    collection: Uint8Array;
    id: Uint8Array;
    version: number;
    sealed: Uint8Array | null;
  },
): Promise<number | null> {
  const size = record.sealed?.length ?? 0;
  const kept = await sql<{ sequence: number }>`
    with before as (
      select version, coalesce(length(sealed), 0) as size from vault.record
      where safe = ${record.safe} and collection = ${record.collection} and id = ${record.id}
    ), next as (
      update vault.safe
      set sequence = sequence + 1, bytes_used = bytes_used + ${size} - coalesce((select size from before), 0)
      where id = ${record.safe}
        and coalesce((select version from before), 0) = ${record.version - 1}
        and bytes_used + ${size} - coalesce((select size from before), 0) <= ${SAFE_BYTES}
      returning sequence
    )
    insert into vault.record (safe, collection, id, version, sequence, sealed)
    select ${record.safe}, ${record.collection}, ${record.id}, ${record.version}, sequence, ${record.sealed} from next
    on conflict (safe, collection, id) do update
      set version = excluded.version, sequence = excluded.sequence, sealed = excluded.sealed
      where vault.record.version = excluded.version - 1
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
