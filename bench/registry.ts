/**
 * How fast `callroom registry import` reads a file of 1 GB in the shape of the real one (330 columns, nobody in
 * it), and how much memory the command takes at most. The database of its own runs beside it and isn't counted.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { startEmbedded } from "#platform/server/embedded-postgres.ts";
import { silentLog } from "#platform/server/log.ts";
import { migrate } from "#platform/server/migrations.ts";
import { makeDataDir, removeDataDir } from "../proofs/instance.ts";
import { registryFile } from "../tests/registry-file.ts";
import type { Bench } from "./bench.ts";

const HOME = join(import.meta.dirname, "..");
const FILE_BYTES = 1_000_000_000;

export const bench: Bench = async ({ log }) => {
  const dataDir = await makeDataDir();
  const file = join(dataDir, "registry.csv");
  try {
    await makeDatabases(dataDir);
    await pipeline(Readable.from(registryFile(FILE_BYTES)), createWriteStream(file));
    log("a file of 1 GB is made");
    const imported = await runImport(dataDir, file, log);
    const rows = Number(/of ([\d,]+) rows/.exec(imported.output)![1]!.replaceAll(",", ""));
    return {
      rows,
      seconds: Math.round(imported.seconds),
      rowsPerSecond: Math.round(rows / imported.seconds),
      mbPerSecond: Math.round(FILE_BYTES / 1e6 / imported.seconds),
      // Beside others on the machine, the fairer figure.
      cpuSeconds: Math.round(imported.cpuSeconds),
      peakRssMiB: Math.round(imported.peakRssMiB),
    };
  } finally {
    await removeDataDir(dataDir);
  }
};

/** As the first start of a Callroom makes them; stopped again, as the command starts them itself. */
async function makeDatabases(dataDir: string): Promise<void> {
  for (const cluster of ["named", "nameless"] as const) {
    const started = await startEmbedded({ dataDir, cluster, log: silentLog });
    if (!started.ok) throw new Error(`The database did not start: ${started.refusal.type}`);
    const client = new pg.Client(started.value.address);
    await client.connect();
    await migrate(client, cluster);
    await client.end();
    await started.value.stop();
  }
}

async function runImport(dataDir: string, file: string, log: (line: string) => void) {
  const began = performance.now();
  const child = spawn(process.execPath, ["bin/command-line.ts", "registry", "import", file], {
    cwd: HOME,
    env: { ...process.env, CALLROOM_CONFIG: "", CALLROOM_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => log(chunk.toString().trim()));
  let used = { peakRssMiB: 0, cpuSeconds: 0 };
  const watch = setInterval(() => {
    void usedBy(child.pid!).then((now) => (used = now ?? used));
  }, 50);
  const [code] = (await once(child, "exit")) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`The import ended with ${code}`);
  return { seconds: (performance.now() - began) / 1000, ...used, output };
}

const TICKS_A_SECOND = 100;

/** The most memory the process has held, and the time it has computed; null where it is gone. */
async function usedBy(pid: number) {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const stat = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ").at(-1)!.split(" ");
    return {
      peakRssMiB: Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024,
      cpuSeconds: (Number(stat[11]) + Number(stat[12])) / TICKS_A_SECOND,
    };
  } catch {
    return null;
  }
}
