import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rmdir,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { embeddedRefusalToWords } from "./clusters.ts";
import { findRunning, startEmbedded, type EmbeddedCluster } from "./embedded-postgres.ts";
import { silentLog } from "./log.ts";
import { isPostmasterOf, readPostmasterFile } from "./postmaster.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Holds everything, closed to others as a data folder of root's is. */
let base: string;
let binariesDir: string;
const running = new Set<EmbeddedCluster>();
const apps = new Set<ChildProcess>();

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "callroom-embedded-"));
  await chmod(base, 0o755);
  binariesDir = join(base, "programs");
  await mkdir(binariesDir, { mode: 0o755 });
});

afterAll(async () => {
  for (const app of apps) app.kill("SIGKILL");
  for (const cluster of running) await cluster.stop().catch(() => undefined);
  await rm(base, { recursive: true, force: true });
});

async function start(name: string, cluster: "named" | "nameless" = "named") {
  const dataDir = join(base, name);
  const result = await startEmbedded({ dataDir, cluster, log: silentLog, binariesDir });
  if (!result.ok) throw new Error(embeddedRefusalToWords(cluster, result.refusal));
  running.add(result.value);
  return result.value;
}

let spare: Promise<unknown> | null = null;

/** A stopped cluster, as a start before would have left it there: a copy of one, since making each takes seconds. */
async function lay(name: string): Promise<void> {
  spare ??= start("spare").then(stop);
  await spare;
  execFileSync("cp", ["-a", join(base, "spare"), join(base, name)]);
}

const startLaid = (name: string) => lay(name).then(() => start(name));

async function stop(cluster: EmbeddedCluster): Promise<void> {
  running.delete(cluster);
  await cluster.stop();
}

async function refusalOf(name: string) {
  const dataDir = join(base, name);
  const result = await startEmbedded({ dataDir, cluster: "named", log: silentLog, binariesDir });
  if (!result.ok) return result.refusal;
  await result.value.stop();
  throw new Error("Expected a refusal");
}

