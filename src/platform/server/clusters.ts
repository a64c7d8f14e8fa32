/**
 * Opens the two clusters, each embedded or by address, and refuses what would break a promise: two
 * databases on one server without the operator's word, the same database twice, a server too old.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { reveal } from "../redacted.ts";
import { ok, refuse, type Result } from "../result.ts";
import type { ClusterSource, Config } from "./config.ts";
import { startEmbedded, type EmbeddedRefusal } from "./embedded-postgres.ts";
import type { Log } from "./log.ts";
import type { ClusterName } from "./migrations.ts";

export interface OpenClusters {
  readonly named: pg.PoolConfig;
  readonly nameless: pg.PoolConfig;
  /** Both lie on one server, by the operator's leave: members are told. */
  readonly oneServer: boolean;
  /** A database of this folder was still running, as after a crash. */
  readonly adopted: boolean;
  /** Stops what is embedded. Close the pools first. */
  readonly stop: () => Promise<void>;
}

export type ClusterRefusal =
  | { readonly type: "Embedded"; readonly cluster: ClusterName; readonly refusal: EmbeddedRefusal }
  | ServerRefusal;

type ServerRefusal =
  | {
      readonly type: "Unreachable";
      readonly cluster: ClusterName;
      readonly where: string;
      readonly code: string;
    }
  | { readonly type: "TooOld"; readonly cluster: ClusterName; readonly version: string }
  | { readonly type: "NotUtf8"; readonly cluster: ClusterName; readonly encoding: string }
  | { readonly type: "SameDatabase" }
  | { readonly type: "OneServer" };

export interface OpeningOptions {
  /** Where the copy of PostgreSQL's programs goes, for tests that share one. */
  readonly binariesDir?: string;
  /** Databases of an older PostgreSQL are run as they are, instead of upgraded. */
  readonly keepMajor?: boolean;
  /** How long to wait for a server that isn't there yet, as when everything boots at once. */
  readonly patienceMs?: number;
}

export async function openClusters(
  config: Pick<Config, "dataDir" | "databases" | "acceptOneServer">,
  log: Log,
  options: OpeningOptions = {},
): Promise<Result<OpenClusters, ClusterRefusal>> {
  const [named, nameless] = await Promise.all([
    open("named", config, log, options),
    open("nameless", config, log, options),
  ]);
  const stop = async () => {
    await Promise.all(
      [named, nameless].map((one) => (one.ok ? one.value.stop() : Promise.resolve())),
    );
  };
  const failed = [named, nameless].find((one) => !one.ok);
  if (!named.ok || !nameless.ok) {
    await stop();
    return failed as { ok: false; refusal: ClusterRefusal };
  }
  const judged = judge(named.value.server, nameless.value.server, config.acceptOneServer);
  if (!judged.ok) {
    await stop();
    return judged;
  }
  return ok({
    named: named.value.address,
    nameless: nameless.value.address,
    oneServer: judged.value.oneServer,
    adopted: named.value.adopted || nameless.value.adopted,
    stop,
  });
}

interface OpenOne {
  readonly address: pg.PoolConfig;
  readonly adopted: boolean;
  readonly server: Server;
  readonly stop: () => Promise<void>;
}

async function open(
  cluster: ClusterName,
  config: Pick<Config, "dataDir" | "databases">,
  log: Log,
  options: OpeningOptions,
): Promise<Result<OpenOne, ClusterRefusal>> {
  const source = config.databases[cluster];
  if (source.kind === "embedded") {
    const started = await startEmbedded({ dataDir: config.dataDir, cluster, log, ...options });
    if (!started.ok) return refuse({ type: "Embedded", cluster, refusal: started.refusal });
    const { address, adopted, stop } = started.value;
    return ok({ address, adopted, server: await askServer(address), stop });
  }
  const address = clusterAddress(source);
  const server = await askPatiently(cluster, address, options.patienceMs ?? 20_000, log);
  if (!server.ok) return server;
  return ok({ address, adopted: false, server: server.value, stop: async () => undefined });
}

export function clusterAddress(source: ClusterSource & { kind: "address" }): pg.PoolConfig {
  return { connectionString: reveal(source.url) };
}

/** What a server says of itself. The identifier is null where a managed service hides it. */
export interface Server {
  readonly version: string;
  readonly versionNumber: number;
  readonly encoding: string;
  readonly identifier: string | null;
  readonly database: string;
  readonly maxConnections: number;
}

export async function askServer(address: pg.PoolConfig): Promise<Server> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Omit<Server, "identifier">>(
      `select current_setting('server_version') as version,
              current_setting('server_version_num')::int as "versionNumber",
              current_setting('server_encoding') as encoding,
              current_setting('max_connections')::int as "maxConnections",
              current_database() as database`,
    );
    const identifier = await client
      .query<{ id: string }>("select system_identifier::text as id from pg_control_system()")
      .then(
        (found) => found.rows[0]?.id ?? null,
        () => null,
      );
    return { ...rows[0]!, identifier };
  } finally {
    await client.end();
  }
}

async function askPatiently(
  cluster: ClusterName,
  address: pg.PoolConfig,
  patienceMs: number,
  log: Log,
): Promise<Result<Server, ServerRefusal>> {
  const since = Date.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return ok(await askServer(address));
    } catch (error) {
      const code = codeOf(error);
      const mayCome = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|57P03)$/.test(code);
      if (!mayCome || Date.now() - since > patienceMs)
        return refuse({ type: "Unreachable", cluster, where: whereabouts(address), code });
      if (attempt === 1)
        log.warn("waiting for a database that does not answer yet", { cluster, code });
      await sleep(500);
    }
  }
}

