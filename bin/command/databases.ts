/** The databases for a command beside the app: those that run are used as they run, others are started and stopped again. */
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import {
  clusterAddress,
  clusterRefusalToWords,
  openClusters,
} from "../../src/platform/server/clusters.ts";
import type { Config } from "../../src/platform/server/config.ts";
import type { ClusterAddress } from "../../src/platform/server/db.ts";
import { findRunning } from "../../src/platform/server/embedded-postgres.ts";
import type { Log } from "../../src/platform/server/log.ts";
import type { ClusterName } from "../../src/platform/server/migrations.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";

export interface Databases {
  readonly addresses: Readonly<Record<ClusterName, ClusterAddress>>;
  /** They run for a Callroom, not for this command alone. */
  readonly inUse: boolean;
  readonly close: () => Promise<void>;
}

export async function openDatabases(config: Config, log: Log): Promise<Databases> {
  if (await neverStarted(config))
    throw new StartRefused(
      `There are no databases in ${config.dataDir} yet; \`callroom start\` makes them.`,
    );
  const [named, nameless] = await Promise.all([
    runningAddress(config, "named"),
    runningAddress(config, "nameless"),
  ]);
  if (named !== null && nameless !== null)
    return { addresses: { named, nameless }, inUse: true, close: async () => undefined };
  return startDatabases(config, log);
}

/** With the lock on the data folder: refused while a Callroom runs there. */
export async function startDatabases(config: Config, log: Log): Promise<Databases> {
  const opened = await openClusters(config, log);
  if (!opened.ok) throw new StartRefused(clusterRefusalToWords(opened.refusal));
  const { named, nameless, stop } = opened.value;
  return { addresses: { named, nameless }, inUse: false, close: stop };
}

/** Nothing by address, and nothing of our own made yet. */
export async function neverStarted({ databases, dataDir }: Config): Promise<boolean> {
  if (databases.named.kind === "address" || databases.nameless.kind === "address") return false;
  return (await lstat(join(dataDir, "databases")).catch(() => null)) === null;
}

async function runningAddress(
  config: Config,
  cluster: ClusterName,
): Promise<ClusterAddress | null> {
  const source = config.databases[cluster];
  if (source.kind === "address") return clusterAddress(source);
  return findRunning({ dataDir: config.dataDir, cluster });
}
