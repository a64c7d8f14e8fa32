/**
 * What is known about the PostgreSQL that holds a cluster's folder: from its pid file, from the process
 * table, and by asking it. A pid alone proves nothing, as the system hands old ones out again.
 */
import { execFile } from "node:child_process";
import { readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

export interface PostmasterFile {
  readonly process: number;
  readonly port: number;
  readonly socketFolder: string;
}

const run = promisify(execFile);

/** Null when there is none; "unfinished" when it is there without its lines, as after a power cut. */
export async function readPostmasterFile(
  folder: string,
): Promise<PostmasterFile | "unfinished" | null> {
  let text: string;
  try {
    text = await readFile(join(folder, "postmaster.pid"), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
  const [pid, , , port, socketFolder] = text.split("\n");
  if (!pid || !port || !socketFolder || !(Number(pid) > 0)) return "unfinished";
  return { process: Number(pid), port: Number(port), socketFolder };
}

/** Whether this process is a PostgreSQL over this very folder. A zombie is not: its command line is empty. */
export async function isPostmasterOf(folder: string, processId: number): Promise<boolean> {
  if (!isAlive(processId)) return false;
  const command = await commandOf(processId);
  if (!/(?:^|\/)postgres(?:\0|\s)/.test(command)) return false;
  if (command.split(/[\0\n]/).includes(folder) || command.includes(` ${folder}`)) return true;
  return (await readlink(`/proc/${processId}/cwd`).catch(() => null)) === folder;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function commandOf(processId: number): Promise<string> {
  if (process.platform === "linux")
    return readFile(`/proc/${processId}/cmdline`, "utf8").catch(() => "");
  return run("ps", ["-p", String(processId), "-o", "command="]).then(
    ({ stdout }) => stdout,
    () => "",
  );
}

export type Probe =
  | {
      readonly state: "ready";
      readonly version: string;
      readonly folder: string;
      /** Sessions may not write unless they ask to: it is being read for a newer version. */
      readonly readOnly: boolean;
    }
  /** Starting, recovering or shutting down: ask again. */
  | { readonly state: "busy" }
  | { readonly state: "absent" };

export async function probe(address: pg.ClientConfig): Promise<Probe> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const found = await client.query<{ version: string; folder: string; readOnly: boolean }>(
      `select current_setting('server_version') as version, current_setting('data_directory') as folder,
              current_setting('default_transaction_read_only')::boolean as "readOnly"`,
    );
    const { version = "", folder = "", readOnly = false } = found.rows[0] ?? {};
    return { state: "ready", version: version.split(" ")[0] ?? version, folder, readOnly };
  } catch (error) {
    const { code, syscall } = error as { code?: string; syscall?: string };
    if (code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTSOCK")
      return { state: "absent" };
    // Not allowed to ask is no answer. All else, starting (57P03), full (53300) or hung up, is somebody.
    if (syscall === "connect") throw error;
    return { state: "busy" };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Seconds since the file was last written. */
export async function ageInSeconds(file: string): Promise<number> {
  const { mtimeMs } = await stat(file);
  return (Date.now() - mtimeMs) / 1000;
}
