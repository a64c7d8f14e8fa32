/** What a nameless cluster's own files tell of the order of acts, before and after the night. */
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ClusterAddress } from "./db.ts";
import { startEmbedded, type EmbeddedCluster } from "./embedded-postgres.ts";
import { silentLog } from "./log.ts";
import { migrate } from "./migrations.ts";
import { forgetOrder, forgetTimes, shuffleTable } from "./shuffle.ts";

let dataDir: string;
let cluster: EmbeddedCluster;
let pool: pg.Pool;

const night = () => forgetOrder({ name: "nameless", owner: pool }, silentLog);

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "callroom-shuffle-"));
  await chmod(dataDir, 0o755);
  const started = await startEmbedded({
    dataDir,
    cluster: "nameless",
    log: silentLog,
    binariesDir: join(tmpdir(), "callroom-test-postgres"),
  });
  if (!started.ok) throw new Error(started.refusal.type);
  cluster = started.value;
  pool = new pg.Pool({ ...(cluster.address as ClusterAddress), max: 6, statement_timeout: 30_000 });
  // The cluster may be stopped before a connection has quite ended.
  pool.on("error", () => undefined);
  await withClient((client) => migrate(client, "nameless"));
});

afterAll(async () => {
  await pool?.end();
  await cluster?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  await ask(`
    drop schema if exists diary cascade;
    create schema diary;
    create table diary.act (number integer primary key, said text not null);
    create table diary.reply (number integer primary key, act integer not null references diary.act on delete cascade)`);
});

/** One act after the other, each in a transaction of its own, as in life. */
async function live(acts: number): Promise<void> {
  await withClient(async (client) => {
    for (let number = 0; number < acts; number++) {
      await client.query("insert into diary.act values ($1, $2)", [number, sentence(number)]);
      if (number % 3 === 0) await client.query("insert into diary.reply values ($1, $1)", [number]);
    }
  });
}

const sentence = (number: number) => `canary ${number} of the day`;

/** Spearman's correlation of the order of acts with what an attacker sorts by. */
async function orderToldBy(what: string, table = "diary.act"): Promise<number> {
  const { rows } = await ask(
    `select corr(number, place)::float8 as told
     from (select number, rank() over (order by ${what}) as place from ${table}) as acts`,
  );
  return Math.abs((rows[0]!["told"] as number | null) ?? 0);
}

const BY_PLACE = "(ctid::text::point)[0], (ctid::text::point)[1]";
const BY_TRANSACTION = "xmin::text::bigint";

describe("the order of acts", () => {
  test("is told by transaction and place until the night, and by neither after it", async () => {
    await live(300);
    expect(await orderToldBy(BY_TRANSACTION)).toBeCloseTo(1);
    expect(await orderToldBy(BY_PLACE)).toBeCloseTo(1);
    await night();
    expect(await orderToldBy(BY_TRANSACTION)).toBe(0);
    // One in a thousand shuffles of 300 rows correlates more than 0.19; this asks for less than one in a million.
    expect(await orderToldBy(BY_PLACE)).toBeLessThan(0.3);
    const { rows } = await ask(
      "select count(*)::int as acts, count(distinct xmin::text)::int as by from diary.act",
    );
    expect(rows).toEqual([{ acts: 300, by: 1 }]);
  });

  test("is another one every night", async () => {
    await live(40);
    const seen = new Set<string>();
    for (let night = 0; night < 3; night++) {
      await withClient((client) => shuffleTable(client, "diary.act"));
      const { rows } = await ask(
        "select string_agg(number::text, ' ' order by ctid) as told from diary.act",
      );
      seen.add(String(rows[0]!["told"]));
    }
    expect(seen.size).toBe(3);
  });

  test("is in no index either, as each is filled anew", async () => {
    await live(3);
    const file = "select pg_relation_filepath('diary.act_pkey') as file";
    const before = await ask(file);
    await night();
    expect((await ask(file)).rows).not.toEqual(before.rows);
  });
});

