/**
 * A cluster's server: started, adopted when it runs already, and stopped. One Callroom a cluster, said by a
 * lock in the server that dies with its process.
 */
import { closeSync, fchownSync, openSync } from "node:fs";
import { readFile, rm, stat, truncate } from "node:fs/promises";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { ok, refuse, type Result } from "../result.ts";
import type { Place, SocketAddress } from "./cluster-place.ts";
import type { Log } from "./log.ts";
import { ageInSeconds, isPostmasterOf, probe, readPostmasterFile } from "./postmaster.ts";
import { ADVISORY_LOCKS } from "./advisory-locks.ts";

export type RunRefusal =
  | { readonly type: "AlreadyRunning"; readonly process: number | null }
  | { readonly type: "NotAnswering"; readonly process: number; readonly folder: string }
  | { readonly type: "WouldNotStart"; readonly why: string; readonly logFile: string };

/** A running server that this process holds the lock of. */
export interface Held {
  readonly lock: pg.Client;
  readonly process: number;
  readonly adopted: boolean;
}

const LONGEST_RECOVERY_MS = 15 * 60_000;
const LONGEST_SILENCE_MS = 60_000;

/** Starts it, or takes over what runs there already. */
export async function bringUp(
  place: Place,
  log: Log,
  { settingsChanged }: { readonly settingsChanged: boolean },
): Promise<Result<Held, RunRefusal>> {
  let child: Child | null = null;
  const since = Date.now();
  for (;;) {
    const file = await readPostmasterFile(place.folder);
    const known = file === "unfinished" ? null : file;
    const state = known
      ? await probe({ ...place.address, host: known.socketFolder, database: "postgres" })
      : ({ state: "absent" } as const);

    if (known && state.state === "ready" && state.folder === place.folder) {
      const taken = await takeLock({ ...place.address, host: known.socketFolder });
      if (!taken.ok) return taken;
      const adopted = child?.process !== known.process;
      const asWanted =
        state.version === place.binaries.version &&
        state.readOnly === place.readOnly &&
        known.socketFolder === place.address.host &&
        !settingsChanged;
      if (!adopted || asWanted) return ok({ lock: taken.value, process: known.process, adopted });
      log.info("the database runs with other programs or settings; starting it again", {
        cluster: place.cluster,
      });
      await shutDown(place.folder, known.process);
      await taken.value.end().catch(() => undefined);
      continue;
    }

    const waited = Date.now() - since;
    if (known && (await isPostmasterOf(place.folder, known.process))) {
      if (waited > (state.state === "busy" ? LONGEST_RECOVERY_MS : LONGEST_SILENCE_MS))
        return refuse({ type: "NotAnswering", process: known.process, folder: place.folder });
    } else if (child?.running()) {
      // It has not written its pid file yet.
    } else if (child && !(await mayTryAgain(child, waited))) {
      return refuse({ type: "WouldNotStart", why: await child.why(), logFile: place.logFile });
    } else if (file === "unfinished" && (await isFresh(place.folder))) {
      // Somebody may just be writing it.
    } else {
      await removeStaleLocks(place);
      child = await spawnPostgres(place);
    }
    await sleep(20);
  }
}

/**
 * Both name a process that is gone, or a number that another program was given since, or a zombie that no
 * parent reaps (as in some containers): PostgreSQL itself would take the last two for a living server.
 */
async function removeStaleLocks({ folder, address }: Place): Promise<void> {
  await rm(join(folder, "postmaster.pid"), { force: true });
  const socketLock = join(address.host, `.s.PGSQL.${address.port}.lock`);
  const holder = Number((await readFile(socketLock, "utf8").catch(() => "")).split("\n")[0]);
  if (holder > 0 && !(await isPostmasterOf(folder, holder))) await rm(socketLock, { force: true });
}

async function isFresh(folder: string): Promise<boolean> {
  const age = await ageInSeconds(join(folder, "postmaster.pid")).catch(() => Infinity);
  return age < 2;
}

// Another start that was faster, or backends that have not noticed yet that their server is dead.
async function mayTryAgain(child: Child, waited: number): Promise<boolean> {
  if (waited > 20_000) return false;
  const again = /already exists|pre-existing shared memory|another server might be running/i;
  if (!again.test(await child.why())) return false;
  await sleep(200);
  return true;
}