/** The code, else the message when it comes from the driver (as for a refused certificate). */
function codeOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? "no answer";
}

/** Host, port and database, without user and password. */
function whereabouts({ connectionString }: pg.PoolConfig): string {
  if (!connectionString || !URL.canParse(connectionString)) return "its address";
  const { hostname, port, pathname } = new URL(connectionString);
  return `${hostname}:${port || "5432"}${pathname}`;
}

const OLDEST = 150_000;

/** Rule 1 of the promises, over what two servers said of themselves. */
export function judge(
  named: Server,
  nameless: Server,
  acceptOneServer: boolean,
): Result<{ oneServer: boolean }, ServerRefusal> {
  for (const [cluster, server] of [
    ["named", named],
    ["nameless", nameless],
  ] as const) {
    if (server.versionNumber < OLDEST)
      return refuse({ type: "TooOld", cluster, version: server.version });
    if (server.encoding !== "UTF8")
      return refuse({ type: "NotUtf8", cluster, encoding: server.encoding });
  }
  const oneServer = named.identifier !== null && named.identifier === nameless.identifier;
  if (oneServer && named.database === nameless.database) return refuse({ type: "SameDatabase" });
  if (oneServer && !acceptOneServer) return refuse({ type: "OneServer" });
  return ok({ oneServer });
}

export function clusterRefusalToWords(refusal: ClusterRefusal): string {
  switch (refusal.type) {
    case "Embedded":
      return embeddedRefusalToWords(refusal.cluster, refusal.refusal);
    case "Unreachable":
      return `The ${refusal.cluster} database at ${refusal.where} could not be reached (${refusal.code}).`;
    case "TooOld":
      return `The ${refusal.cluster} database is PostgreSQL ${refusal.version}; Callroom needs 15 or newer.`;
    case "NotUtf8":
      return `The ${refusal.cluster} database has the encoding ${refusal.encoding}; make it with UTF8.`;
    case "SameDatabase":
      return "CALLROOM_DATABASE_URL and CALLROOM_NAMELESS_DATABASE_URL lead to the same database; they must be two.";
    case "OneServer":
      return (
        "Both databases lie on one PostgreSQL server, whose common log could join names and nameless acts.\n" +
        "Give the nameless database a server of its own; or, knowing this, set CALLROOM_ACCEPT_ONE_SERVER=yes,\n" +
        "and Callroom tells its members."
      );
  }
}

const BY_ADDRESS =
  "Set CALLROOM_DATABASE_URL and CALLROOM_NAMELESS_DATABASE_URL to PostgreSQL servers of your own (15 or newer).";

export function embeddedRefusalToWords(cluster: ClusterName, refusal: EmbeddedRefusal): string {
  switch (refusal.type) {
    case "CantRunHere":
      return `Callroom's own PostgreSQL can't run here: ${refusal.why}.\n${BY_ADDRESS}`;
    case "HomeGone":
      return `The databases of this data folder lay in ${refusal.was}, which is gone (${refusal.link} leads there).\nPut the folder back, or restore a backup into an empty data folder.`;
    case "OtherMajor":
      return Number(refusal.has) > refusal.ours
        ? `The ${cluster} database is of PostgreSQL ${refusal.has}; this Callroom brings ${refusal.ours}, an older one, which can't read it.\n` +
            "Run the newer Callroom again. There is no way back but a backup that this Callroom made, restored into an empty data folder."
        : `The ${cluster} database was made by PostgreSQL ${refusal.has}; this Callroom brings ${refusal.ours}, which can't read it, and the programs of ${refusal.has} that lay beside it are gone.\n` +
            "Run `callroom backup` with the Callroom that made it, then `callroom restore` with this one into an empty data folder.";
    case "NoRoom":
      return (
        `The ${cluster} database has to be brought to a newer PostgreSQL, which takes ${inMegabytes(refusal.needed)} in ${refusal.folder} for a while; ${inMegabytes(refusal.free)} are free.\n` +
        "Nothing was changed. Make room and start again."
      );
    case "AsideThere":
      return `${refusal.aside} is there already, where an upgrade would put the old ${cluster} database aside. Nothing was changed. Move it away and start again.`;
    case "NotCopied":
      return (
        `The ${cluster} database could not be brought to a newer PostgreSQL: ${refusal.why}.\n` +
        "Nothing was changed: the Callroom that ran before still runs on it."
      );
    case "Unclear":
      return (
        `An upgrade left ${refusal.other}, and ${refusal.folder} is missing or is not the one that belongs with it. Nothing was changed.\n` +
        `Put the database that is right at ${refusal.folder}, move the other away, and start again.`
      );
    case "OtherOwner":
      return `${refusal.folder} belongs to user ${refusal.owner}, and the database would run as user ${refusal.ours}.\nStart Callroom as its owner, or hand the folder over with chown -R.`;
    case "NotACluster":
      return `${refusal.folder} is there but is no PostgreSQL folder. Move it away, or restore a backup into an empty data folder.`;
    case "CouldNotMake":
      return `A new database could not be made in ${refusal.folder}: ${refusal.why}`;
    case "AlreadyRunning":
      return `Callroom already runs on this data folder${refusal.process === null ? "" : ` (process ${refusal.process})`}.\nStop it first, or give this one a folder of its own with CALLROOM_DATA_DIR.`;
    case "NotAnswering":
      return `PostgreSQL (process ${refusal.process}) holds ${refusal.folder} but does not answer. Stop that process, then start again.`;
    case "WouldNotStart":
      return `The ${cluster} database did not start: ${refusal.why}\nMore in ${refusal.logFile}.`;
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000).toLocaleString("en")} MB`;
}
