/**
 * The clusters for a command beside the app: those that run are used as they run, others are started for
 * the while and stopped again.
 */
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { clusterAddress, clusterRefusalToWords, openClusters } from "./clusters.ts";
import type { Config } from "./config.ts";
import type { ClusterAddress } from "./db.ts";
import { findRunning } from "./embedded-postgres.ts";
import type { Log } from "./log.ts";
import type { ClusterName } from "./migrations.ts";
import { StartRefused } from "./start-refused.ts";

export interface ClustersBeside {
  readonly addresses: Readonly<Record<ClusterName, ClusterAddress>>;
  readonly close: () => Promise<void>;
}

export async function clustersBeside(config: Config, log: Log): Promise<ClustersBeside> {
  if (await neverStarted(config))
    throw new StartRefused(
      `There are no databases in ${config.dataDir} yet; \`callroom start\` makes them.`,
    );
  const [named, nameless] = await Promise.all([
    runningAddress(config, "named"),
    runningAddress(config, "nameless"),
  ]);
  if (named !== null && nameless !== null)
    return { addresses: { named, nameless }, close: async () => undefined };
  return clustersAlone(config, log);
}

/**
 * With the lock on the data folder: refused while a Callroom runs there. Upgrading is the start's: a backup
 * before it must still be possible.
 */
export async function clustersAlone(config: Config, log: Log): Promise<ClustersBeside> {
  const opened = await openClusters(config, log, { keepMajor: true });
  if (!opened.ok) throw new StartRefused(clusterRefusalToWords(opened.refusal));
  const { named, nameless, stop } = opened.value;
  return { addresses: { named, nameless }, close: stop };
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
