/**
 * Imports the registry's file: in batches, each written in one transaction with the place in the file up to
 * which it was read, so that a broken-off import goes on where it was. Doing it again changes nothing.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type pg from "pg";
import { ok, refuse, type Result } from "#platform/result.ts";
import { copyIn } from "#platform/server/copy.ts";
import {
  CsvRow,
  readRows,
  registryColumns,
  RowTooLong,
  rowToPerson,
  type RegistryColumns,
  type RegistryPerson,
} from "./registry-file.ts";
import { ADVISORY_LOCKS } from "#platform/server/advisory-locks.ts";

export interface RegistryProgress {
  /** Bytes of the file, and how many of them have been read. */
  readonly size: number;
  readonly read: number;
  /** Since the import began, also before it was broken off. */
  readonly rows: number;
  readonly kept: number;
}

export type RegistryRefusal =
  | { readonly type: "NoFile" }
  | { readonly type: "Packed" }
  | { readonly type: "ColumnsMissing"; readonly lacking: readonly string[] }
  | { readonly type: "RowTooLong" }
  | { readonly type: "ImportRuns" }
  | { readonly type: "SchemaMissing" };

/** What an import of the file would do. */
export interface RegistryPlan {
  readonly size: number;
  /** 0 from the beginning, `size` where it has been imported already. */
  readonly from: number;
  /** Of the first ten thousand rows. */
  readonly sample: { readonly rows: number; readonly kept: number };
}

const CHUNK_BYTES = 1024 * 1024;
const HEADING_BYTES = 256 * 1024;
const BATCH_ROWS = 20_000;
/** Where few are kept, how far the file is read before it is noted how far. */
const BATCH_BYTES = 64 * 1024 * 1024;
const SAMPLE_ROWS = 10_000;

export async function planRegistryImport(
  client: pg.ClientBase,
  path: string,
): Promise<Result<RegistryPlan, RegistryRefusal>> {
  if (!(await hasSchema(client))) return refuse({ type: "SchemaMissing" });
  const file = await openRegistryFile(path);
  if (!file.ok) return file;
  const { size, columns, heading } = file.value;
  const known = await knownImport(client, file.value);
  let [rows, kept] = [0, 0];
  const end = Math.min(size, heading + BATCH_BYTES);
  const count = (row: CsvRow) => {
    if (rows >= SAMPLE_ROWS) return;
    rows += 1;
    if (rowToPerson(row, columns)) kept += 1;
  };
  if (end > heading) {
    const bytes = createReadStream(path, { start: heading, end: end - 1 });
    await readRows(bytes, count, () => Promise.resolve());
  }
  const from = known === null ? 0 : known.finished ? size : known.nextByte;
  return ok({ size, from, sample: { rows, kept } });
}

/** Gives what the table holds afterwards. */
export async function importRegistry(
  client: pg.ClientBase,
  path: string,
  onProgress: (progress: RegistryProgress) => void,
): Promise<Result<RegistryProgress, RegistryRefusal>> {
  if (!(await hasSchema(client))) return refuse({ type: "SchemaMissing" });
  const file = await openRegistryFile(path);
  if (!file.ok) return file;
  const lock = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
    ADVISORY_LOCKS.registryImport,
  ]);
  if (!lock.rows[0]!.taken) return refuse({ type: "ImportRuns" });
  try {
    return ok(await importFrom(client, path, file.value, onProgress));
  } catch (error) {
    if (error instanceof RowTooLong) return refuse({ type: "RowTooLong" });
    throw error;
  } finally {
    await client.query("select pg_advisory_unlock($1)", [ADVISORY_LOCKS.registryImport]);
  }
}

async function importFrom(
  client: pg.ClientBase,
  path: string,
  file: RegistryFile,
  onProgress: (progress: RegistryProgress) => void,
): Promise<RegistryProgress> {
  const known = await knownImport(client, file);
  const found = known ?? (await beginImport(client, file));
  const { size, columns } = file;
  let { nextByte: read, rows, kept } = found;
  const progress = (): RegistryProgress => ({ size, read, rows, kept });
  if (found.finished) return progress();
  onProgress(progress());

  await client.query(
    `create temporary table registry_incoming
       (npi bigint, given_name text, family_name text, other_family_name text, physician boolean, student boolean)
       on commit delete rows`,
  );
  const batch: RegistryPerson[] = [];
  let written = read;
  const write = async () => {
    await writeBatch(client, found.id, batch, { nextByte: read, rows, kept });
    batch.length = 0;
    written = read;
    onProgress(progress());
  };
  const bytes = createReadStream(path, { start: read, highWaterMark: CHUNK_BYTES });
  await readRows(
    bytes,
    (row) => {
      read += row.bytes;
      rows += 1;
      const person = rowToPerson(row, columns);
      if (person === null) return;
      kept += 1;
      batch.push(person);
    },
    async () => {
      if (batch.length >= BATCH_ROWS || read - written >= BATCH_BYTES) await write();
    },
  );
  await write();
  await client.query("drop table registry_incoming");
  await finishImport(client, found.id);
  return progress();
}

