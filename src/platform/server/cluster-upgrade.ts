/**
 * Brings a cluster of an older PostgreSQL to the one that came with this Callroom: its old programs read it,
 * a new cluster beside it takes everything, both are compared, and only then do the folders change places.
 * Until then the old cluster is only read; a start that was killed begins again or goes on by itself.
 */
import { readdir, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ok, refuse, type Result } from "../result.ts";
import { copyCluster, type NotCopied } from "./cluster-copy.ts";
import type { NotMade } from "./cluster-folder.ts";
import {
  findOlderPlace,
  liveFolder,
  makeFillingPlace,
  type Place,
  type Site,
} from "./cluster-place.ts";
import { takeFileLock } from "./file-lock.ts";
import type { Log } from "./log.ts";
import { isPostmasterOf, readPostmasterFile } from "./postmaster.ts";
import {
  bringUp,
  makeDatabase,
  shutDown,
  shutDownHeld,
  type RunRefusal,
} from "./running-cluster.ts";
import {
  asideOf,
  declareChecked,
  finishSwap,
  folderSize,
  listAsides,
  majorOf,
  upgradeFolders,
  type Unclear,
} from "./upgrade-folders.ts";

export type UpgradeRefusal = NotMade | RunRefusal | Unclear | NotCopied | NoRoom | AsideThere;

interface NoRoom {
  readonly type: "NoRoom";
  readonly folder: string;
  /** Bytes. */
  readonly needed: number;
  readonly free: number;
}

interface AsideThere {
  readonly type: "AsideThere";
  readonly aside: string;
}

/** Where a killed start left the folders between two places, they go where they belong. */
export async function finishUpgrade(site: Site, log: Log): Promise<Result<null, UpgradeRefusal>> {
  const folders = upgradeFolders(site);
  const inPlace = (await majorOf(folders.live)) !== null;
  const waiting = (await majorOf(folders.checked)) !== null;
  const aside = (await listAsides(folders)).length > 0;
  if (!waiting && (inPlace || !aside)) return ok(null);
  return withUpgradeLock(site, () => finishSwap(folders, site.cluster, log));
}

/** Needs a cluster of an older major in its place. */
export async function upgradeCluster(site: Site, log: Log): Promise<Result<null, UpgradeRefusal>> {
  return withUpgradeLock(site, async () => {
    const folders = upgradeFolders(site);
    const finished = await finishSwap(folders, site.cluster, log);
    if (!finished.ok) return finished;
    const from = await majorOf(folders.live);
    // Another start was faster.
    if (from === null || from >= site.binaries.major) return ok(null);
    const filled = await fillBeside(site, from, log);
    if (!filled.ok) return filled;
    await declareChecked(folders, site.user);
    return finishSwap(folders, site.cluster, log);
  });
}

/**
 * Held while the old server must be nobody else's. A lock in a server can't do: between the end of the old one
 * and the beginning of the new one there is none.
 */
export async function withUpgradeLock<Value>(
  site: Site,
  work: () => Promise<Result<Value, UpgradeRefusal>>,
): Promise<Result<Value, UpgradeRefusal>> {
  const lock = await takeFileLock(`${liveFolder(site)}.upgrade-lock`, site.user);
  if (lock === null) return refuse({ type: "AlreadyRunning", process: null });
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Both servers have stopped when this resolves. */
async function fillBeside(
  site: Site,
  from: number,
  log: Log,
): Promise<Result<null, UpgradeRefusal>> {
  const folders = upgradeFolders(site);
  await removeFilling(folders.filling);
  const source = await findOlderPlace(site, from, { readOnly: true });
  if (!source.ok) return source;
  const aside = asideOf(folders, from);
  if (await exists(aside)) return refuse({ type: "AsideThere", aside });
  const bytes = await folderSize(folders.live);
  const free = await freeRoom(site.parent);
  // As much as it has now, and the same again for what writing it takes on the way.
  if (free < 2 * bytes)
    return refuse({ type: "NoRoom", folder: site.parent, needed: 2 * bytes, free });
  log.info("bringing the database to a newer PostgreSQL; this may take a while", {
    cluster: site.cluster,
    version: source.value.binaries.version,
    bytes,
  });
  const reading = await bringUp(source.value, log, { settingsChanged: false });
  if (!reading.ok) return reading;
  let filled: Result<null, UpgradeRefusal>;
  try {
    filled = await fill(site, source.value, folders.filling, log);
  } catch (error) {
    const incident = log.defect(error, "cluster-upgrade");
    filled = refuse({ type: "NotCopied", why: `something went wrong (incident ${incident})` });
  } finally {
    await shutDownHeld(source.value.folder, reading.value);
  }
  if (!filled.ok) await removeFilling(folders.filling);
  return filled;
}

async function fill(
  site: Site,
  source: Place,
  filling: string,
  log: Log,
): Promise<Result<null, UpgradeRefusal>> {
  const target = await makeFillingPlace(site, filling);
  if (!target.ok) return target;
  const writing = await bringUp(target.value, log, { settingsChanged: false });
  if (!writing.ok) return writing;
  try {
    await makeDatabase(writing.value.lock, target.value.address.database);
    return await copyCluster(source, target.value, log);
  } finally {
    await shutDownHeld(filling, writing.value);
  }
}

/** With the server that a killed start left running on it. */
async function removeFilling(filling: string): Promise<void> {
  const file = await readPostmasterFile(filling);
  if (file !== null && file !== "unfinished" && (await isPostmasterOf(filling, file.process)))
    await shutDown(filling, file.process);
  const parent = dirname(filling);
  for (const name of await readdir(parent))
    if (name === basename(filling) || name.startsWith(`${basename(filling)}.draft-`))
      await rm(join(parent, name), { recursive: true, force: true, maxRetries: 5 });
}

async function freeRoom(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
