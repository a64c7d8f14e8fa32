/**
 * Everything of one server's database into another server's, empty until then: the schema as it is there, by
 * our migrations and the queue's own; every row of every table; and then both are compared.
 */
import pg from "pg";
import { ok, refuse, type Result } from "../result.ts";
import { dumpTables, fingerprints, loadTables, tableOutlines } from "./backup-tables.ts";
import type { Place } from "./cluster-place.ts";
import type { Log } from "./log.ts";
import { migrate, newestSchemaVersion, schemaVersion, type ClusterName } from "./migrations.ts";
import { makeQueueSchema, queueVersion } from "./queue-schema.ts";

/** What stands in the way, as the end of a sentence. */
export interface NotCopied {
  readonly type: "NotCopied";
  readonly why: string;
}

export async function copyCluster(
  source: Place,
  target: Place,
  log: Log,
): Promise<Result<null, NotCopied>> {
  const { cluster } = source;
  const databases = await withClient({ ...source.address, database: "postgres" }, databasesIn);
  const strange = databases.filter((name) => name !== source.address.database);
  if (strange.length > 0)
    return notCopied(`it also holds ${strange.join(", ")}, unknown to Callroom`);
  // A first start that was killed before it made the database left nothing to copy.
  if (databases.length === 0) return ok(null);
  return withClient(source.address, (from) =>
    withClient(target.address, async (to) => {
      const made = await makeSameSchema(from, to, cluster);
      if (!made.ok) return made;
      log.info("copying everything", { cluster });
      const frames = dumpTables(from, cluster, () => undefined, "everything");
      await loadTables(to, cluster, told(frames, cluster, log), () => undefined, "everything");
      log.info("everything is copied; comparing both", { cluster });
      const different = differences(...(await Promise.all([fingerprints(from), fingerprints(to)])));
      if (different.length > 0) return notCopied(`${different.join(", ")} came over differently`);
      // Now, as a server that stops gives itself a minute.
      await to.query("checkpoint");
      log.info("both hold the same", { cluster });
      return ok(null);
    }),
  );
}

async function makeSameSchema(
  from: pg.Client,
  to: pg.Client,
  cluster: ClusterName,
): Promise<Result<null, NotCopied>> {
  const version = await schemaVersion(from);
  if (version > (await newestSchemaVersion(cluster)))
    return notCopied(`a newer Callroom than this one wrote it (schema version ${version})`);
  await migrate(to, cluster, version);
  const queue = await makeQueueSchema(to, await queueVersion(from));
  if (!queue.ok) return notCopied("a newer Callroom than this one wrote its queue");
  const known = await tableOutlines(to);
  const unknown = [...(await tableOutlines(from))].filter((outline) => !known.has(outline));
  return unknown.length === 0
    ? ok(null)
    : notCopied(`it holds what no migration of Callroom made: ${unknown.join(", ")}`);
}

function differences(
  had: ReadonlyMap<string, string>,
  has: ReadonlyMap<string, string>,
): readonly string[] {
  const names = new Set([...had.keys(), ...has.keys()]);
  return [...names].filter((name) => had.get(name) !== has.get(name));
}

const TELL_EVERY_MS = 5000;

/** The stream itself, with a word on the console now and then. */
async function* told(
  frames: AsyncIterable<Uint8Array>,
  cluster: ClusterName,
  log: Log,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let next = Date.now() + TELL_EVERY_MS;
  for await (const part of frames) {
    bytes += part.length;
    if (Date.now() > next) {
      log.info("copying goes on", { cluster, bytes });
      next = Date.now() + TELL_EVERY_MS;
    }
    yield part;
  }
}

async function databasesIn(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select datname as name from pg_database where not datistemplate and datname <> 'postgres'",
  );
  return rows.map(({ name }) => name);
}

async function withClient<Value>(
  address: pg.ClientConfig,
  use: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ ...address, application_name: "callroom upgrade" });
  // A connection that breaks fails the query that is under way.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function notCopied(why: string) {
  return refuse({ type: "NotCopied", why } as const);
}
