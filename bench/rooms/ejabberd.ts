/**
 * ejabberd as Debian packs it, on a folder of its own: rooms in memory, no archive, no encryption on the line,
 * nobody slowed down, and guests without an account. It does less than ours: it stores nothing.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface Ejabberd {
  readonly port: number;
  readonly process: number;
  readonly stop: () => Promise<void>;
}

const LIBRARIES = "/usr/lib/x86_64-linux-gnu";

/** Null where it isn't installed: `apt-get install ejabberd`. */
export async function startEjabberd(port: number): Promise<Ejabberd | null> {
  if (!existsSync("/usr/sbin/ejabberdctl") || !existsSync("/usr/bin/erl")) return null;
  const folder = await mkdtemp(join(tmpdir(), "callroom-ejabberd-"));
  const config = join(folder, "ejabberd.yml");
  await writeFile(config, configuration(port));
  await mkdir(join(folder, "spool"));
  // What ejabberdctl would start, but as this user and without a name among other Erlang programs.
  const args = ["+K", "true", "+P", "250000", "-noinput"];
  const child = spawn(
    "/usr/bin/erl",
    [...args, "-mnesia", "dir", `"${join(folder, "spool")}"`, "-s", "ejabberd"],
    {
      cwd: folder,
      stdio: "ignore",
      env: {
        ...process.env,
        HOME: folder,
        ERL_LIBS: LIBRARIES,
        ERL_MAX_PORTS: "32000",
        EJABBERD_CONFIG_PATH: config,
        EJABBERD_LOG_PATH: join(folder, "ejabberd.log"),
      },
    },
  );
  const stop = async () => {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return { port, process: child.pid!, stop };
    await sleep(100);
  }
  await stop();
  throw new Error("ejabberd did not start");
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });

const configuration = (port: number): string => `
loglevel: error
hosts: [localhost]
auth_method: [anonymous]
anonymous_protocol: sasl_anon
allow_multiple_connections: true
listen:
  - {port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, access: all, shaper: none, max_stanza_size: 262144}
modules:
  mod_disco: {}
  mod_muc:
    access: all
    access_create: all
    access_persistent: none
    history_size: 0
    default_room_options: {persistent: false, logging: false, mam: false}
`;
