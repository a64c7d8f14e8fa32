/** What an upgrade leaves is removed when nobody needs it any more, and the console is told. */
import { rm, stat } from "node:fs/promises";
import type { Site } from "./cluster-place.ts";
import type { Log } from "./log.ts";
import { removeUnneededCopies } from "./postgres-binaries.ts";
import { listAsides, upgradeFolders } from "./upgrade-folders.ts";

const A_DAY_MS = 24 * 3600_000;

/**
 * Call it while the cluster runs in its place. The old named cluster stays for a day, as a way back; the old
 * nameless one goes at once, as its files and its log tell the order of acts (rule 1 of the promises).
 */
export async function removeWhatIsOver(site: Site, log: Log, now: number): Promise<void> {
  const { cluster, parent } = site;
  for (const aside of await listAsides(upgradeFolders(site))) {
    // Last changed when its server stopped, which was just before it was set aside.
    const age = now - (await stat(aside)).mtimeMs;
    if (cluster === "named" && age < A_DAY_MS) continue;
    await rm(aside, { recursive: true, force: true });
    log.info("what the database was before its upgrade is removed", { cluster, path: aside });
  }
  if (site.binariesDir !== parent) return;
  for (const copy of await removeUnneededCopies(parent, site.binaries))
    log.info("programs that no database needs any more are removed", { path: copy });
}
