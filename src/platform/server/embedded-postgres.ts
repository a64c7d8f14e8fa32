/**
 * Callroom's own PostgreSQL: made, started, watched, adopted after a crash of the app, upgraded, and stopped.
 * One Callroom a data folder; what was committed stays committed.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ok, type Result } from "../result.ts";
import { removeWhatIsOver } from "./after-upgrade.ts";
import {
  findOlderPlace,
  liveFolder,
  makeLivePlace,
  socketAddress,
  type Place,
  type Site,
  type SocketAddress,
} from "./cluster-place.ts";
import {
  finishUpgrade,
  upgradeCluster,
  withUpgradeLock,
  type UpgradeRefusal,
} from "./cluster-upgrade.ts";
import { findDatabaseHome, type HomeRefusal } from "./database-user.ts";
import { SOCKET_PORT } from "./embedded-settings.ts";
import type { Log } from "./log.ts";
import type { ClusterName } from "./migrations.ts";
import { placeBinaries } from "./postgres-binaries.ts";
import { probe, readPostmasterFile } from "./postmaster.ts";
import { boundLog, bringUp, makeDatabase, shutDownHeld, type Held } from "./running-cluster.ts";
import { majorOf } from "./upgrade-folders.ts";

export interface EmbeddedCluster {
  readonly address: SocketAddress;
  /** It was still running from before, as after a crash of the app. */
  readonly adopted: boolean;
  /** Fast shutdown: sessions are ended, everything is written, and the process is gone when this resolves. */
  readonly stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly cluster: ClusterName;
  readonly log: Log;
  /** Where the copy of the programs goes; the data folder unless tests share one. */
  readonly binariesDir?: string;
  /** A cluster of an older PostgreSQL is run as it is, by its old programs, as for a backup before an upgrade. */
  readonly keepMajor?: boolean;
}

export type EmbeddedRefusal = HomeRefusal | UpgradeRefusal;

export async function startEmbedded(
  options: EmbeddedOptions,
): Promise<Result<EmbeddedCluster, EmbeddedRefusal>> {
  const { log } = options;
  const site = await findSite(options);
  if (!site.ok) return site;
  const started = await bringUpSite(site.value, options);
  if (!started.ok) return started;
  const { place, held } = started.value;
  await makeDatabase(held.lock, place.address.database);
  const tidy = async () => {
    if (place.binaries !== site.value.binaries) return;
    await removeWhatIsOver(site.value, log, Date.now()).catch((error: unknown) =>
      log.defect(error, "after-upgrade"),
    );
  };
  await tidy();
  return ok({
    address: place.address,
    adopted: held.adopted,
    stop: keepRunning(place, held, log, tidy),
  });
}

/** The address of a cluster that is running now, for a command beside the app; null when it isn't. */
export async function findRunning(
  options: Pick<EmbeddedOptions, "dataDir" | "cluster" | "binariesDir">,
): Promise<SocketAddress | null> {
  const home = await findDatabaseHome(options.dataDir);
  if (!home.ok) return null;
  const folder = join(home.value.folder, options.cluster);
  const file = await readPostmasterFile(folder).catch(() => null);
  if (file === null || file === "unfinished") return null;
  const address = socketAddress(options.cluster, file.socketFolder, SOCKET_PORT);
  const state = await probe({ ...address, database: "postgres" });
  const isRunning = state.state === "ready" && state.folder === folder && !state.readOnly;
  return isRunning ? address : null;
}

async function findSite({
  cluster,
  dataDir,
  binariesDir,
}: EmbeddedOptions): Promise<Result<Site, HomeRefusal>> {
  const home = await findDatabaseHome(dataDir);
  if (!home.ok) return home;
  const { folder: parent, user } = home.value;
  const binaries = await placeBinaries(binariesDir ?? parent);
  if (!binaries.ok) return binaries;
  return ok({
    cluster,
    parent,
    user,
    binaries: binaries.value,
    binariesDir: binariesDir ?? parent,
  });
}

interface Up {
  readonly place: Place;
  readonly held: Held;
}

async function bringUpSite(
  site: Site,
  { log, keepMajor = false }: EmbeddedOptions,
): Promise<Result<Up, UpgradeRefusal>> {
  const finished = await finishUpgrade(site, log);
  if (!finished.ok) return finished;
  const major = await majorOf(liveFolder(site));
  if (major !== null && major < site.binaries.major) {
    if (keepMajor) return withUpgradeLock(site, () => bringUpOlder(site, major, log));
    const upgraded = await upgradeCluster(site, log);
    if (!upgraded.ok) return upgraded;
  }
  const made = await makeLivePlace(site);
  if (!made.ok) return made;
  const { place } = made.value;
  const held = await bringUp(place, log, made.value);
  return held.ok ? ok({ place, held: held.value }) : held;
}

async function bringUpOlder(
  site: Site,
  major: number,
  log: Log,
): Promise<Result<Up, UpgradeRefusal>> {
  const place = await findOlderPlace(site, major, { readOnly: false });
  if (!place.ok) return place;
  const held = await bringUp(place.value, log, { settingsChanged: false });
  return held.ok ? ok({ place: place.value, held: held.value }) : held;
}

/** Starts the server again whenever it dies under the app, until told to stop. */
function keepRunning(
  place: Place,
  first: Held,
  log: Log,
  tidy: () => Promise<void>,
): () => Promise<void> {
  let held = first;
  let stopping = false;
  let reviving: Promise<void> | null = null;
  const watch = () =>
    held.lock.once("end", () => {
      if (!stopping) reviving = revive();
    });
  watch();
  const hourly = setInterval(() => {
    void boundLog(place.logFile);
    void tidy();
  }, 3600_000);
  hourly.unref();

  async function revive(): Promise<void> {
    log.error("the database ended by itself; starting it again", { cluster: place.cluster });
    for (let attempt = 1; ; attempt++) {
      if (stopping) return;
      const again = await bringUp(place, log, { settingsChanged: false }).catch(
        (error: unknown) => {
          log.defect(error, "embedded-postgres");
          return null;
        },
      );
      if (again?.ok) {
        held = again.value;
        watch();
        log.info("the database runs again", { cluster: place.cluster, attempt });
        return;
      }
      log.error("the database did not start; trying again", { cluster: place.cluster, attempt });
      await sleep(Math.min(10_000, 200 * 2 ** attempt));
    }
  }

  return async () => {
    stopping = true;
    clearInterval(hourly);
    await reviving;
    await shutDownHeld(place.folder, held);
  };
}
