/**
 * Where a cluster's socket lies: in the data folder, or under /tmp where that path is longer than a
 * socket's address may be. Nobody but the database's user passes the folder.
 */
import { chown, lstat, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseUser } from "./database-user.ts";
import { SOCKET_PORT } from "./embedded-settings.ts";

/** `sun_path` has 104 bytes on macOS and 108 on Linux, a zero at the end included. */
const LONGEST_SOCKET_PATH = 103;

export async function makeSocketFolder(clusterFolder: string, user: DatabaseUser): Promise<string> {
  const beside = `${clusterFolder}-socket`;
  if (Buffer.byteLength(join(beside, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH) {
    await mkdir(beside, { recursive: true, mode: 0o700 });
    if (user) await chown(beside, user.uid, user.gid);
    return beside;
  }
  // With the cluster's own path in it, so that a copied data folder doesn't claim the original's socket.
  const note = `${clusterFolder}-socket.txt`;
  const [owner, known] = (await readFile(note, "utf8").catch(() => "")).split("\n");
  if (owner === clusterFolder && known && (await isStillOurs(known, user))) return known;
  const fresh = await mkdtemp("/tmp/callroom-");
  if (user) await chown(fresh, user.uid, user.gid);
  await writeFile(note, `${clusterFolder}\n${fresh}\n`, { mode: 0o600 });
  return fresh;
}

// Anybody may make names in /tmp: a folder is only taken again if it is one, closed, and of the right user.
async function isStillOurs(folder: string, user: DatabaseUser): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  return (
    found !== null &&
    found.isDirectory() &&
    (found.mode & 0o077) === 0 &&
    found.uid === (user?.uid ?? process.getuid?.())
  );
}
