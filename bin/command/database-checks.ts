/** The doctor's look at the two databases, as they run or started for the look. */
import pg from "pg";
import {
  askServer,
  judge,
  clusterRefusalToWords,
  type Server,
} from "../../src/platform/server/clusters.ts";
import type { Config } from "../../src/platform/server/config.ts";
import type { ClusterAddress } from "../../src/platform/server/db.ts";
import {
  newestSchemaVersion,
  schemaVersion,
  type ClusterName,
} from "../../src/platform/server/migrations.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { consoleLog } from "./console-log.ts";
import { neverStarted, clustersBeside } from "../../src/platform/server/clusters-beside.ts";
import { good, note, wrong, type Finding } from "./finding.ts";
import { checkNightRoom, checkOrder } from "./order-checks.ts";

const CLUSTERS = ["named", "nameless"] as const;

export async function checkDatabases(config: Config): Promise<readonly Finding[]> {
  if (await neverStarted(config))
    return [note("databases", "Callroom's own are not there yet; the first start makes them.")];
  let databases;
  try {
    databases = await clustersBeside(config, consoleLog("error"));
  } catch (error) {
    if (error instanceof StartRefused) return [wrong("databases", error.message)];
    throw error;
  }
  try {
    const findings: Finding[] = [];
    const servers: Partial<Record<ClusterName, Server>> = {};
    for (const cluster of CLUSTERS) {
      try {
        servers[cluster] = await askServer(databases.addresses[cluster]);
        // Another machine's disk can't be asked.
        const folder = config.databases[cluster].kind === "address" ? null : config.dataDir;
        findings.push(
          ...(await checkOne(cluster, databases.addresses[cluster], servers[cluster], folder)),
        );
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        findings.push(wrong(`${cluster} database`, `It could not be asked (${code ?? message}).`));
      }
    }
    if (servers.named && servers.nameless)
      findings.push(checkApart(config, servers.named, servers.nameless));
    return findings;
  } finally {
    await databases.close();
  }
}

function checkApart(config: Config, named: Server, nameless: Server): Finding {
  const judged = judge(named, nameless, config.acceptOneServer);
  if (!judged.ok) return wrong("two servers", clusterRefusalToWords(judged.refusal));
  if (named.identifier === null || nameless.identifier === null)
    return note(
      "two servers",
      "A server hides its identifier: whether they are two can't be seen from here.",
    );
  return judged.value.oneServer
    ? note("two servers", "Both databases lie on one server, by your leave; members are told.")
    : good("two servers", "the databases share no server, transaction counter or log");
}

/** Pools of every slice, the owner's, the listeners' and the queue's, for one node. */
const CONNECTIONS_A_NODE = 30;

async function checkOne(
  cluster: ClusterName,
  address: ClusterAddress,
  server: Server,
  folder: string | null,
): Promise<readonly Finding[]> {
  const name = `${cluster} database`;
  const client = new pg.Client(address);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return [
      good(name, `PostgreSQL ${server.version}`),
      await checkSchema(client, cluster),
      server.maxConnections < CONNECTIONS_A_NODE
        ? wrong(
            name,
            `It takes ${server.maxConnections} connections; a node needs ${CONNECTIONS_A_NODE}.`,
          )
        : good(
            name,
            `${server.maxConnections} connections, enough for ${Math.floor(server.maxConnections / CONNECTIONS_A_NODE)} nodes`,
          ),
      ...(await checkDurability(client, name)),
      ...(cluster === "named" ? [await checkBooking(client), ...(await checkJobs(client))] : []),
      ...(await checkOrder(client, cluster)),
      ...(folder === null ? [] : [await checkNightRoom(client, cluster, folder)]),
      await checkServerClock(client, name),
    ];
  } finally {
    await client.end();
  }
}

async function checkSchema(client: pg.Client, cluster: ClusterName): Promise<Finding> {
  const [has, knows] = [await schemaVersion(client), await newestSchemaVersion(cluster)];
  const name = `${cluster} schema`;
  if (has === knows) return good(name, `version ${has}, current`);
  if (has > knows)
    return wrong(name, `version ${has}; this Callroom knows ${knows}. Run the newer Callroom.`);
  return note(name, `version ${has}; the next start brings it to ${knows}.`);
}

/** What was confirmed must survive a power cut. */
async function checkDurability(client: pg.Client, name: string): Promise<readonly Finding[]> {
  const { rows } = await client.query<{ setting: string }>(
    "select name || ' = ' || setting as setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'",
  );
  return rows.map(({ setting }) =>
    wrong(name, `${setting}: a power cut may lose what was confirmed.`),
  );
}

/** The constraint that keeps two people out of one hour stands on this extension. */
async function checkBooking(client: pg.Client): Promise<Finding> {
  const there = await client.query("select 1 from pg_extension where extname = 'btree_gist'");
  if (there.rowCount === 1) return good("bookings", "btree_gist is there: an hour is given once");
  const could = await client.query(
    "select 1 from pg_available_extensions where name = 'btree_gist'",
  );
  return could.rowCount === 1
    ? note("bookings", "btree_gist is not there yet; the next start makes it.")
    : wrong(
        "bookings",
        "This server lacks the extension btree_gist (in PostgreSQL's contrib package).",
      );
}

async function checkJobs(client: pg.Client): Promise<readonly Finding[]> {
  const queue = await client.query<{ there: boolean }>(
    "select to_regclass('graphile_worker._private_jobs') is not null as there",
  );
  if (!queue.rows[0]?.there) return [];
  const { rows } = await client.query<{ failed: number; late: number }>(
    `select count(*) filter (where attempts >= max_attempts)::int as failed,
            count(*) filter (where attempts < max_attempts and run_at < now() - interval '1 hour')::int as late
     from graphile_worker._private_jobs`,
  );
  const { failed = 0, late = 0 } = rows[0] ?? {};
  const findings: Finding[] = [];
  if (failed > 0)
    findings.push(
      wrong("letters and jobs", `${failed} failed for good; the steward's page lists them.`),
    );
  if (late > 0) findings.push(note("letters and jobs", `${late} have waited for over an hour.`));
  return findings.length > 0 ? findings : [good("letters and jobs", "none failed, none late")];
}

async function checkServerClock(client: pg.Client, name: string): Promise<Finding> {
  const before = Date.now();
  const { rows } = await client.query<{ now: number }>(
    "select (extract(epoch from clock_timestamp()) * 1000)::float8 as now",
  );
  const apart = Math.abs((rows[0]?.now ?? 0) - (before + Date.now()) / 2) / 1000;
  return apart > 5
    ? wrong(name, `Its clock is ${Math.round(apart)} seconds away from this machine's.`)
    : good(name, "its clock agrees with this machine's");
}
