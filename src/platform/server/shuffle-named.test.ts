/** What the named cluster's files tell of who wrote when, before and after the night, and what the night keeps. */
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCluster, type ClusterAddress, type NamedCluster } from "./db.ts";
import { startEmbedded, type EmbeddedCluster } from "./embedded-postgres.ts";
import { migrateJobs } from "./jobs.ts";
import { silentLog } from "./log.ts";
import { migrate } from "./migrations.ts";
import { forgetOrder, forgetTimes } from "./shuffle.ts";

let dataDir: string;
let embedded: EmbeddedCluster;
let cluster: NamedCluster;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "callroom-shuffle-"));
  await chmod(dataDir, 0o755);
  const started = await startEmbedded({
    dataDir,
    cluster: "named",
    log: silentLog,
    binariesDir: join(tmpdir(), "callroom-test-postgres"),
  });
  if (!started.ok) throw new Error(started.refusal.type);
  embedded = started.value;
  const address = embedded.address as ClusterAddress;
  const client = new pg.Client(address);
  await client.connect();
  await migrate(client, "named");
  await client.end();
  await migrateJobs(address);
  cluster = openCluster("named", address, () => undefined);
  // The database may be stopped before a connection has quite ended.
  cluster.owner.on("connect", (client) => client.on("error", () => undefined));
});