async function ask(cluster: EmbeddedCluster, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(cluster.address);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const folderOf = (name: string) => join(base, name, "databases", "named");

async function postmasterOf(name: string): Promise<number> {
  const file = await readPostmasterFile(folderOf(name));
  if (file === null || file === "unfinished") throw new Error("No postmaster");
  return file.process;
}

/** A process of its own that starts the cluster, writes rows one by one and says each after its commit. */
async function startApp(name: string): Promise<{ app: ChildProcess; acknowledged: number[] }> {
  const script = join(base, `${name}.ts`);
  const here = import.meta.dirname;
  await writeFile(
    script,
    `import { startEmbedded } from ${JSON.stringify(join(here, "embedded-postgres.ts"))};
     import { silentLog } from ${JSON.stringify(join(here, "log.ts"))};
     import pg from ${JSON.stringify(import.meta.resolve("pg"))};
     const started = await startEmbedded({ dataDir: ${JSON.stringify(join(base, name))}, cluster: "named", log: silentLog, binariesDir: ${JSON.stringify(binariesDir)} });
     if (!started.ok) { console.log("refused " + started.refusal.type); process.exit(1); }
     const client = new pg.Client(started.value.address);
     await client.connect();
     await client.query("create table if not exists note (number bigint primary key)");
     const { rows } = await client.query("select coalesce(max(number), 0)::int as last from note");
     console.log("ready");
     for (let number = rows[0].last + 1; ; number++) {
       await client.query("insert into note values ($1)", [number]);
       console.log(number);
     }`,
  );
  const app = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  apps.add(app);
  const acknowledged: number[] = [];
  await new Promise<void>((settle, fail) => {
    createInterface(app.stdout).on("line", (line) => {
      if (line === "ready") settle();
      else if (line.startsWith("refused")) fail(new Error(line));
      else acknowledged.push(Number(line));
    });
    app.on("exit", () => fail(new Error("The app ended")));
  });
  return { app, acknowledged };
}

async function killed(app: ChildProcess): Promise<void> {
  const gone = new Promise((settle) => app.once("exit", settle));
  app.kill("SIGKILL");
  await gone;
  apps.delete(app);
}

test("a cluster is made, reached through its socket only, and stops without a trace of a process", async () => {
  const first = await start("plain");
  expect(first.adopted).toBe(false);
  const settings = await ask(
    first,
    `select current_setting('listen_addresses') as network, current_setting('fsync') as fsync,
            current_setting('log_min_messages') as log, current_setting('wal_recycle') as recycle,
            lower('ÀÉ') as lower, current_database() as database`,
  );
  expect(settings).toEqual([
    {
      network: "",
      fsync: "on",
      log: "log",
      recycle: "off",
      lower: "àé",
      database: "callroom_named",
    },
  ]);
  const pid = await postmasterOf("plain");
  await stop(first);
  expect(await isPostmasterOf(folderOf("plain"), pid)).toBe(false);
  expect(await readPostmasterFile(folderOf("plain"))).toBe(null);

  const again = await start("plain");
  expect(again.adopted).toBe(false);
  await stop(again);
  const log = await readFile(join(base, "plain", "databases", "named.log"), "utf8");
  expect(log).toContain("database system was shut down at");
  expect(log).not.toContain("automatic recovery");
});

test("the nameless cluster keeps no old log segments and shares nothing with the named one", async () => {
  const named = await start("two");
  const nameless = await start("two", "nameless");
  const about = `select (select system_identifier::text from pg_control_system()) as id,
                        current_setting('wal_recycle') as recycle, current_setting('archive_mode') as archive`;
  const [one] = await ask(named, about);
  const [other] = await ask(nameless, about);
  expect(other).toMatchObject({ recycle: "off", archive: "off" });
  expect(other!["id"]).not.toBe(one!["id"]);
  await Promise.all([stop(named), stop(nameless)]);
});

test("what a session typed or got wrong is not in the log", async () => {
  const cluster = await startLaid("quiet");
  await ask(
    cluster,
    "create table diary (line text unique); insert into diary values ('canaryword')",
  );
  await expect(ask(cluster, "insert into diary values ('canaryword')")).rejects.toThrow(
    /duplicate/,
  );
  await expect(ask(cluster, "select 'canaryword'::uuid")).rejects.toThrow(/uuid/);
  await expect(ask(cluster, "selekt canaryword")).rejects.toThrow(/syntax/);
  const [backend] = await ask(cluster, "select pg_backend_pid() as pid");
  expect(backend).toBeDefined();
  const victim = new pg.Client(cluster.address);
  victim.on("error", () => undefined);
  await victim.connect();
  const pid = (victim as unknown as { processID: number }).processID;
  const busy = victim.query("select 'canaryword', pg_sleep(30)").catch(() => undefined);
  await sleep(100);
  process.kill(pid, "SIGKILL");
  await busy;
  await victim.end().catch(() => undefined);
  await sleep(500);
  await stop(cluster);
  const log = await readFile(join(base, "quiet", "databases", "named.log"), "utf8");
  expect(log).toContain("terminated by signal 9");
  expect(log).not.toContain("canaryword");
});

test("after the app is killed its database is adopted, with every acknowledged row", async () => {
  await lay("adopted");
  const { app, acknowledged } = await startApp("adopted");
  await sleep(300);
  await killed(app);
  const pid = await postmasterOf("adopted");
  expect(await isPostmasterOf(folderOf("adopted"), pid)).toBe(true);

  const cluster = await start("adopted");
  expect(cluster.adopted).toBe(true);
  expect(await postmasterOf("adopted")).toBe(pid);
  expect(acknowledged.length).toBeGreaterThan(5);
  const [row] = await ask(
    cluster,
    "select max(number)::int as last, count(*)::int as count from note",
  );
  expect(row!["last"]).toBeGreaterThanOrEqual(acknowledged.at(-1)!);
  expect(row!["count"]).toBe(row!["last"]);
  await stop(cluster);
  expect(await isPostmasterOf(folderOf("adopted"), pid)).toBe(false);
});

test("app and database killed together start again by themselves, with every acknowledged row", async () => {
  await lay("both");
  for (let round = 0; round < 3; round++) {
    const { app, acknowledged } = await startApp("both");
    await sleep(150);
    process.kill(await postmasterOf("both"), "SIGKILL");
    await killed(app);
    const cluster = await start("both");
    expect(cluster.adopted).toBe(false);
    const [row] = await ask(
      cluster,
      "select max(number)::int as last, count(*)::int as count from note",
    );
    expect(row!["last"]).toBeGreaterThanOrEqual(acknowledged.at(-1)!);
    expect(row!["count"]).toBe(row!["last"]);
    await stop(cluster);
  }
});

test("a database killed under a living app comes back without it", async () => {
  const cluster = await startLaid("revived");
  await ask(cluster, "create table kept (line text); insert into kept values ('here')");
  const before = await postmasterOf("revived");
  process.kill(before, "SIGKILL");
  const since = Date.now();
  for (;;) {
    const rows = await ask(cluster, "select line from kept").catch(() => null);
    if (rows) {
      expect(rows).toEqual([{ line: "here" }]);
      break;
    }
    if (Date.now() - since > 20_000) throw new Error("It did not come back");
    await sleep(50);
  }
  const after = await postmasterOf("revived");
  expect(after).not.toBe(before);
  expect(await refusalOf("revived")).toMatchObject({ type: "AlreadyRunning" });
  await stop(cluster);
  expect(await isPostmasterOf(folderOf("revived"), after)).toBe(false);
});

test("a second Callroom on the folder is refused by name, and the first goes on", async () => {
  const cluster = await startLaid("once");
  const refusal = await refusalOf("once");
  expect(refusal).toEqual({ type: "AlreadyRunning", process: process.pid });
  expect(embeddedRefusalToWords("named", refusal)).toContain(String(process.pid));
  expect(await ask(cluster, "select 1 as one")).toEqual([{ one: 1 }]);
  await stop(cluster);
});

test("of several that start at once in an empty folder, exactly one gets it", async () => {
  const results = await Promise.all(
    Array.from({ length: 4 }, () =>
      startEmbedded({ dataDir: join(base, "race"), cluster: "named", log: silentLog, binariesDir }),
    ),
  );
  const won = results.filter((result) => result.ok);
  const lost = results.filter((result) => !result.ok).map((result) => result.refusal.type);
  expect(won).toHaveLength(1);
  expect(lost).toEqual(["AlreadyRunning", "AlreadyRunning", "AlreadyRunning"]);
  await won[0]!.value.stop();
});

test("a pid file left by another time is no obstacle: number handed out again, or file cut short", async () => {
  const first = await startLaid("stale");
  await ask(first, "create table kept (line text)");
  const pidFile = join(folderOf("stale"), "postmaster.pid");
  const socketLock = join(first.address.host, ".s.PGSQL.5432.lock");
  const texts = [await readFile(pidFile, "utf8"), await readFile(socketLock, "utf8")] as const;
  await stop(first);
  // A sleeping program of the database's user plays the one that was given the old number.
  const { uid, gid } = await stat(folderOf("stale"));
  const sleeper = spawn("sleep", ["60"], { uid, gid });
  apps.add(sleeper);
  await writeFile(pidFile, texts[0].replace(/^\d+/, String(sleeper.pid)));
  await writeFile(socketLock, texts[1].replace(/^\d+/, String(sleeper.pid)));
  const second = await start("stale");
  expect(second.adopted).toBe(false);
  expect(await ask(second, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  await stop(second);
  await killed(sleeper);
  await writeFile(pidFile, "");
  const third = await start("stale");
  expect(await ask(third, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  await stop(third);
});

test("a folder of another major version is refused and told the way over", async () => {
  await lay("older");
  await writeFile(join(folderOf("older"), "PG_VERSION"), "17\n");
  const refusal = await refusalOf("older");
  expect(refusal).toMatchObject({ type: "OtherMajor", has: "17", ours: 18 });
  expect(embeddedRefusalToWords("named", refusal)).toMatch(/callroom backup.*callroom restore/s);
});

test("settings that a newer Callroom changes take effect on an adopted database too", async () => {
  await lay("settings");
  const { app } = await startApp("settings");
  await killed(app);
  await appendFile(join(folderOf("settings"), "postgresql.conf"), "# an older version's file\n");
  const pid = await postmasterOf("settings");
  const cluster = await start("settings");
  expect(await postmasterOf("settings")).not.toBe(pid);
  await stop(cluster);
});

test("a very long data folder gets its socket elsewhere, closed to others", async () => {
  const name = join("long", "x".repeat(60), "y".repeat(60));
  const cluster = await start(name);
  expect(cluster.address.host).toMatch(/^\/tmp\/callroom-/);
  expect((await stat(cluster.address.host)).mode & 0o077).toBe(0);
  const host = cluster.address.host;
  await stop(cluster);
  const again = await start(name);
  expect(again.address.host).toBe(host);
  await stop(again);
  await rm(host, { recursive: true });
});

test("a command beside the app finds the running database, and nothing when it is stopped", async () => {
  const cluster = await startLaid("beside");
  const found = await findRunning({ dataDir: join(base, "beside"), cluster: "named", binariesDir });
  expect(found).toEqual(cluster.address);
  await stop(cluster);
  const gone = await findRunning({ dataDir: join(base, "beside"), cluster: "named", binariesDir });
  expect(gone).toBe(null);
});

test("a data folder that was moved while stopped starts where it is now", async () => {
  const cluster = await startLaid("moved");
  await ask(cluster, "create table kept (line text)");
  await stop(cluster);
  await rename(join(base, "moved"), join(base, "moved-2"));
  const again = await start("moved-2");
  expect(await ask(again, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  await stop(again);
});

test("what can't be started is refused with PostgreSQL's own reason", async () => {
  await lay("broken");
  await rm(join(folderOf("broken"), "global", "pg_control"));
  const refusal = await refusalOf("broken");
  expect(refusal).toMatchObject({ type: "WouldNotStart" });
  expect(embeddedRefusalToWords("named", refusal)).toMatch(
    /pg_control|control file|database system/i,
  );
});

test.runIf(process.getuid?.() === 0)(
  "under a folder closed to others, root's databases go elsewhere, linked, and their loss is noticed",
  async () => {
    const closed = join(base, "closed");
    await mkdir(closed, { mode: 0o700 });
    const cluster = await start("closed/data");
    await ask(cluster, "create table kept (line text)");
    const home = await realpath(join(closed, "data", "databases"));
    expect(home).toMatch(/^\/var\/lib\/callroom\/[0-9a-f]{12}$/);
    await stop(cluster);
    const again = await start("closed/data");
    expect(await ask(again, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
    await stop(again);
    await rm(home, { recursive: true });
    await rmdir(dirname(home)).catch(() => undefined);
    const refusal = await refusalOf("closed/data");
    expect(refusal).toMatchObject({ type: "HomeGone", was: home });
    expect(embeddedRefusalToWords("named", refusal)).toContain(home);
  },
);

test.runIf(process.getuid?.() === 0)("under root the database is not root's", async () => {
  const cluster = await start("root");
  expect((await stat(`/proc/${await postmasterOf("root")}`)).uid).not.toBe(0);
  expect((await stat(folderOf("root"))).mode & 0o777).toBe(0o700);
  await stop(cluster);
});
