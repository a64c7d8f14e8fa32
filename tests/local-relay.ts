/** A coturn on this machine for tests, by the configuration that Callroom writes; null where there is none. */
import { spawn } from "node:child_process";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { relayAddress, relayConfig } from "#circles/server/relay-config.ts";
import type { Relay } from "#circles/server/relay.ts";

const PROGRAM = "/usr/bin/turnserver";

export interface LocalRelay {
  readonly urls: readonly string[];
  readonly address: string;
  /** What it wrote on its console and into its folder. */
  readonly written: () => string;
  readonly stop: () => Promise<void>;
}

/** Browsers leave the loopback out when they look for ways, so it listens on another address of this machine. */
const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
const { address } = own.find(({ internal, family }) => !internal && family === "IPv4") ?? own[0]!;

export const relayPlace = (port: number): readonly string[] => [
  `turn:${address}:${port}`,
  `turn:${address}:${port}?transport=tcp`,
];

export async function startLocalRelay(
  secret: Relay["secret"],
  urls?: readonly string[],
): Promise<LocalRelay | null> {
  if (
    !(await access(PROGRAM).then(
      () => true,
      () => false,
    ))
  )
    return null;
  return startAt(urls ?? relayPlace(await freePort()), secret);
}

async function startAt(urls: readonly string[], secret: Relay["secret"]): Promise<LocalRelay> {
  const { port } = relayAddress(urls[0]!);
  const folder = await mkdtemp(join(tmpdir(), "callroom-relay-"));
  const file = join(folder, "turnserver.conf");
  const text = relayConfig({ urls, secret }, { addresses: [address], own: new Set([address]) });
  await writeFile(file, `${text}pidfile=${join(folder, "pid")}\nuserdb=${join(folder, "db")}\n`);
  const program = spawn(PROGRAM, ["-c", file], { stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [program.stdout, program.stderr])
    stream.on("data", (data: Buffer) => (written += data.toString()));
  while (program.exitCode === null && !(await takesCalls(address, port))) await wait(100);
  const ended = new Promise<void>((resolve) => program.once("exit", () => resolve()));
  return {
    urls,
    address,
    written: () => written,
    stop: async () => {
      program.kill();
      if (program.exitCode === null) await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function takesCalls(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, address, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
