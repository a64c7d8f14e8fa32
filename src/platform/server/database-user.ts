/**
 * Under which user the embedded databases run, and where they can lie. PostgreSQL refuses to run as root,
 * so under root it gets the folder's owner or `nobody`; nothing is created on the host.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readFile,
  readlink,
  realpath,
  rmdir,
  stat,
  symlink,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { ok, refuse, type Result } from "../result.ts";
import type { CantRunHere } from "./postgres-binaries.ts";

/** Null: the same user as Callroom's. */
export type DatabaseUser = { readonly uid: number; readonly gid: number } | null;

export interface DatabaseHome {
  /** Where clusters, sockets and programs lie; the real path, without links. */
  readonly folder: string;
  readonly user: DatabaseUser;
}

export type HomeRefusal =
  CantRunHere | { readonly type: "HomeGone"; readonly link: string; readonly was: string };

const run = promisify(execFile);
/** Where services keep state; used when the data folder lies where the database's user may not go, as under /root. */
const ELSEWHERE = "/var/lib/callroom";

export async function findDatabaseHome(
  dataDir: string,
): Promise<Result<DatabaseHome, HomeRefusal>> {
  // Two steps, as the mode would hold for every folder made on the way.
  await mkdir(dirname(dataDir), { recursive: true });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const link = join(dataDir, "databases");
  const user = process.getuid?.() === 0 ? await userInsteadOfRoot(dataDir) : null;
  if (user) await letThrough(dataDir, user);

  if ((await lstat(link).catch(() => null)) === null) {
    const beside = user === null || (await canEnter(dataDir, user));
    await (beside ? mkdir(link, { recursive: true, mode: 0o700 }) : makeElsewhere(link));
  }
  const folder = await realpath(link).catch(() => null);
  if (folder === null) return refuse({ type: "HomeGone", link, was: await readlink(link) });
  // Also for a folder that was there: another start may have made it just now, and not got further.
  if (user) await handOver(folder, dataDir, user);
  return checked(folder, user);
}

/** The link makes the folder visible from the data folder, and its loss noticed. */
async function makeElsewhere(link: string): Promise<void> {
  const folder = join(ELSEWHERE, randomBytes(6).toString("hex"));
  for (const made of [ELSEWHERE, folder]) {
    // Said twice, because the umask may be narrower.
    if ((await mkdir(made, { recursive: true })) !== undefined) await chmod(made, 0o711);
  }
  try {
    await symlink(folder, link);
  } catch (error) {
    await rmdir(folder);
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** In somebody's own data folder all is theirs, so that they can start without root as well. */
async function handOver(
  folder: string,
  dataDir: string,
  user: { readonly uid: number; readonly gid: number },
): Promise<void> {
  if ((await stat(dataDir)).uid === 0) await letThrough(folder, user);
  else if ((await stat(folder)).uid === 0) await chown(folder, user.uid, user.gid);
}

async function checked(
  folder: string,
  user: DatabaseUser,
): Promise<Result<DatabaseHome, HomeRefusal>> {
  if (user === null || (await canEnter(folder, user))) return ok({ folder, user });
  return refuse({
    type: "CantRunHere",
    why: `as root, Callroom runs PostgreSQL as user ${user.uid}, who may not enter ${folder}; start Callroom as an ordinary user, or set CALLROOM_DATA_DIR to a folder others may pass through`,
  });
}

async function userInsteadOfRoot(dataDir: string): Promise<{ uid: number; gid: number }> {
  const owner = await stat(dataDir);
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = await readFile("/etc/passwd", "utf8").catch(() => "");
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(accounts);
  return { uid: Number(nobody?.[1] ?? 65_534), gid: Number(nobody?.[2] ?? 65_534) };
}

/** Root's own folder is opened to the database's group for passing through, not for reading. */
async function letThrough(folder: string, user: { gid: number }): Promise<void> {
  const { uid, gid, mode } = await stat(folder);
  if (uid !== 0 || (gid !== 0 && gid !== user.gid) || (mode & 0o001) !== 0) return;
  await chown(folder, 0, user.gid);
  await chmod(folder, (mode & 0o7707) | 0o010);
}

// Tried rather than computed from mode bits: access lists and mapped users have their say too.
async function canEnter(folder: string, user: { uid: number; gid: number }): Promise<boolean> {
  try {
    await run("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/", env: {} });
    return true;
  } catch {
    return false;
  }
}
