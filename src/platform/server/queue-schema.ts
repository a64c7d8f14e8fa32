/**
 * The queue's tables as another database has them, without a row: from the library's own files, which its
 * public interface only runs to their end. Rows copied into a later state of the schema might not fit.
 */
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type pg from "pg";
import { ok, refuse, type Result } from "../result.ts";

/** Number of the last change that was made to the queue's tables; 0 when there are none yet. */
export async function queueVersion(client: pg.ClientBase): Promise<number> {
  const found = await client.query<{ there: boolean }>(
    "select to_regclass('graphile_worker.migrations') is not null as there",
  );
  if (!found.rows[0]?.there) return 0;
  const { rows } = await client.query<{ version: number | null }>(
    "select max(id) as version from graphile_worker.migrations",
  );
  return rows[0]?.version ?? 0;
}

/** Refuses a version that the library doesn't know, made by a newer one. */
export async function makeQueueSchema(
  client: pg.ClientBase,
  version: number,
): Promise<Result<null, { readonly knows: number }>> {
  if (version === 0) return ok(null);
  const files = await changes();
  const knows = files.at(-1)?.version ?? 0;
  if (version > knows) return refuse({ knows });
  await client.query("begin");
  await client.query(`
    create schema graphile_worker;
    create table graphile_worker.migrations (
      id integer primary key, ts timestamptz not null default now(), breaking boolean not null default false)`);
  for (const file of files) {
    if (file.version > version) break;
    const text = await readFile(file.path, "utf8");
    await client.query(text.replaceAll(/:GRAPHILE_WORKER_SCHEMA\b/g, "graphile_worker"));
  }
  await client.query("commit");
  return ok(null);
}

async function changes(): Promise<readonly { version: number; path: string }[]> {
  const entry = createRequire(import.meta.url).resolve("graphile-worker");
  const folder = join(dirname(entry), "../sql");
  const names = (await readdir(folder)).filter((name) => /^\d{6}\.sql$/.test(name)).toSorted();
  return names.map((name) => ({ version: Number.parseInt(name, 10), path: join(folder, name) }));
}
