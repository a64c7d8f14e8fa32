import { execFile, spawn } from "node:child_process";
import {
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  rmdir,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeOlderDataFolder } from "../../../tests/older-data-folder.ts";
import { OLDER_MAJOR } from "../../../tests/older-postgres.ts";
import { fingerprints } from "./backup-tables.ts";
import { findOlderPlace } from "./cluster-place.ts";
import {
  clusterRefusalToWords,
  embeddedRefusalToWords,
  openClusters,
  type ClusterRefusal,
  type OpenClusters,
} from "./clusters.ts";
import { findDatabaseHome } from "./database-user.ts";
import { findRunning, startEmbedded, type EmbeddedRefusal } from "./embedded-postgres.ts";
import { silentLog, type Log } from "./log.ts";
import type { ClusterName } from "./migrations.ts";
import { placeBinaries } from "./postgres-binaries.ts";
import { readPostmasterFile } from "./postmaster.ts";
import { bringUp, shutDownHeld } from "./running-cluster.ts";
import { majorOf } from "./upgrade-folders.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const run = promisify(execFile);
const EMBEDDED = { kind: "embedded" } as const;
const OUR_MAJOR = 18;
let base: string;
let left = false;
const before = {} as Record<ClusterName, ReadonlyMap<string, string>>;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "callroom-upgrade-"));
  const dataDir = join(base, "left");
  left = await makeOlderDataFolder(dataDir);
  if (!left) return;
  for (const cluster of ["named", "nameless"] as const) {
    const started = await startEmbedded({ dataDir, cluster, log: silentLog, keepMajor: true });
    if (!started.ok) throw new Error(started.refusal.type);
    before[cluster] = await reading(started.value.address, fingerprints);
    await started.value.stop();
  }
  expect([...before.named.keys()]).toEqual(
    expect.arrayContaining(["stewardship.sponsor", "graphile_worker._private_jobs"]),
  );
});
beforeEach((context) => {
  if (!left)
    context.skip(
      `PostgreSQL ${OLDER_MAJOR} could be had neither from Debian nor from the registry`,
    );
});
afterAll(() => rm(base, { recursive: true, force: true }));

/** A copy of what the older Callroom left, to be upgraded. */
async function leftFolder(name: string): Promise<string> {
  const dataDir = join(base, name);
  await run("cp", ["-a", join(base, "left"), dataDir]);
  return dataDir;
}

const namesIn = (dataDir: string) => readdir(join(dataDir, "databases"));

/** Every folder with a cluster in it, and of which major it is. */
async function clustersIn(dataDir: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of await namesIn(dataDir)) {
    const major = await majorOf(join(dataDir, "databases", name));
    if (major !== null) found[name] = major;
  }
  return found;
}

async function reading<Value>(
  address: pg.ClientConfig,
  use: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function listening(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const say = (sentence: string) => void lines.push(sentence);
  return { lines, log: { ...silentLog, debug: say, info: say, warn: say, error: say } };
}

const open = (dataDir: string, log: Log = silentLog) =>
  openClusters(
    { dataDir, databases: { named: EMBEDDED, nameless: EMBEDDED }, acceptOneServer: false },
    log,
  );

async function opened(dataDir: string, log?: Log): Promise<OpenClusters> {
  const result = await open(dataDir, log);
  if (!result.ok) throw new Error(clusterRefusalToWords(result.refusal));
  return result.value;
}

async function wordsOfRefusal(dataDir: string, cluster?: ClusterName): Promise<string> {
  const result = await (cluster
    ? startEmbedded({ dataDir, cluster, log: silentLog })
    : open(dataDir));
  if (result.ok) throw new Error("Expected a refusal");
  return cluster
    ? embeddedRefusalToWords(cluster, result.refusal as EmbeddedRefusal)
    : clusterRefusalToWords(result.refusal as ClusterRefusal);
}

/** As the older Callroom would, without a look at what an upgrade left; gives what is in it then. */
async function runOlder(dataDir: string, sql: string): Promise<ReadonlyMap<string, string>> {
  const home = await findDatabaseHome(dataDir);
  const binaries = await placeBinaries(join(base, "programs"));
  if (!home.ok || !binaries.ok) throw new Error("No place to run");
  const { folder: parent, user } = home.value;
  const site = {
    cluster: "named",
    parent,
    user,
    binaries: binaries.value,
    binariesDir: parent,
  } as const;
  const place = await findOlderPlace(site, OLDER_MAJOR, { readOnly: false });
  if (!place.ok) throw new Error(place.refusal.type);
  const held = await bringUp(place.value, silentLog, { settingsChanged: false });
  if (!held.ok) throw new Error(held.refusal.type);
  const contents = await reading(place.value.address, async (client) => {
    await client.query(sql);
    return fingerprints(client);
  });
  await shutDownHeld(place.value.folder, held.value);
  return contents;
}

async function killServers(dataDir: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const file = await readPostmasterFile(join(dataDir, "databases", name));
    if (file === null || file === "unfinished") throw new Error(`No server on ${name}`);
    process.kill(file.process, "SIGKILL");
  }
}