describe("nothing is lost by it", () => {
  test("rows, foreign keys, triggers, grants, comments and partitions are as before", async () => {
    await ask(`
      create table diary.spent (key text not null, pass integer not null, primary key (key, pass)) partition by list (key);
      create table diary.spent_0 partition of diary.spent for values in ('one');
      create table diary.spent_1 partition of diary.spent for values in ('two');
      insert into diary.spent select case when i % 2 = 0 then 'one' else 'two' end, i from generate_series(1, 100) i;
      comment on table diary.spent is 'a comment';
      grant usage on schema diary to callroom_pass; grant select on diary.spent, diary.act to callroom_pass;
      create table diary.heard (number integer);
      create function diary.hear() returns trigger language plpgsql as 'begin insert into diary.heard values (new.number); return new; end';
      create trigger hear after insert on diary.act for each row execute function diary.hear()`);
    await live(30);
    const all = () =>
      ask(`select (select array_agg(a order by number) from diary.act a)::text as acts,
                  (select array_agg(r order by number) from diary.reply r)::text as replies,
                  (select array_agg((tableoid::regclass, s) order by pass) from diary.spent s)::text as spent,
                  (select count(*) from diary.heard) as heard,
                  obj_description('diary.spent'::regclass) as comment,
                  has_table_privilege('callroom_pass', 'diary.spent', 'select') as granted,
                  (select array_agg(pg_get_constraintdef(oid) order by conname) from pg_constraint
                   where connamespace = 'diary'::regnamespace)::text as constraints,
                  (select array_agg(tgenabled) from pg_trigger where tgname = 'hear')::text as triggers`);
    const before = await all();
    await night();
    expect((await all()).rows).toEqual(before.rows);
    await expect(ask("insert into diary.reply values (1000, 1000)")).rejects.toThrow(/foreign key/);
  });

  test("acts at the same time are kept, and none of them fails", async () => {
    await live(50);
    let number = 1000;
    const nights = new AbortController();
    const acting = Promise.all(
      [1, 2, 3].map(async () => {
        while (!nights.signal.aborted) {
          const mine = number++;
          const client = await pool.connect();
          // First the one, then the other table: the shuffle locks them in the opposite order.
          await client.query("begin");
          await client.query("insert into diary.act values ($1, 'meanwhile')", [mine]);
          await client.query("insert into diary.reply values ($1, $1)", [mine]);
          await client.query("commit");
          client.release();
        }
      }),
    );
    for (let times = 0; times < 3; times++) await night();
    nights.abort();
    await acting;
    const { rows } = await ask(
      "select count(*)::int as acts from diary.reply where number >= 1000",
    );
    expect(rows).toEqual([{ acts: number - 1000 }]);
  });

  test("broken off in the middle, a table is as it was and the next night does it", async () => {
    await live(50);
    const client = new pg.Client(cluster.address);
    client.on("error", () => undefined);
    await client.connect();
    await ask(`
      create function diary.slow(number integer) returns boolean language plpgsql as
        'begin if number = 25 then perform pg_sleep(20); end if; return true; end';
      alter table diary.act add constraint slow check (diary.slow(number)) not valid`);
    const shuffling = shuffleTable(client, "diary.act").catch(() => "broken off");
    const theirs = `from pg_locks where relation = 'diary.act'::regclass and granted
      and mode = 'AccessExclusiveLock'`;
    while ((await ask(`select 1 ${theirs}`)).rowCount === 0);
    await ask(`select pg_terminate_backend(pid) ${theirs}`);
    expect(await shuffling).toBe("broken off");
    await client.end().catch(() => undefined);
    expect(await orderToldBy(BY_PLACE)).toBeCloseTo(1);
    await ask("alter table diary.act drop constraint slow");
    await night();
    expect(await orderToldBy(BY_TRANSACTION)).toBe(0);
    expect((await ask("select 1 from diary.act")).rowCount).toBe(50);
  });

  test("broken off before a foreign key was checked again, the next night checks it", async () => {
    await live(30);
    await ask(`
      alter table diary.reply drop constraint reply_act_fkey;
      alter table diary.reply add constraint reply_act_fkey
        foreign key (act) references diary.act on delete cascade not valid`);
    await night();
    const { rows } = await ask(
      "select convalidated, pg_get_constraintdef(oid) as is from pg_constraint where conname = 'reply_act_fkey'",
    );
    expect(rows).toEqual([
      {
        convalidated: true,
        is: "FOREIGN KEY (act) REFERENCES diary.act(number) ON DELETE CASCADE",
      },
    ]);
  });

  test("three nodes at once do it once", async () => {
    await live(20);
    await Promise.all([1, 2, 3].map(() => night()));
    expect((await ask("select 1 from diary.act")).rowCount).toBe(20);
    expect(await orderToldBy(BY_TRANSACTION)).toBe(0);
  });
});

