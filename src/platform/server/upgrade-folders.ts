/**
 * The folders of an upgrade. Each step is one rename, flushed before the next, so that a kill at any moment
 * leaves either the old cluster or the new one whole, and the next start knows which and goes on.
 *
 *   named               the cluster in its place
 *   named.upgrading     the new one while it is filled; means nothing after a kill
 *   named.upgraded      the new one, whole and compared; takes the place
 *   named.postgres-15   the old one, set aside
 */
import { createHash } from "node:crypto";
import { chown, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ok, refuse, type Result } from "../result.ts";
import { liveFolder, type Site } from "./cluster-place.ts";
import type { DatabaseUser } from "./database-user.ts";
import { flushFolder, renameFlushed } from "./flushed.ts";
import type { Log } from "./log.ts";
import type { ClusterName } from "./migrations.ts";

export interface UpgradeFolders {
  readonly live: string;
  readonly filling: string;
  readonly checked: string;
}

export interface Unclear {
  readonly type: "Unclear";
  readonly folder: string;
  readonly other: string;
}

export function upgradeFolders(site: Pick<Site, "parent" | "cluster">): UpgradeFolders {
  const live = liveFolder(site);
  return { live, filling: `${live}.upgrading`, checked: `${live}.upgraded` };
}

/** Such as 15; null where there is no cluster. */
export async function majorOf(folder: string): Promise<number | null> {
  const text = await readFile(join(folder, "PG_VERSION"), "utf8").catch(() => "");
  return Number.parseInt(text, 10) || null;
}

export const asideOf = ({ live }: UpgradeFolders, major: number): string =>
  `${live}.postgres-${major}`;

/** Those of earlier upgrades that were not removed yet. */
export async function listAsides({ live }: UpgradeFolders): Promise<readonly string[]> {
  const beginning = `${basename(live)}.postgres-`;
  const names = await readdir(dirname(live));
  return names
    .filter((name) => name.startsWith(beginning))
    .map((name) => join(dirname(live), name));
}

/** In the new cluster: what it was made from, as the fingerprint of the old one's control file. */
const ORIGIN = "callroom_made_from";

/**
 * The new cluster is whole, is the same as the old one, and both servers have stopped: from here on every
 * start goes on with the new one, unless the old one was run again meanwhile.
 */
export async function declareChecked(folders: UpgradeFolders, user: DatabaseUser): Promise<void> {
  const origin = join(folders.filling, ORIGIN);
  await writeFile(origin, (await controlOf(folders.live)) ?? "", { mode: 0o600, flush: true });
  if (user) await chown(origin, user.uid, user.gid);
  await flushFolder(folders.filling);
  await renameFlushed(folders.filling, folders.checked);
}

/** Puts a checked cluster in its place, from wherever a kill stopped that. Needs the lock. */
export async function finishSwap(
  folders: UpgradeFolders,
  cluster: ClusterName,
  log: Log,
): Promise<Result<null, Unclear>> {
  const { live, checked } = folders;
  const [from, to] = [await majorOf(live), await majorOf(checked)];
  if (to === null) {
    const [aside] = await listAsides(folders);
    // A new, empty one in its place would look as if everything were lost.
    if (from === null && aside) return refuse({ type: "Unclear", folder: live, other: aside });
    return ok(null);
  }
  const origin = await readFile(join(checked, ORIGIN), "utf8").catch(() => "");
  if (from === null) {
    if (!(await hasAsideOf(folders, origin)))
      return refuse({ type: "Unclear", folder: live, other: checked });
  } else if ((await controlOf(live)) === origin) {
    log.debug("the new database waits for its place", { cluster });
    await renameFlushed(live, asideOf(folders, from));
    log.debug("the old database is set aside", { cluster });
  } else if (from < to) {
    log.warn("an older Callroom ran in the middle of an upgrade, which begins again", { cluster });
    await rm(checked, { recursive: true, force: true });
    return ok(null);
  } else return refuse({ type: "Unclear", folder: live, other: checked });
  await renameFlushed(checked, live);
  log.info("the database is in the hands of a newer PostgreSQL", { cluster, version: String(to) });
  if (cluster === "named" && from !== null)
    log.info("what it was before is kept for a day", { cluster, path: asideOf(folders, from) });
  return ok(null);
}

async function hasAsideOf(folders: UpgradeFolders, origin: string): Promise<boolean> {
  for (const aside of await listAsides(folders))
    if ((await controlOf(aside)) === origin) return true;
  return false;
}

/** Every start of a server changes its control file, a clean stop too. Null where there is none. */
async function controlOf(folder: string): Promise<string | null> {
  const control = await readFile(join(folder, "global", "pg_control")).catch(() => null);
  return control === null ? null : createHash("sha256").update(control).digest("hex");
}

/** Bytes of all files in it. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // A server may run on it, whose files come and go.
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  }
  return bytes;
}
