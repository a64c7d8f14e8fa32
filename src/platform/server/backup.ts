/**
 * A backup while Callroom runs, and its way back into an empty place: one encrypted file a database and
 * one for the secrets. Nothing is written anywhere before all three have been read to their end and found
 * whole. Waiting jobs are not kept, and a deletion made since is carried out again from its ledger.
 */
import { randomBytes } from "node:crypto";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline, Readable, type Duplex } from "node:stream";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import type pg from "pg";
import { ok, refuse, type Result } from "../result.ts";
import { withClient } from "./one-connection.ts";
import {
  DamagedBackup,
  makePassphraseKey,
  openPassphraseKey,
  readBackupFile,
  readBackupHeader,
  writeBackupFile,
  type BackupContents,
  type BackupHeader,
  type FileRefusal,
  type PassphraseKey,
} from "./backup-file.ts";
import {
  checkTables,
  dumpTables,
  loadTables,
  tablesWithRows,
  type OnTable,
} from "./backup-tables.ts";
import { askServer } from "./clusters.ts";
import { flushFolder } from "./flushed.ts";
import { migrate, newestSchemaVersion, schemaVersion, type ClusterName } from "./migrations.ts";
import { secretsExist, writeExclusively } from "./secrets.ts";

export type Addresses = Readonly<Record<ClusterName, pg.PoolConfig>>;

export interface MakingOptions {
  readonly folder: string;
  readonly addresses: Addresses;
  readonly secretsFile: string;
  readonly passphrase: string;
  /** Day, 2026-11-22. A backup tells no finer time. */
  readonly today: string;
  readonly onTable: OnTable;
}

export type MakingRefusal =
  | { readonly type: "FileThere"; readonly file: string }
  | { readonly type: "NoSecrets"; readonly file: string }
  | { readonly type: "NoSchema"; readonly cluster: ClusterName };

export interface MadeFile {
  readonly file: string;
  readonly bytes: number;
}

const BACKUP_FILES = {
  named: "named.callroom",
  nameless: "nameless.callroom",
  secrets: "secrets.callroom",
} as const satisfies Record<BackupContents, string>;

const CLUSTERS = ["named", "nameless"] as const;

export async function makeBackup(
  options: MakingOptions,
): Promise<Result<readonly MadeFile[], MakingRefusal>> {
  const { folder, addresses, secretsFile } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of Object.values(BACKUP_FILES))
    if (await exists(join(folder, name)))
      return refuse({ type: "FileThere", file: join(folder, name) });
  const secrets = await readFile(secretsFile).catch(() => null);
  if (secrets === null) return refuse({ type: "NoSecrets", file: secretsFile });

  const key = await makePassphraseKey(options.passphrase);
  const set = randomBytes(16).toString("base64url");
  const about = { set, madeOn: options.today };
  const made: MadeFile[] = [];
  const write = async (
    holds: BackupContents,
    rest: Pick<BackupHeader, "schemaVersion" | "postgres">,
    plain: AsyncIterable<Uint8Array>,
  ) => {
    const file = join(folder, BACKUP_FILES[holds]);
    const bytes = await writeBackupFile(`${file}.part`, { ...about, ...rest, holds }, key, plain);
    made.push({ file, bytes });
  };

  try {
    for (const cluster of CLUSTERS) {
      const version = await withClient("backup", addresses[cluster], schemaVersion);
      if (version === 0) return refuse({ type: "NoSchema", cluster });
      const { version: postgres } = await askServer(addresses[cluster]);
      await withClient("backup", addresses[cluster], async (client) => {
        const frames = dumpTables(client, cluster, options.onTable);
        await write(cluster, { schemaVersion: version, postgres }, through(compressing(), frames));
      });
    }
    await write("secrets", { schemaVersion: null, postgres: null }, Readable.from([secrets]));
    // Read again before they get their names: a disk that doesn't keep what it took is noticed now.
    for (const { file } of made) await checkFile(`${file}.part`, key);
    for (const { file } of made) await rename(`${file}.part`, file);
    await flushFolder(folder);
    return ok(made);
  } finally {
    for (const name of Object.values(BACKUP_FILES))
      await rm(join(folder, `${name}.part`), { force: true });
  }
}