interface Child {
  readonly process: number | undefined;
  readonly running: () => boolean;
  /** The last thing it wrote before it ended. */
  readonly why: () => Promise<string>;
}

async function spawnPostgres(place: Place): Promise<Child> {
  await boundLog(place.logFile);
  const logged = openSync(place.logFile, "a", 0o600);
  if (place.user) fchownSync(logged, place.user.uid, place.user.gid);
  const from = (await stat(place.logFile)).size;
  const settings = Object.entries(place.settings).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  // A session of its own: Ctrl-C at the terminal is for the app, which then stops the database in good order.
  const child: ChildProcess = spawn(place.binaries.postgres, ["-D", place.folder, ...settings], {
    cwd: place.folder,
    detached: true,
    stdio: ["ignore", logged, logged],
    env: { LC_ALL: "C", TZ: "UTC" },
    ...place.user,
  });
  closeSync(logged);
  child.unref();
  let failure: string | null = null;
  child.on("error", (error) => (failure = error.message));
  return {
    process: child.pid,
    running: () => failure === null && child.exitCode === null && child.signalCode === null,
    why: async () => failure ?? lastComplaint((await readFile(place.logFile)).subarray(from)),
  };
}

function lastComplaint(written: Buffer): string {
  const lines = written.toString("utf8").trim().split("\n");
  const fatal = lines.filter((line) => /FATAL|PANIC|error while loading/.test(line)).at(-1);
  return (
    (fatal ?? lines.at(-1) ?? "").replace(/^[\d-]+ [\d:]+ UTC /, "") || "it ended without a word"
  );
}

/** Advisory, session-long: PostgreSQL lets go of it by itself when the holder's process dies. */
const LONGEST_HANDOVER_MS = 2000;

async function takeLock(address: SocketAddress): Promise<Result<pg.Client, RunRefusal>> {
  const client = new pg.Client({
    ...address,
    database: "postgres",
    application_name: `callroom ${process.pid}`,
    keepAlive: false,
  });
  client.on("error", () => undefined);
  await client.connect();
  const until = Date.now() + LONGEST_HANDOVER_MS;
  for (;;) {
    const got = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
      ADVISORY_LOCKS.oneCallroom,
    ]);
    if (got.rows[0]?.taken) return ok(client);
    if (Date.now() > until) break;
    await sleep(100);
  }
  const holder = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.objid = $1 limit 1`,
    [ADVISORY_LOCKS.oneCallroom],
  );
  await client.end();
  const named = /^callroom (\d+)$/.exec(holder.rows[0]?.name ?? "");
  return refuse({ type: "AlreadyRunning", process: named ? Number(named[1]) : null });
}

export async function makeDatabase(client: pg.Client, database: string): Promise<void> {
  const known = await client.query("select 1 from pg_database where datname = $1", [database]);
  if (known.rowCount === 0)
    await client.query(`create database ${pg.escapeIdentifier(database)} template template0`);
}

/** The lock is held until the server ends it, so that nobody adopts what is about to stop. */
export async function shutDownHeld(folder: string, held: Held): Promise<void> {
  await shutDown(folder, held.process);
  await held.lock.end().catch(() => undefined);
}

export async function shutDown(folder: string, processId: number): Promise<void> {
  const since = Date.now();
  let signal: NodeJS.Signals | null = "SIGINT";
  while (await isPostmasterOf(folder, processId)) {
    if (signal) process.kill(processId, signal);
    signal = null;
    const waited = Date.now() - since;
    // Immediate shutdown: nothing committed is lost, the next start recovers.
    if (waited > 60_000 && waited < 60_500) signal = "SIGQUIT";
    if (waited > 75_000) throw new Error("The database does not stop");
    await sleep(waited > 60_000 ? 500 : 15);
  }
}

const LONGEST_LOG = 4 * 1024 * 1024;

/** The server appends, so emptying the file under it leaves no hole. */
export async function boundLog(file: string): Promise<void> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size > LONGEST_LOG) await truncate(file);
}
