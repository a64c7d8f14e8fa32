/**
 * A lock on a file that dies with its process, however that ends. Node has none of its own; SQLite's stands on
 * the system's record locks.
 */
import { chown } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import type { DatabaseUser } from "./database-user.ts";

export interface FileLock {
  readonly release: () => void;
}

const BUSY = 5;

/** Null when another process, or another part of this one, holds it. The file stays, empty. */
export async function takeFileLock(file: string, owner: DatabaseUser): Promise<FileLock | null> {
  const held = new DatabaseSync(file, { timeout: 0 });
  try {
    held.exec("begin exclusive");
    // Whoever runs Callroom next may not be root.
    if (owner) await chown(file, owner.uid, owner.gid);
    return { release: () => held.close() };
  } catch (error) {
    held.close();
    if ((error as { errcode?: number }).errcode === BUSY) return null;
    throw error;
  }
}