test("a start brings both databases over whole, waiting jobs and what backups leave out included", async () => {
  const dataDir = await leftFolder("whole");
  const { log, lines } = listening();
  const opening = open(dataDir, log);
  await vi.waitUntil(() => lines.includes("copying everything"), { timeout: 60_000 });
  expect(await findRunning({ dataDir, cluster: "named" })).toBe(null);
  expect(await wordsOfRefusal(dataDir)).toContain("Callroom already runs on this data folder");
  const result = await opening;
  if (!result.ok) throw new Error(clusterRefusalToWords(result.refusal));
  const clusters = result.value;
  expect(lines.filter((line) => line === "both hold the same")).toHaveLength(2);

  for (const cluster of ["named", "nameless"] as const)
    expect(await reading(clusters[cluster], fingerprints)).toEqual(before[cluster]);
  const rows = await reading(clusters.named, async (client) => {
    const ask = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
    return {
      version: await ask("select current_setting('server_version_num')::int / 10000 as major"),
      records: await ask("select count(*)::int as n from vault.record"),
      jobs: await ask(
        `select key, attempts, last_error, locked_by from graphile_worker._private_jobs
         where id between 3 and 4 order by id`,
      ),
      next: await ask("select id::int from graphile_worker.add_job('send-letter', '{}')"),
    };
  });
  expect(rows).toEqual({
    version: [{ major: OUR_MAJOR }],
    records: [{ n: 2000 }],
    jobs: [
      { key: "letter 3", attempts: 12, last_error: "ECONNREFUSED", locked_by: null },
      { key: "letter 4", attempts: 0, last_error: null, locked_by: "a node that died" },
    ],
    next: [{ id: 31 }],
  });
  await clusters.stop();

  // The old nameless files tell the order of acts; the named ones are a way back for a day.
  const programs = (await namesIn(dataDir)).filter((name) => name.startsWith("postgres-15"));
  expect(programs).toHaveLength(1);
  expect(await clustersIn(dataDir)).toEqual({
    named: OUR_MAJOR,
    "named.postgres-15": OLDER_MAJOR,
    nameless: OUR_MAJOR,
  });
  const aside = join(dataDir, "databases", "named.postgres-15");
  const yesterday = new Date(Date.now() - 25 * 3600_000);
  await utimes(aside, yesterday, yesterday);
  const later = listening();
  await (await opened(dataDir, later.log)).stop();
  expect(later.lines.toSorted()).toEqual([
    "programs that no database needs any more are removed",
    "what the database was before its upgrade is removed",
  ]);
  expect(await clustersIn(dataDir)).toEqual({ named: OUR_MAJOR, nameless: OUR_MAJOR });
  expect(await namesIn(dataDir)).not.toContain(programs[0]);
});

/** A process of its own that starts the named cluster and is killed `after` ms from where it says `at`. */
async function startKilled(dataDir: string, at: string, after = 0): Promise<void> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))};
    import { silentLog } from ${JSON.stringify(join(import.meta.dirname, "log.ts"))};
    const die = () => process.kill(process.pid, "SIGKILL");
    const say = (sentence) => sentence === ${JSON.stringify(at)} && (${after} ? setTimeout(die, ${after}) : die());
    const log = { ...silentLog, debug: say, info: say, warn: say, error: say };
    const started = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, cluster: "named", log });
    console.error(started);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const signal = await new Promise((settle) => child.on("exit", (_code, by) => settle(by)));
  expect(signal, at).toBe("SIGKILL");
}

