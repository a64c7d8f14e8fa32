/** Names of files and folders that are on the disk, and not only in memory, when the call returns. */
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Within one file system. */
export async function renameFlushed(from: string, to: string): Promise<void> {
  await rename(from, to);
  await flushFolder(dirname(to));
}