export type BackupRefusal =
  | FileRefusal
  | { readonly type: "FilesMissing"; readonly files: readonly string[] }
  | { readonly type: "Damaged"; readonly file: string }
  | { readonly type: "MixedSets" }
  | {
      readonly type: "NewerSchema";
      readonly cluster: ClusterName;
      readonly has: number;
      readonly knows: number;
    };

/** A backup that was read to its end and is whole. */
export interface CheckedBackup {
  readonly folder: string;
  readonly key: PassphraseKey;
  readonly headers: Readonly<Record<BackupContents, BackupHeader>>;
  readonly rows: number;
}

export async function checkBackup(
  folder: string,
  passphrase: string,
): Promise<Result<CheckedBackup, BackupRefusal>> {
  const missing: string[] = [];
  for (const name of Object.values(BACKUP_FILES))
    if (!(await exists(join(folder, name)))) missing.push(join(folder, name));
  if (missing.length > 0) return refuse({ type: "FilesMissing", files: missing });

  const headers: Partial<Record<BackupContents, BackupHeader>> = {};
  for (const [holds, name] of Object.entries(BACKUP_FILES) as [BackupContents, string][]) {
    const header = await readBackupHeader(join(folder, name));
    if (!header.ok) return header;
    if (header.value.holds !== holds)
      return refuse({ type: "NotABackup", file: join(folder, name) });
    headers[holds] = header.value;
  }
  const whole = headers as Record<BackupContents, BackupHeader>;
  if (new Set(Object.values(whole).map(({ set }) => set)).size > 1)
    return refuse({ type: "MixedSets" });
  for (const cluster of CLUSTERS) {
    const has = whole[cluster].schemaVersion ?? 0;
    const knows = await newestSchemaVersion(cluster);
    if (has > knows) return refuse({ type: "NewerSchema", cluster, has, knows });
  }
  const key = await openPassphraseKey(passphrase, whole.named.passphrase);
  if (!key.ok) return key;

  let rows = 0;
  for (const name of Object.values(BACKUP_FILES)) {
    try {
      rows += await checkFile(join(folder, name), key.value);
    } catch (error) {
      if (error instanceof DamagedBackup)
        return refuse({ type: "Damaged", file: join(folder, name) });
      throw error;
    }
  }
  return ok({ folder, key: key.value, headers: whole, rows });
}

export type PlaceRefusal =
  | { readonly type: "NotEmpty"; readonly cluster: ClusterName; readonly tables: readonly string[] }
  | { readonly type: "HasNewerSchema"; readonly cluster: ClusterName }
  | { readonly type: "OtherSecrets"; readonly file: string };

export interface LoadingOptions {
  readonly addresses: Addresses;
  readonly secretsFile: string;
  /** Day, 2026-12-05. */
  readonly today: string;
  readonly onTable: OnTable;
}

/**
 * Into an empty place: the schema as it was then, the rows, what slices do after a restore, then the newest
 * schema. Secrets come first, as a second try after a fault finds the same ones there and goes on.
 */
export async function loadBackup(
  backup: CheckedBackup,
  options: LoadingOptions,
): Promise<Result<null, PlaceRefusal>> {
  const { folder, key } = backup;
  for (const cluster of CLUSTERS) {
    const looked = await withClient("backup", options.addresses[cluster], async (client) => ({
      tables: await tablesWithRows(client),
      version: await schemaVersion(client),
    }));
    if (looked.tables.length > 0)
      return refuse({ type: "NotEmpty", cluster, tables: looked.tables });
    if (looked.version > (backup.headers[cluster].schemaVersion ?? 0))
      return refuse({ type: "HasNewerSchema", cluster });
  }
  const secrets = await wholeOf(readBackupFile(join(folder, BACKUP_FILES.secrets), key));
  if (!(await putSecrets(options.secretsFile, secrets)))
    return refuse({ type: "OtherSecrets", file: options.secretsFile });
  for (const cluster of CLUSTERS)
    await withClient("backup", options.addresses[cluster], async (client) => {
      await migrate(client, cluster, backup.headers[cluster].schemaVersion ?? undefined);
      const stream = readBackupFile(join(folder, BACKUP_FILES[cluster]), key);
      const { madeOn } = backup.headers[cluster];
      const last = () => tellSlices(client, madeOn, options.today);
      const frames = through(createZstdDecompress(), stream);
      await loadTables(client, cluster, frames, options.onTable, "backup", last);
      await migrate(client, cluster);
    });
  return ok(null);
}