// The file -----------------------------------------------------------------------------------------

interface RegistryFile {
  readonly size: number;
  readonly fingerprint: Buffer;
  readonly columns: RegistryColumns;
  /** Bytes of the first line. */
  readonly heading: number;
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

async function openRegistryFile(path: string): Promise<Result<RegistryFile, RegistryRefusal>> {
  const begun = await readBeginning(path);
  if (begun === null) return refuse({ type: "NoFile" });
  const { size, beginning } = begun;
  if (beginning.subarray(0, 2).toString("latin1") === "PK") return refuse({ type: "Packed" });
  const mark = beginning.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  const row = new CsvRow();
  const isRow = row.read(beginning, mark, beginning.length === size);
  const columns = registryColumns(isRow ? row.fields() : []);
  if (!columns.ok) return columns;
  const fingerprint = createHash("sha256").update(`${size}\n`).update(beginning).digest();
  return ok({ size, fingerprint, columns: columns.value, heading: mark + row.bytes });
}

async function readBeginning(path: string): Promise<{ size: number; beginning: Buffer } | null> {
  try {
    const handle = await open(path);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return null;
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(HEADING_BYTES),
        0,
        HEADING_BYTES,
        0,
      );
      return { size: stat.size, beginning: buffer.subarray(0, bytesRead) };
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

// The tables ---------------------------------------------------------------------------------------

async function hasSchema(client: pg.ClientBase): Promise<boolean> {
  const found = await client.query<{ there: boolean }>(
    "select to_regclass('registry.person') is not null as there",
  );
  return found.rows[0]!.there;
}

interface KnownImport {
  readonly id: number;
  readonly nextByte: number;
  readonly rows: number;
  readonly kept: number;
  readonly finished: boolean;
}

/** The newest import, if it was of this file. */
async function knownImport(client: pg.ClientBase, file: RegistryFile): Promise<KnownImport | null> {
  const { rows } = await client.query<KnownImport & { file: Buffer }>(
    `select id, file, next_byte as "nextByte", rows_read as rows, rows_kept as kept, finished
     from registry.import order by id desc limit 1`,
  );
  const [newest] = rows;
  return newest?.file.equals(file.fingerprint) ? newest : null;
}

async function beginImport(client: pg.ClientBase, file: RegistryFile): Promise<KnownImport> {
  const { rows } = await client.query<{ id: number }>(
    `insert into registry.import (id, file, next_byte)
     select coalesce(max(id), 0) + 1, $1, $2 from registry.import returning id`,
    [file.fingerprint, file.heading],
  );
  return { id: rows[0]!.id, nextByte: file.heading, rows: 0, kept: 0, finished: false };
}

async function writeBatch(
  client: pg.ClientBase,
  id: number,
  batch: readonly RegistryPerson[],
  until: { readonly nextByte: number; readonly rows: number; readonly kept: number },
): Promise<void> {
  await client.query("begin");
  try {
    await copyIn(client, "copy registry_incoming from stdin", copyText(batch));
    await client.query(
      `insert into registry.person
         (npi, given_name, family_name, other_family_name, physician, student, import)
       select distinct on (npi) npi, given_name, family_name, other_family_name, physician, student, $1
       from registry_incoming order by npi
       on conflict (npi) do update set
         given_name = excluded.given_name, family_name = excluded.family_name,
         other_family_name = excluded.other_family_name, physician = excluded.physician,
         student = excluded.student, import = excluded.import`,
      [id],
    );
    await client.query(
      "update registry.import set next_byte = $2, rows_read = $3, rows_kept = $4 where id = $1",
      [id, until.nextByte, until.rows, until.kept],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

async function* copyText(batch: readonly RegistryPerson[]): AsyncGenerator<Buffer> {
  const lines = batch.map((person) =>
    [
      person.npi,
      plain(person.givenName),
      plain(person.familyName),
      plain(person.otherFamilyName),
      person.physician ? "t" : "f",
      person.student ? "t" : "f",
    ].join("\t"),
  );
  if (lines.length > 0) yield Buffer.from(`${lines.join("\n")}\n`);
}

// COPY's text has a meaning for a backslash and for what parts fields and lines; no name has.
// eslint-disable-next-line no-control-regex -- they are what is taken out
const plain = (name: string): string => name.replace(/[\u0000-\u001f\\]/g, " ").slice(0, 200);

/** Whom this file no longer has goes; earlier imports are forgotten. */
async function finishImport(client: pg.ClientBase, id: number): Promise<void> {
  await client.query("begin");
  await client.query("delete from registry.person where import <> $1", [id]);
  await client.query("delete from registry.import where id <> $1", [id]);
  await client.query("update registry.import set finished = true where id = $1", [id]);
  await client.query("commit");
  await client.query("vacuum analyze registry.person");
}
