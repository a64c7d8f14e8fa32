/** Looks for words in everything an instance left behind: database files and dumps, logs, mail, its folder. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { findRunning } from "#platform/server/embedded-postgres.ts";

export interface Trace {
  readonly where: string;
  readonly word: string;
}

/** Every file under the folder, byte by byte: heap, indexes, write-ahead log, mail, backups, logs. */
export async function searchFiles(folder: string, words: readonly string[]): Promise<Trace[]> {
  const found: Trace[] = [];
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of names) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    if (/\/postgres-[\d.]+[^/]*\/(bin|lib|share)\//.test(file)) continue;
    const bytes = await readFile(file).catch(() => null);
    if (bytes) found.push(...inBytes(file.slice(folder.length + 1), bytes, words));
  }
  return found;
}

/** As UTF-8, UTF-16, base64 and hex: a word may lie in any of these shapes. */
export function inBytes(where: string, bytes: Buffer, words: readonly string[]): Trace[] {
  return words.flatMap((word) =>
    shapesOf(word).some((shape) => bytes.includes(shape)) ? [{ where, word }] : [],
  );
}

function shapesOf(word: string): Buffer[] {
  const utf8 = Buffer.from(word, "utf8");
  // Base64 of a word depends on where it begins: the middle of each of the three is the same anywhere.
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift, 0x20), utf8]).toString("base64");
    return Buffer.from(text.slice(shift === 0 ? 0 : 4, -4));
  });
  return [
    utf8,
    Buffer.from(word, "utf16le"),
    Buffer.from(utf8.toString("hex")),
    ...base64.filter((each) => each.length >= 8),
  ];
}

/** Every value of every table of both clusters, as text: what a dump would hold. */
export async function searchTables(dataDir: string, words: readonly string[]): Promise<Trace[]> {
  const found: Trace[] = [];
  for (const cluster of ["named", "nameless"] as const) {
    const address = await findRunning({ dataDir, cluster });
    if (!address) continue;
    const client = new pg.Client(address);
    await client.connect();
    const tables = await client.query<{ name: string }>(`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`);
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      for (const { row } of rows.rows)
        found.push(...inBytes(`${cluster} ${name}`, Buffer.from(row), words));
    }
    await client.end();
  }
  return found;
}

/** Writes everything to disk, so that the search of files sees what is only in memory. */
export async function checkpoint(dataDir: string): Promise<void> {
  for (const cluster of ["named", "nameless"] as const) {
    const address = await findRunning({ dataDir, cluster });
    if (!address) continue;
    const client = new pg.Client(address);
    await client.connect();
    await client.query("checkpoint");
    await client.end();
  }
}
