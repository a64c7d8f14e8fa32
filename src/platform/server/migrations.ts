/**
 * Brings a cluster to the newest schema: plain SQL files, forward only, each in a transaction of its own,
 * all under one advisory lock, because three nodes that migrate at once fail without it.
 */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { ADVISORY_LOCKS } from "./advisory-locks.ts";

export type ClusterName = "named" | "nameless";

/** Slices with tables in each cluster, lowest first: each has a schema of its name and a role. */
export const SLICES = {
  named: ["vault", "identity", "pass", "reflect", "learn", "coaching", "stewardship"],
  nameless: ["pass", "circles"],
} as const satisfies Record<ClusterName, readonly string[]>;

export interface Migrated {
  readonly version: number;
  readonly applied: number;
}

const FOLDER = join(import.meta.dirname, "../../../migrations");

export async function migrate(
  client: pg.ClientBase,
  cluster: ClusterName,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<Migrated> {
  await client.query("select pg_advisory_lock($1)", [ADVISORY_LOCKS.migrations]);
  try {
    await makeRoles(client, cluster);
    await client.query(
      "create table if not exists public.callroom_schema (version integer primary key, title text not null)",
    );
    const before = await schemaVersion(client);
    const files = await migrationFiles(cluster);
    const newest = files.at(-1)?.version ?? 0;
    if (before > newest)
      throw new Error(
        `The ${cluster} database is of schema version ${before}; this Callroom knows ${newest}. Run the newer Callroom.`,
      );
    let version = before;
    let applied = 0;
    for (const file of files) {
      if (file.version <= before || file.version > upTo) continue;
      await client.query("begin");
      try {
        await client.query(await readFile(file.path, "utf8"));
        await client.query("insert into public.callroom_schema values ($1, $2)", [
          file.version,
          file.title,
        ]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw error;
      }
      version = file.version;
      applied += 1;
    }
    return { version, applied };
  } finally {
    await client.query("select pg_advisory_unlock($1)", [ADVISORY_LOCKS.migrations]);
  }
}

/** 0 for an empty database. */
export async function schemaVersion(client: pg.ClientBase): Promise<number> {
  const found = await client.query<{ exists: boolean }>(
    "select to_regclass('public.callroom_schema') is not null as exists",
  );
  if (!found.rows[0]?.exists) return 0;
  const row = await client.query<{ version: number | null }>(
    "select max(version) as version from public.callroom_schema",
  );
  return row.rows[0]?.version ?? 0;
}

export async function newestSchemaVersion(cluster: ClusterName): Promise<number> {
  return (await migrationFiles(cluster)).at(-1)?.version ?? 0;
}

// Roles belong to the server, not to the database, so they can't be in a migration.
async function makeRoles(client: pg.ClientBase, cluster: ClusterName): Promise<void> {
  for (const role of SLICES[cluster]) {
    const name = `callroom_${role}`;
    const known = await client.query("select 1 from pg_roles where rolname = $1", [name]);
    if (known.rowCount === 0) await client.query(`create role ${name} nologin`);
    await client.query(`grant ${name} to current_user`);
  }
}

async function migrationFiles(cluster: ClusterName) {
  const folder = join(FOLDER, cluster);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  return names.map((name, index) => {
    const match = /^(\d{4})-(.+)\.sql$/.exec(name);
    if (!match || Number(match[1]) !== index + 1)
      throw new Error(`Migrations must count up: ${name}`);
    return { version: index + 1, title: match[2]!, path: join(folder, name) };
  });
}