/**
 * What happened between the two days is forgotten, and some of it must not happen again. A slice that has to see
 * to that has a function `after_restore(made_on date, restored_on date)` in its schema.
 */
async function tellSlices(
  client: pg.ClientBase,
  madeOn: string,
  restoredOn: string,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, p.proname) as name
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.proname = 'after_restore'
       and pg_get_function_identity_arguments(p.oid) = 'made_on date, restored_on date'
     order by 1`,
  );
  for (const { name } of rows) await client.query(`select ${name}($1, $2)`, [madeOn, restoredOn]);
}

/** False when other secrets are there: they belong to another community. */
async function putSecrets(file: string, text: string): Promise<boolean> {
  if (await secretsExist(file)) return (await readFile(file, "utf8").catch(() => "")) === text;
  return writeExclusively(file, text);
}

/** Rows in it; throws DamagedBackup. */
async function checkFile(file: string, key: PassphraseKey): Promise<number> {
  const header = await readBackupHeader(file);
  if (!header.ok) throw new DamagedBackup(file);
  const bytes = readBackupFile(file, key);
  if (header.value.holds !== "secrets")
    return (await checkTables(through(createZstdDecompress(), bytes))).rows;
  await wholeOf(bytes);
  return 0;
}

/** Level 1: what is sealed doesn't shrink beyond the half that its hexadecimal spelling costs, and gzip takes six times as long for that. */
function compressing(): Duplex {
  return createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** What the source gives, after the transform; a fault of either side ends both. */
function through(transform: Duplex, source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  pipeline(Readable.from(source), transform, () => undefined);
  return transform;
}

async function wholeOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export function makingRefusalToWords(refusal: MakingRefusal): string {
  switch (refusal.type) {
    case "FileThere":
      return `${refusal.file} is there already. Give each backup a folder of its own.`;
    case "NoSecrets":
      return `The secrets file ${refusal.file} could not be read; a backup without it would open nothing.`;
    case "NoSchema":
      return `The ${refusal.cluster} database is empty; there is nothing to back up yet.`;
  }
}

export function backupRefusalToWords(refusal: BackupRefusal | PlaceRefusal): string {
  switch (refusal.type) {
    case "FilesMissing":
      return `This backup is not whole. Missing: ${refusal.files.join(", ")}. Nothing was written.`;
    case "NotABackup":
      return `${refusal.file} is not the file of a Callroom backup that its name says. Nothing was written.`;
    case "NewerFormat":
      return `${refusal.file} was made by a newer Callroom; restore it with that one. Nothing was written.`;
    case "WrongPassphrase":
      return "The passphrase does not open this backup. Nothing was written.";
    case "Damaged":
      return `${refusal.file} is damaged: cut short or altered. Nothing was written.`;
    case "MixedSets":
      return "These files come from different backups. Nothing was written.";
    case "NewerSchema":
      return `The ${refusal.cluster} database in this backup has schema version ${refusal.has}; this Callroom knows ${refusal.knows}. Restore it with the newer Callroom. Nothing was written.`;
    case "NotEmpty":
      return `The ${refusal.cluster} database is not empty (${refusal.tables.join(", ")}). A backup is restored into an empty place: an empty data folder, or empty databases.`;
    case "HasNewerSchema":
      return `The ${refusal.cluster} database was already set up by a newer Callroom than the backup's. Restore into an empty place: an empty data folder, or empty databases.`;
    case "OtherSecrets":
      return `${refusal.file} is there and belongs to another community. Restore into an empty data folder.`;
  }
}
