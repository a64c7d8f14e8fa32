/** How long this machine's disk takes to have written down what a commit writes: no server that stores is faster. */
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PAGE_BYTES = 8192;
const WRITES = 400;
/** About as many a second as the rooms make. */
const BETWEEN_MS = 3;

/** Milliseconds of an fdatasync over one page of a file that is there already, sorted. */
export async function measureDisk(folder: string): Promise<readonly number[]> {
  const path = join(folder, "disk-measured");
  const file = await open(path, "w");
  try {
    await file.write(Buffer.alloc(PAGE_BYTES * WRITES, 1));
    await file.sync();
    const page = Buffer.alloc(PAGE_BYTES, 2);
    const took: number[] = [];
    for (let nth = 0; nth < WRITES; nth++) {
      await file.write(page, 0, PAGE_BYTES, nth * PAGE_BYTES);
      const start = performance.now();
      await file.datasync();
      took.push(performance.now() - start);
      await sleep(BETWEEN_MS);
    }
    return took.toSorted((one, other) => one - other);
  } finally {
    await file.close();
    await rm(path);
  }
}
