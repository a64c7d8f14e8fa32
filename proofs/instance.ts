/** Starts the real program, as `callroom start` does, on a folder of its own; kills it or stops it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HOME = join(import.meta.dirname, "..");

export interface Instance {
  readonly origin: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** The token of the one-time set-up link, while there is no community. */
  readonly setUpToken: string | null;
  /** All that it wrote to its standard output and error. */
  readonly output: () => string;
  /** Whoever reads its output goes away, as a terminal does. */
  readonly closeOutput: () => void;
  readonly stop: () => Promise<void>;
  /** SIGKILL of the program; its PostgreSQL lives on. */
  readonly kill: () => Promise<void>;
}

export interface InstanceOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** More arguments for `callroom start`. */
  readonly args?: readonly string[];
  /** What is started instead of `callroom start`, and can be sent messages. */
  readonly program?: string;
}

export async function makeDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), "callroom-proof-"));
}

export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { dataDir, port } = options;
  const program = options.program ? [options.program] : ["bin/command-line.ts", "start"];
  const child = spawn(process.execPath, [...program, ...(options.args ?? [])], {
    cwd: HOME,
    env: {
      ...process.env,
      CALLROOM_CONFIG: "",
      CALLROOM_DATA_DIR: dataDir,
      CALLROOM_PORT: String(port),
      CALLROOM_LOG_LEVEL: "debug",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe", options.program ? "ipc" : "ignore"],
  });
  let output = "";
  const running = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Ctrl-C stops it.")) resolve();
    };
    child.stdout!.on("data", hear);
    child.stderr!.on("data", hear);
    child.on("error", reject);
    child.on("exit", (code) =>
      reject(new Error(`Callroom ended with ${code}:\n${output.slice(-4000)}`)),
    );
    setTimeout(
      () => reject(new Error(`Callroom did not start:\n${output.slice(-4000)}`)),
      120_000,
    ).unref();
  });
  await running;
  const ended = () =>
    child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, "exit");
  const origin = /Callroom is running: (\S+)/.exec(output)![1]!;
  dataDirByOrigin.set(origin, dataDir);
  return {
    origin,
    dataDir,
    process: child,
    setUpToken: /\/set-up#(\S+)/.exec(output)?.[1] ?? null,
    output: () => output,
    closeOutput: () => {
      child.stdout!.destroy();
      child.stderr!.destroy();
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended();
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended();
    },
  };
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

export async function removeDataDir(dataDir: string): Promise<void> {
  // Something may still be writing there, such as a database that was told to stop.
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Where the instance at an origin keeps its letters, for whoever knows only the origin. */
const dataDirByOrigin = new Map<string, string>();

/** The newest letter to an address, as plain text; waits until one is there. */
export async function letterTo(origin: string, email: string): Promise<string> {
  const dataDir = dataDirByOrigin.get(origin);
  if (dataDir === undefined) throw new Error("No instance was started at this origin");
  for (let tries = 0; tries < 300; tries++) {
    const found = (await lettersIn(dataDir)).findLast((letter) => letter.includes(`To: ${email}`));
    if (found !== undefined) return fromQuotedPrintable(found);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("No letter came");
}

const fromQuotedPrintable = (letter: string): string =>
  letter
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The letters an instance without a mail server wrote, newest last; waits until there are `count`. */
export async function lettersIn(dataDir: string, count = 0): Promise<string[]> {
  const folder = join(dataDir, "mail");
  for (let tries = 0; ; tries++) {
    const names = (await readdir(folder).catch(() => []))
      .filter((name) => name.endsWith(".eml"))
      .toSorted();
    if (names.length >= count || tries > 200)
      return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