test("a table that holds nobody, and one outside the log, are left as they are", async () => {
  await ask(`comment on table diary.act is 'not in backups, holds nobody: public data';
             create unlogged table diary.passing (number integer)`);
  await live(30);
  const file = "select pg_relation_filepath('diary.passing') as file";
  const before = await ask(file);
  await night();
  expect(await orderToldBy(BY_TRANSACTION)).toBeCloseTo(1);
  expect((await ask(file)).rows).toEqual(before.rows);
});

describe("the files", () => {
  test("hold an act and the second it was done in until the log is shortened, and then no more", async () => {
    await ask("create extension if not exists pg_walinspect");
    await live(30);
    expect(await filesHolding("pg_wal", sentence(29))).toBeGreaterThan(0);
    const since = await forgetTimes(pool, null);
    expect(await filesHolding("pg_wal", sentence(29))).toBe(0);
    expect(await commitsInLog()).toBe(0);
    // The control: what is done now is there again.
    await ask("insert into diary.act values (1000, 'canary 1000 of the day')");
    expect(await filesHolding("pg_wal", sentence(1000))).toBe(1);
    expect(await commitsInLog()).toBe(1);
    expect(await forgetTimes(pool, since)).not.toBe(since);
    expect(await filesHolding("pg_wal", sentence(1000))).toBe(0);
  });

  test("are left alone where nothing was written", async () => {
    let since = await forgetTimes(pool, null);
    // What the last test left to be written out comes first.
    since = await forgetTimes(pool, since);
    const segments = await readdir(join(dataDir, "databases/nameless/pg_wal"));
    expect(await forgetTimes(pool, since)).toBe(since);
    expect(await readdir(join(dataDir, "databases/nameless/pg_wal"))).toEqual(segments);
  });

  test("hold no act that was deleted, after the night", async () => {
    await live(30);
    await ask("checkpoint");
    expect(await filesHolding("base", sentence(7))).toBeGreaterThan(0);
    await ask("delete from diary.act where number = 7");
    await ask("checkpoint");
    // The control: deleting and even vacuuming leaves the bytes.
    expect(await filesHolding("base", sentence(7))).toBeGreaterThan(0);
    await night();
    expect(await filesHolding("", sentence(7))).toBe(0);
    expect(await filesHolding("base", sentence(8))).toBeGreaterThan(0);
  });
});

test("the embedded nameless cluster keeps no times, counts or old log", async () => {
  const { rows } = await ask(
    `select name, setting from pg_settings where name in
       ('wal_level', 'wal_recycle', 'archive_mode', 'track_commit_timestamp', 'track_counts', 'track_activities',
        'track_functions', 'track_io_timing', 'autovacuum', 'log_statement') order by name`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [String(name), setting]))).toEqual({
    archive_mode: "off",
    autovacuum: "off",
    log_statement: "none",
    track_activities: "off",
    track_commit_timestamp: "off",
    track_counts: "off",
    track_functions: "none",
    track_io_timing: "off",
    wal_level: "minimal",
    wal_recycle: "off",
  });
  const counted = await ask(
    "select coalesce(sum(n_tup_ins + n_tup_upd + seq_scan), 0)::int as counted from pg_stat_user_tables",
  );
  expect(counted.rows).toEqual([{ counted: 0 }]);
});

/** Commit records in what is left of the log, each of which has its microsecond. */
async function commitsInLog(): Promise<number> {
  const { rows } = await ask(
    `select count(*)::int as commits from pg_get_wal_records_info(
       (select redo_lsn from pg_control_checkpoint()), pg_current_wal_flush_lsn())
     where resource_manager = 'Transaction' and record_type = 'COMMIT'`,
  );
  return rows[0]!["commits"] as number;
}

async function filesHolding(folder: string, text: string): Promise<number> {
  const root = join(dataDir, "databases/nameless", folder);
  let holding = 0;
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (bytes.includes(text)) holding += 1;
  }
  return holding;
}

async function withClient<Value>(use: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client(cluster.address);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

const ask = (statement: string) =>
  withClient((client) => client.query<Record<string, unknown>>(statement));
