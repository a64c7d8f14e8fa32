import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  checkTables,
  dumpTables,
  fingerprints,
  loadTables,
  tablesWithRows,
  type Scope,
} from "./backup-tables.ts";
import { copyIn, copyOut } from "./copy.ts";
import { embeddedRefusalToWords } from "./clusters.ts";
import { startEmbedded, type EmbeddedCluster } from "./embedded-postgres.ts";
import { silentLog } from "./log.ts";

// Real databases and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let dataDir: string;
let cluster: EmbeddedCluster;
const clients: pg.Client[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "callroom-tables-"));
  await chmod(dataDir, 0o755);
  const started = await startEmbedded({ dataDir, cluster: "named", log: silentLog });
  if (!started.ok) throw new Error(embeddedRefusalToWords("named", started.refusal));
  cluster = started.value;
});

afterAll(async () => {
  for (const client of clients) await client.end();
  await cluster.stop();
  await rm(dataDir, { recursive: true });
});

let databases = 0;
async function database(schema: string): Promise<pg.Client> {
  const owner = new pg.Client({ ...cluster.address, database: "postgres" });
  await owner.connect();
  const name = `test_${databases++}`;
  await owner.query(`create database ${name}`);
  await owner.end();
  const client = new pg.Client({ ...cluster.address, database: name });
  await client.connect();
  clients.push(client);
  await client.query(schema);
  return client;
}

async function dumped(
  client: pg.Client,
  of: "named" | "nameless" = "named",
  scope?: Scope,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of dumpTables(client, of, () => undefined, scope)) parts.push(part);
  return Buffer.concat(parts);
}

