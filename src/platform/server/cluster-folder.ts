/**
 * The folder of an embedded cluster: made beside and renamed, so that one that is there is whole; refused
 * when it belongs to another user or another major version of PostgreSQL.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { ok, refuse, type Result } from "../result.ts";
import type { DatabaseUser } from "./database-user.ts";
import type { Binaries } from "./postgres-binaries.ts";

export type NotMade =
  | {
      readonly type: "OtherMajor";
      readonly folder: string;
      readonly has: string;
      readonly ours: number;
    }
  | {
      readonly type: "OtherOwner";
      readonly folder: string;
      readonly owner: number;
      readonly ours: number;
    }
  | { readonly type: "NotACluster"; readonly folder: string }
  | { readonly type: "CouldNotMake"; readonly folder: string; readonly why: string };

const run = promisify(execFile);

export async function makeCluster(
  folder: string,
  user: DatabaseUser,
  binaries: Binaries,
): Promise<Result<null, NotMade>> {
  if (!(await exists(folder))) {
    const made = await initialise(folder, user, binaries);
    if (!made.ok) return made;
  }
  const has = (await readFile(join(folder, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (has === "") return refuse({ type: "NotACluster", folder });
  if (Number(has) !== binaries.major)
    return refuse({ type: "OtherMajor", folder, has, ours: binaries.major });
  const owner = (await stat(folder)).uid;
  const ours = user?.uid ?? process.getuid?.() ?? owner;
  return owner === ours ? ok(null) : refuse({ type: "OtherOwner", folder, owner, ours });
}

async function initialise(
  folder: string,
  user: DatabaseUser,
  binaries: Binaries,
): Promise<Result<null, NotMade>> {
  await removeOldDrafts(folder);
  const draft = `${folder}.draft-${randomBytes(4).toString("hex")}`;
  await mkdir(draft, { mode: 0o700 });
  if (user) await chown(draft, user.uid, user.gid);
  try {
    // The built-in locale gives one order and one case mapping on every system and after every upgrade of it.
    const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    await run(
      binaries.initdb,
      [
        "-D",
        draft,
        "-U",
        "callroom",
        "--encoding=UTF8",
        ...locale,
        "--auth=trust",
        "--no-instructions",
      ],
      { cwd: draft, env: { LC_ALL: "C", TZ: "UTC" }, ...user },
    );
    await rename(draft, folder);
    return ok(null);
  } catch (error) {
    // Another start was faster; a folder that is there is whole.
    if (await exists(folder)) return ok(null);
    const { stderr, message } = error as { stderr?: string; message: string };
    const why = stderr?.trim().split("\n").slice(0, 3).join(" ") || message;
    return refuse({ type: "CouldNotMake", folder, why });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** What starts that were killed left behind. */
async function removeOldDrafts(folder: string): Promise<void> {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(folder)}.draft-`)) continue;
    const { mtimeMs } = await stat(join(parent, name));
    if (Date.now() - mtimeMs > 600_000) await rm(join(parent, name), { recursive: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