afterAll(async () => {
  await cluster?.close();
  await embedded?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const night = () => forgetOrder(cluster, silentLog);
const ask = async (statement: string, values: readonly unknown[] = []) =>
  (await cluster.owner.query<Record<string, unknown>>(statement, [...values])).rows;

const partOf = (safe: string) =>
  String(Number.parseInt(safe.slice(0, 2), 16) >> 3).padStart(2, "0");

async function keep(safe: string, sealed: Buffer, id = randomBytes(16), version = 1) {
  const kept = await ask(
    `select vault.keep_record_${partOf(safe)}($1, $2, $3, $4, $5, 67108864) as sequence`,
    [safe, Buffer.alloc(16), id, version, sealed],
  );
  return kept[0]!["sequence"] as number;
}

async function makeSafes(count: number): Promise<readonly string[]> {
  const safes = Array.from({ length: count }, () => randomUUID() as string);
  for (const safe of safes) await ask("insert into vault.safe (id) values ($1)", [safe]);
  return safes;
}

/** Tables and parts whose rows can be told apart by the transaction that wrote them. */
async function tablesThatTell(): Promise<readonly string[]> {
  const tables = await ask(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('vault', 'identity', 'pass', 'reflect', 'learn', 'coaching', 'stewardship')`);
  const telling: string[] = [];
  for (const { name } of tables) {
    const [found] = await ask(
      `select count(distinct xmin::text)::int as transactions from only ${String(name)}`,
    );
    if ((found!["transactions"] as number) > 1) telling.push(String(name));
  }
  return telling;
}

test("after the night no two rows of a table or part can be put in order, and each safe has what it had", async () => {
  const safes = await makeSafes(60);
  for (let round = 0; round < 6; round++)
    for (const safe of safes) await keep(safe, Buffer.from(`canary of round ${round}`));
  const all = () =>
    ask(`select (select array_agg(s order by id) from vault.safe s)::text as safes,
                (select array_agg(r order by safe, sequence) from vault.record r)::text as records`);
  const before = await all();
  expect(await tablesThatTell()).toContain("vault.safe");
  await night();
  expect(await tablesThatTell()).toEqual([]);
  expect(await all()).toEqual(before);
  // A safe's own sequence is a member's own to know; in the file its part's rows lie by chance.
  const [told] = await ask(`
    select avg(told)::float8 as told from (
      select corr(sequence, place) as told
      from (select tableoid, sequence, row_number() over (partition by tableoid order by ctid) as place from vault.record) r
      group by tableoid having count(*) > 3) parts`);
  expect(Math.abs(told!["told"] as number)).toBeLessThan(0.5);
});

test("grants, keys, indexes and row checks are as before, and every foreign key is valid", async () => {
  const shape = () =>
    ask(`
      select (select array_agg((conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)::text
                order by conrelid::regclass::text, conname) from pg_constraint) as constraints,
             (select array_agg((oid::regclass, relacl)::text order by oid::regclass::text)
                from pg_class where relkind in ('r', 'p')) as grants,
             (select array_agg(indexdef order by indexdef) from pg_indexes where schemaname !~ '^pg_') as indexes,
             (select array_agg((tgrelid::regclass, tgenabled)::text order by tgrelid::regclass::text, tgenabled)
                from pg_trigger) as triggers`);
  const before = await shape();
  await night();
  expect(await shape()).toEqual(before);
  expect(await ask("select 1 from pg_constraint where not convalidated")).toEqual([]);
  const [safe] = await makeSafes(1);
  await keep(safe!, Buffer.from("one"));
  await ask("delete from vault.safe where id = $1", [safe]);
  expect(await ask("select 1 from vault.record where safe = $1", [safe])).toEqual([]);
  await expect(
    ask("insert into vault.record values (gen_random_uuid(), $1, $1, 1, 1, '')", [
      Buffer.alloc(16),
    ]),
  ).rejects.toThrow(/foreign key/);
});

test("who writes to a safe while its part is written anew waits, and loses nothing", async () => {
  const safes = await makeSafes(8);
  const kept = new Map<string, number>(safes.map((safe) => [safe, 0]));
  const nights = new AbortController();
  const writing = Promise.all(
    safes.map(async (safe) => {
      while (!nights.signal.aborted) {
        expect(await keep(safe, randomBytes(40))).toBe(kept.get(safe)! + 1);
        kept.set(safe, kept.get(safe)! + 1);
      }
    }),
  );
  for (let times = 0; times < 2; times++) await night();
  nights.abort();
  await writing;
  for (const [safe, count] of kept) {
    const [found] = await ask(
      "select count(*)::int as records, max(sequence)::int as last from vault.record where safe = $1",
      [safe],
    );
    expect(found).toEqual({ records: count, last: count });
  }
});

test("broken off in the middle, each table is as it was or as it should be, and the next night does the rest", async () => {
  const safes = await makeSafes(40);
  for (const safe of safes)
    for (let round = 0; round < 3; round++) await keep(safe, Buffer.from("before the crash"));
  const count = () => ask("select count(*)::int as records from vault.record");
  const before = await count();
  const going = night().catch(() => "broken off");
  const theirs = `from pg_stat_activity where query like 'insert into vault.record_%from shuffled'`;
  for (;;) {
    const ended = await ask(
      `select pg_terminate_backend(pid) ${theirs} and pid <> pg_backend_pid()`,
    );
    if (ended.length > 0) break;
  }
  expect(await going).toBe("broken off");
  expect(await count()).toEqual(before);
  await night();
  expect(await count()).toEqual(before);
  expect(await tablesThatTell()).toEqual([]);
});

test("what was written over or deleted is in no file after the night, and no value is kept as a sample", async () => {
  const [safe] = await makeSafes(1);
  const id = randomBytes(16);
  const [first, second, third] = ["first", "second", "third"].map((text) =>
    Buffer.from(`canary ${text} ${randomUUID()}`),
  );
  await keep(safe!, first!, id, 1);
  await keep(safe!, second!, id, 2);
  await keep(safe!, third!);
  await ask("insert into stewardship.sponsor values (gen_random_uuid(), $1)", [String(third)]);
  await ask("analyze stewardship.sponsor");
  await ask("delete from stewardship.sponsor");
  await ask("checkpoint");
  for (const text of [first, second, third])
    expect(await filesHolding("base", text!)).toBeGreaterThan(0);
  await ask("delete from vault.record where safe = $1 and id <> $2", [safe, id]);
  await night();
  expect(await filesHolding("", first!)).toBe(0);
  expect(await filesHolding("", third!)).toBe(0);
  expect(await filesHolding("base", second!)).toBe(1);
  expect(await ask("select 1 from pg_stats where schemaname in ('vault', 'identity')")).toEqual([]);
});

test("the log holds no commit from before times were forgotten", async () => {
  await ask("create extension if not exists pg_walinspect");
  const [safe] = await makeSafes(1);
  const sealed = Buffer.from(`canary ${randomUUID()}`);
  await keep(safe!, sealed);
  expect(await filesHolding("pg_wal", sealed)).toBe(1);
  await forgetTimes(cluster.owner, null);
  expect(await filesHolding("pg_wal", sealed)).toBe(0);
  const [left] = await ask(`
    select count(*)::int as commits from pg_get_wal_records_info(
      (select redo_lsn from pg_control_checkpoint()), pg_current_wal_flush_lsn())
    where resource_manager = 'Transaction' and record_type = 'COMMIT'`);
  expect(left).toEqual({ commits: 0 });
});

test("a waiting job tells neither when it was put in nor after which other", async () => {
  const inAMonth = "now() + interval '30 days'";
  for (let number = 0; number < 30; number++)
    await ask(
      `select jobs.enqueue('remind', json_build_object('number', $1::int), ${inAMonth}, 'remind ' || $1)`,
      [number],
    );
  await ask("select jobs.enqueue('letter', '{}', null, 'failed for good')");
  await ask(
    "update graphile_worker._private_jobs set attempts = max_attempts where key = 'failed for good'",
  );
  await ask("select jobs.enqueue('letter', '{}', null, 'at work')");
  const running = (
    await ask(
      "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker' where key = 'at work' returning id",
    )
  )[0]!["id"];
  const told = async () =>
    Math.abs(
      (
        await ask(
          "select corr(id, (payload ->> 'number')::int)::float8 as told from graphile_worker._private_jobs where key like 'remind %'",
        )
      )[0]!["told"] as number,
    );
  expect(await told()).toBeCloseTo(1);
  await night();
  // One in a thousand orders of thirty correlates more than 0.57.
  expect(await told()).toBeLessThan(0.8);
  expect(
    await ask(`
      select count(*)::int as jobs, count(distinct xmin::text)::int as by,
             bool_and(created_at = run_at and updated_at = run_at) as timeless,
             min(run_at) filter (where key = 'failed for good') = 'epoch' as failed,
             min(id) filter (where key = 'at work')::int as running
      from graphile_worker._private_jobs`),
  ).toEqual([{ jobs: 32, by: 1, timeless: true, failed: true, running }]);
  await ask("select jobs.withdraw('remind ' || i) from generate_series(0, 29) i");
  await ask("select jobs.enqueue('remind', '{}', now(), 'another')");
  expect(
    await ask("select 1 from graphile_worker._private_jobs where key like 'remind %'"),
  ).toEqual([]);
});

test("the embedded named cluster keeps no old log and takes no samples", async () => {
  const rows = await ask(
    `select name, setting from pg_settings
     where name in ('wal_recycle', 'track_commit_timestamp', 'autovacuum', 'autovacuum_analyze_threshold') order by name`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [String(name), setting]))).toEqual({
    autovacuum: "on",
    autovacuum_analyze_threshold: "2147483647",
    track_commit_timestamp: "off",
    wal_recycle: "off",
  });
});

async function filesHolding(folder: string, bytes: Buffer): Promise<number> {
  const root = join(dataDir, "databases/named", folder);
  let holding = 0;
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const found = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (found.includes(bytes)) holding += 1;
  }
  return holding;
}