test("killed anywhere on its way, the next start goes on by itself, and nothing is lost", async () => {
  const dataDir = await leftFolder("killed");
  const stages = async () => {
    const { nameless: _, ...found } = await clustersIn(dataDir);
    return found;
  };
  const old = { named: OLDER_MAJOR };

  await startKilled(dataDir, "bringing the database to a newer PostgreSQL; this may take a while");
  expect(await stages()).toEqual(old);
  await startKilled(dataDir, "copying everything", 40);
  expect(await stages()).toEqual({ ...old, "named.upgrading": OUR_MAJOR });
  await killServers(dataDir, ["named", "named.upgrading"]);
  await startKilled(dataDir, "both hold the same");
  expect(await stages()).toEqual({ ...old, "named.upgrading": OUR_MAJOR });
  await startKilled(dataDir, "the new database waits for its place");
  expect(await stages()).toEqual({ ...old, "named.upgraded": OUR_MAJOR });

  // The operator goes back to the older Callroom for a while: what is written there must not be lost either.
  const wanted = await runOlder(
    dataDir,
    "insert into stewardship.sponsor values (gen_random_uuid(), 'Late')",
  );
  await startKilled(dataDir, "the old database is set aside");
  expect(await stages()).toEqual({ "named.postgres-15": OLDER_MAJOR, "named.upgraded": OUR_MAJOR });
  await startKilled(dataDir, "the database is in the hands of a newer PostgreSQL");
  expect(await stages()).toEqual({ "named.postgres-15": OLDER_MAJOR, named: OUR_MAJOR });
  const started = await startEmbedded({ dataDir, cluster: "named", log: silentLog });
  if (!started.ok) throw new Error(started.refusal.type);
  expect(await reading(started.value.address, fingerprints)).toEqual(wanted);
  await started.value.stop();
});

test("what can't be upgraded is refused with a clear word, and stays as it was", async () => {
  const dataDir = await leftFolder("refused");
  const [named, huge] = [
    join(dataDir, "databases", "named"),
    join(dataDir, "databases", "named", "huge"),
  ];
  const untouched = await clustersIn(dataDir);
  await writeFile(huge, "");
  await truncate(huge, 2 ** 42);
  expect(await wordsOfRefusal(dataDir, "named")).toMatch(
    /takes 8,796,\d\d\d MB in .* are free\.\nNothing was changed/,
  );
  await rm(huge);

  await mkdir(`${named}.postgres-15`);
  expect(await wordsOfRefusal(dataDir, "named")).toContain("is there already");
  await rmdir(`${named}.postgres-15`);

  await runOlder(
    dataDir,
    "create table public.diary (line text); insert into public.diary values ('mine')",
  );
  expect(await wordsOfRefusal(dataDir, "named")).toContain(
    "it holds what no migration of Callroom made: public.diary (line)",
  );
  expect(await clustersIn(dataDir)).toEqual(untouched);

  const programs = (await namesIn(dataDir)).find((name) => name.startsWith("postgres-15"))!;
  await rename(join(dataDir, "databases", programs), join(base, "gone"));
  expect(await wordsOfRefusal(dataDir, "named")).toMatch(
    /programs of 15 .* are gone\.\n.*callroom backup.*callroom restore/,
  );
  await writeFile(join(named, "PG_VERSION"), "19\n");
  expect(await wordsOfRefusal(dataDir, "named")).toMatch(
    /of PostgreSQL 19; this Callroom brings 18, an older one/,
  );

  // A fresh one in an empty place would look as if everything were lost.
  await rename(named, `${named}.postgres-15`);
  expect(await wordsOfRefusal(dataDir, "named")).toContain(`${named} is missing`);
  for (const folder of [named, `${named}.upgraded`]) {
    await mkdir(folder);
    await writeFile(join(folder, "PG_VERSION"), "18\n");
  }
  expect(await wordsOfRefusal(dataDir, "named")).toContain(`An upgrade left ${named}.upgraded`);
});
