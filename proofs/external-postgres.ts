/**
 * A PostgreSQL that Callroom does not start itself, reached by address: Debian's own package, which is the
 * oldest supported major to be had, and the embedded binaries where there is none.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { access, chmod, chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { startEmbedded } from "#platform/server/embedded-postgres.ts";
import { silentLog } from "#platform/server/log.ts";
import { freePort } from "./instance.ts";

const run = promisify(execFile);

export interface ExternalPostgres {
  readonly major: number;
  /** Two servers, so that neither shares a transaction counter or a log with the other. */
  readonly named: string;
  readonly nameless: string;
  readonly stop: () => Promise<void>;
}

export async function startExternalPostgres(): Promise<ExternalPostgres> {
  const binaries = await debianBinaries();
  if (binaries === null) return startFromPackage();
  const [named, nameless] = [
    await startServer(binaries.folder),
    await startServer(binaries.folder),
  ];
  return {
    major: binaries.major,
    named: named.url,
    nameless: nameless.url,
    stop: async () => {
      await named.stop();
      await nameless.stop();
    },
  };
}

/** As `CALLROOM_…` variables. */
export const externalEnv = (external: ExternalPostgres): Record<string, string> => ({
  CALLROOM_DATABASE_URL: external.named,
  CALLROOM_NAMELESS_DATABASE_URL: external.nameless,
});

async function debianBinaries(): Promise<{ folder: string; major: number } | null> {
  const installed = async () => {
    const majors = (await readdir("/usr/lib/postgresql").catch(() => []))
      .map(Number)
      .filter((major) => major >= 15);
    const major = majors.toSorted((a, b) => a - b)[0];
    return major === undefined ? null : { folder: `/usr/lib/postgresql/${major}/bin`, major };
  };
  const found = await installed();
  if (found !== null || process.getuid?.() !== 0) return found;
  try {
    await access("/usr/bin/apt-get");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], {
      env,
      timeout: 300_000,
    });
    return await installed();
  } catch {
    return null;
  }
}

async function startServer(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), "callroom-external-"));
  const owner = await unprivileged();
  if (owner) await chown(dataDir, owner.uid, owner.gid);
  await chmod(dataDir, 0o700);
  const options = { ...owner, cwd: dataDir };
  await run(
    join(folder, "initdb"),
    ["-D", join(dataDir, "pg"), "-U", "callroom", "-A", "trust", "-E", "UTF8", "--locale=C"],
    options,
  );
  const port = await freePort();
  const settings = [
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    `unix_socket_directories=${dataDir}`,
    "-c",
    "max_connections=120",
  ];
  const server: ChildProcess = spawn(
    join(folder, "postgres"),
    ["-D", join(dataDir, "pg"), "-p", String(port), ...settings],
    {
      ...options,
      stdio: "ignore",
    },
  );
  const url = `postgresql://callroom@127.0.0.1:${port}/postgres`;
  await waitFor(url);
  return {
    url,
    stop: async () => {
      server.kill("SIGINT");
      if (server.exitCode === null) await once(server, "exit");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startFromPackage(): Promise<ExternalPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "callroom-external-"));
  const start = async (cluster: "named" | "nameless") => {
    const started = await startEmbedded({ dataDir, cluster, log: silentLog });
    if (!started.ok) throw new Error(`PostgreSQL did not start: ${started.refusal.type}`);
    const { host, user, database } = started.value.address;
    return {
      url: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}`,
      stop: started.value.stop,
    };
  };
  const [named, nameless] = [await start("named"), await start("nameless")];
  return {
    major: 18,
    named: named.url,
    nameless: nameless.url,
    stop: async () => {
      await named.stop();
      await nameless.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const { stdout } = await run("id", ["-u", "nobody"]);
  const group = await run("id", ["-g", "nobody"]);
  return { uid: Number(stdout), gid: Number(group.stdout) };
}

async function waitFor(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