/** In pieces of an awkward size, as a decrypting stream gives them. */
async function* pieces(whole: Uint8Array, size = 777) {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

const load = (client: pg.Client, dump: Uint8Array) =>
  loadTables(client, "named", pieces(dump), () => undefined);

const rowsOf = async (client: pg.Client, sql: string) =>
  (await client.query<Record<string, unknown>>(sql)).rows;

const EVERY_TYPE = `
  create extension btree_gist;
  create schema room;
  create table room.thing (
    id bigint generated always as identity primary key,
    bytes bytea, words text, flag boolean, during tstzrange, at timestamptz, day date, clock time,
    span interval, exact numeric, rough double precision, small smallint[], list text[], many jsonb,
    who uuid, doubled bigint generated always as (id * 2) stored,
    "Odd ""name" text,
    exclude using gist (during with &&)
  );
  create table room.empty (id integer primary key);`;

test("every type comes back as it was", async () => {
  const from = await database(EVERY_TYPE);
  await from.query(`
    set timezone = 'Pacific/Chatham'; set datestyle = 'German'; set bytea_output = 'escape'; set extra_float_digits = -5;
    insert into room.thing (bytes, words, flag, during, at, day, clock, span, exact, rough, small, list, many, who, "Odd ""name")
    values
      ('\\x00ff0a5c', E'tab\\there\\nline \\\\ back ''quote'' \u{1F600} \u05D0', true,
       '[2026-03-29 01:59:59.123456+01,infinity)', '2026-10-25 02:30:00.000001+02', '0044-03-15 BC', '23:59:59.999999',
       '1 year -3 days 04:05:06.7', 12345678901234567890.000000001, 0.1::float8 + 0.2::float8, '{-1,null,32767}',
       array['', 'a,b', '"q"', null, 'NULL', E'\\\\N'], '{"a": [1, null, "\\u00e9"]}', gen_random_uuid(), 'odd'),
      (null, '', false, 'empty', '-infinity', 'infinity', null, null, 'NaN', '-infinity', '{}', '{}', 'null', null, null),
      ('', E'\\\\N', null, null, null, null, null, null, null, 'NaN', null, null, null, null, null)`);
  const to = await database(EVERY_TYPE);
  await load(to, await dumped(from));
  const everything = "select t::text as row from room.thing t order by id";
  for (const client of [from, to])
    await client.query(
      "set timezone = 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex'; set extra_float_digits = 3",
    );
  const came = await rowsOf(to, everything);
  expect(came).toHaveLength(3);
  expect(came).toEqual(await rowsOf(from, everything));
  expect(await rowsOf(to, "insert into room.thing default values returning id, doubled")).toEqual([
    { id: expect.anything() as unknown, doubled: expect.anything() as unknown },
  ]);
  expect(await rowsOf(to, "select max(id)::int as id from room.thing")).toEqual([{ id: 4 }]);
});

const TANGLED = `
  create schema room;
  create table room.a (id integer primary key, other integer);
  create table room.b (id integer primary key, a integer not null references room.a on delete cascade, up integer references room.b);
  alter table room.a add foreign key (other) references room.b;
  create table room.heard (line text);
  create function room.shout() returns trigger language plpgsql as $$ begin insert into room.heard values ('a'); return null; end $$;
  create trigger shout after insert on room.a for each row execute function room.shout();`;

test("tables that point at each other and at themselves load, and their rules hold again", async () => {
  const from = await database(TANGLED);
  await from.query(`
    insert into room.a values (1, null), (2, null);
    insert into room.b values (20, 2, null), (10, 1, 20);
    update room.a set other = 10 where id = 1;
    update room.b set up = 10 where id = 20`);
  const to = await database(TANGLED);
  await load(to, await dumped(from));
  expect(await rowsOf(to, "select * from room.a order by id")).toEqual([
    { id: 1, other: 10 },
    { id: 2, other: null },
  ]);
  // Triggers were still while loading, and speak again afterwards.
  expect(await rowsOf(to, "select count(*)::int as n from room.heard")).toEqual([{ n: 2 }]);
  await to.query("insert into room.a values (3, null)");
  expect(await rowsOf(to, "select count(*)::int as n from room.heard")).toEqual([{ n: 3 }]);
  await expect(to.query("insert into room.b values (30, 99, null)")).rejects.toThrow(/foreign key/);
  const rules = `select conrelid::regclass::text as t, pg_get_constraintdef(oid) as d from pg_constraint
                 where contype = 'f' order by 1, 2`;
  expect(await rowsOf(to, rules)).toEqual(await rowsOf(from, rules));
});

test("a row that breaks a rule stops the load, and nothing of it stays", async () => {
  const from = await database(TANGLED.replaceAll("references room.a on delete cascade", ""));
  await from.query("insert into room.a values (1, null); insert into room.b values (10, 99, null)");
  const to = await database(TANGLED);
  await expect(load(to, await dumped(from))).rejects.toThrow(/foreign key/);
  expect(await tablesWithRows(to)).toEqual([]);
  await expect(to.query("insert into room.b values (30, 99, null)")).rejects.toThrow(/foreign key/);
});

test("a dump is one moment, whatever is written meanwhile", async () => {
  const schema = `create schema room;
    create table room.left (id integer primary key); create table room.right (id integer primary key)`;
  const from = await database(schema);
  const name = (await rowsOf(from, "select current_database() as name"))[0]!["name"] as string;
  const writer = new pg.Client({ ...cluster.address, database: name });
  await writer.connect();
  clients.push(writer);
  const end = new AbortController();
  const writing = (async () => {
    for (let id = 1; !end.signal.aborted; id++)
      await writer.query(
        `begin; insert into room.left values (${id}); insert into room.right values (${id}); commit`,
      );
  })();
  for (let i = 0; i < 5; i++) {
    await new Promise((settle) => setTimeout(settle, 40));
    const dump = await dumped(from);
    const to = await database(schema);
    await load(to, dump);
    const [row] = await rowsOf(
      to,
      `select (select count(*)::int from room.left) as left, (select count(*)::int from room.right) as right`,
    );
    expect(row!["left"]).toBeGreaterThan(0);
    expect(row!["left"]).toBe(row!["right"]);
  }
  end.abort();
  await writing;
});

test("rows leave in the order of their keys, and on the nameless side in none", async () => {
  const schema = "create schema room; create table room.act (id integer primary key)";
  const from = await database(schema);
  await from.query("insert into room.act select 1000 - i from generate_series(1, 500) i");
  const orderIn = async (dump: Buffer) => {
    const to = await database(schema);
    await load(to, dump);
    return (await rowsOf(to, "select id from room.act order by ctid")).map(({ id }) => Number(id));
  };
  const sorted = Array.from({ length: 500 }, (_, i) => i + 500);
  expect(await orderIn(await dumped(from))).toEqual(sorted);
  const nameless = await orderIn(await dumped(from, "nameless"));
  expect(nameless.toSorted((a, b) => a - b)).toEqual(sorted);
  expect(nameless).not.toEqual(sorted);
  expect(nameless).not.toEqual(sorted.toReversed());
});

test("partitions that running code made come back with their rows", async () => {
  const schema = `create schema room;
    create table room.act (id integer, day date, primary key (id, day)) partition by range (day)`;
  const from = await database(schema);
  await from.query(`
    create table room.act_2026_10 partition of room.act for values from ('2026-10-01') to ('2026-11-01');
    create table room.act_rest partition of room.act default;
    insert into room.act values (1, '2026-10-05'), (2, '2027-01-01')`);
  const to = await database(schema);
  await load(to, await dumped(from));
  expect(await rowsOf(to, "select id from room.act_2026_10")).toEqual([{ id: 1 }]);
  expect(await rowsOf(to, "select id from room.act_rest")).toEqual([{ id: 2 }]);
});

test("what says it is not for backups, the queue and the list of migrations stay out", async () => {
  const from = await database(`
    create schema room; create schema graphile_worker;
    create table graphile_worker.jobs (id integer); insert into graphile_worker.jobs values (1);
    create table public.callroom_schema (version integer); insert into public.callroom_schema values (1);
    create table room.paper (scan bytea); comment on table room.paper is 'not in backups: verification documents';
    insert into room.paper values ('canaryscan');
    create table room.kept (line text); insert into room.kept values ('canaryline')`);
  const dump = (await dumped(from)).toString("latin1");
  expect(dump).toContain("canaryline");
  expect(dump).not.toContain("canaryscan");
  expect(dump).not.toContain("graphile_worker");
  expect(dump).not.toContain("callroom_schema");
  expect(await tablesWithRows(from)).toEqual(["room.kept"]);
});

test("a table that is in no backup may point at one that is", async () => {
  const schema = `create schema room;
    create table room.asking (id integer primary key);
    create table room.paper (asking integer primary key references room.asking on delete cascade);
    comment on table room.paper is 'not in backups: verification documents'`;
  const from = await database(schema);
  await from.query("insert into room.asking values (1), (2); insert into room.paper values (1)");
  const to = await database(schema);
  await load(to, await dumped(from));
  expect(await rowsOf(to, "select id from room.asking order by id")).toEqual([
    { id: 1 },
    { id: 2 },
  ]);
  expect(await rowsOf(to, "select asking from room.paper")).toEqual([]);
  await to.query("insert into room.paper values (2)");
  await expect(to.query("insert into room.paper values (3)")).rejects.toThrow(/foreign key/);
});

test("everything means everything: what backups leave out comes along, with where each sequence stands", async () => {
  const schema = `
    create schema room; create schema graphile_worker;
    create table graphile_worker.jobs (id bigint generated always as identity primary key);
    create table public.callroom_schema (version integer);
    create table room.paper (scan bytea); comment on table room.paper is 'not in backups: verification documents';
    create unlogged table room.fleeting (line text)`;
  const from = await database(schema);
  await from.query(`
    insert into graphile_worker.jobs select from generate_series(1, 7); delete from graphile_worker.jobs where id = 7;
    insert into public.callroom_schema values (3); insert into room.paper values ('scan');
    insert into room.fleeting values ('line')`);
  const to = await database(schema);
  const dump = await dumped(from, "named", "everything");
  await loadTables(to, "named", pieces(dump), () => undefined, "everything");
  const found = await fingerprints(to);
  expect(found).toEqual(await fingerprints(from));
  expect([...found.keys()].toSorted()).toEqual([
    "graphile_worker.jobs",
    "graphile_worker.jobs_id_seq",
    "public.callroom_schema",
    "room.fleeting",
    "room.paper",
  ]);
  expect(
    await rowsOf(to, "insert into graphile_worker.jobs default values returning id::int"),
  ).toEqual([{ id: 8 }]);
});

test("fingerprints tell a changed byte, a missing row and a moved sequence, and no order", async () => {
  const schema = `create schema room; create table room.act (id bigserial primary key, sealed bytea, day date)`;
  const of = async (rows: string) => {
    const client = await database(schema);
    await client.query(`insert into room.act (sealed, day) ${rows}`);
    return fingerprints(client);
  };
  const some = "select sha256(i::text::bytea), date '2026-11-22' from generate_series(1, 9) i";
  const before = await of(some);
  const changed = ["sha256((i + (i = 5)::int * 100)::text::bytea)", "null"];
  for (const other of changed)
    expect(await of(some.replace("sha256(i::text::bytea)", other))).not.toEqual(before);
  expect(await of(some.replace("9) i", "8) i"))).not.toEqual(before);

  const client = await database(schema);
  await client.query(`insert into room.act (id, sealed, day) select id, sealed, day from (
    select row_number() over () as id, * from (${some}) r (sealed, day)) r order by id desc`);
  const unmoved = await fingerprints(client);
  expect(unmoved.get("room.act")).toBe(before.get("room.act"));
  expect(unmoved).not.toEqual(before);
  await client.query("select setval('room.act_id_seq', 9)");
  expect(await fingerprints(client)).toEqual(before);
});

test("a dump is checked to its end: cut short anywhere it is refused", async () => {
  const from = await database("create schema room; create table room.a (id integer primary key)");
  await from.query("insert into room.a select generate_series(1, 50)");
  const dump = await dumped(from);
  expect(await checkTables(pieces(dump))).toEqual({ rows: 50 });
  for (let length = 0; length < dump.length; length += 13)
    await expect(checkTables(pieces(dump.subarray(0, length)))).rejects.toThrow();
});

test("a copy that its reader leaves half-way frees the connection", async () => {
  const client = await database(
    "create table big as select i, repeat('x', 1000) as t from generate_series(1, 20000) i",
  );
  for await (const part of copyOut(client, "copy big to stdout")) {
    expect(part.length).toBeGreaterThan(0);
    break;
  }
  expect(await rowsOf(client, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a copy's faults come out as errors and leave the connection usable", async () => {
  const client = await database("create table t (id integer)");
  const all = async (text: string) => {
    for await (const part of copyOut(client, text)) void part;
  };
  await expect(all("copy nothing to stdout")).rejects.toThrow(/does not exist/);
  await expect(
    all("copy (select 1 / (3 - i) from generate_series(1, 9) i) to stdout"),
  ).rejects.toThrow(/zero/);
  const source = async function* (...lines: string[]) {
    for (const line of lines) yield Buffer.from(line);
  };
  await expect(copyIn(client, "copy t from stdin", source("1\n", "x\n", "2\n"))).rejects.toThrow(
    /integer/,
  );
  const failing = async function* () {
    yield Buffer.from("1\n");
    throw new Error("disk ended");
  };
  await expect(copyIn(client, "copy t from stdin", failing())).rejects.toThrow("disk ended");
  expect(await copyIn(client, "copy t from stdin", source("1\n2", "\n"))).toBe(2);
  expect(await rowsOf(client, "select count(*)::int as n from t")).toEqual([{ n: 2 }]);
});
