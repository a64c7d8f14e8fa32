import { tmpdir } from "node:os";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { silentLog } from "../../src/platform/server/log.ts";
import type { ClusterName } from "../../src/platform/server/migrations.ts";
import { forgetOrder, forgetTimes } from "../../src/platform/server/shuffle.ts";
import { checkNightRoom, checkOrder } from "./order-checks.ts";

/** A server that isn't ours: another owner, who is no superuser, and settings that Callroom didn't make. */
const address = { ...inject("testCluster"), port: inject("testCluster").port ?? 5432 };
const name = `order_${process.pid}`;
const theirs = { ...address, user: name, database: name };

async function asMaker(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ ...address, database: "postgres" });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function wordsOf(cluster: ClusterName = "nameless"): Promise<readonly string[]> {
  const client = new pg.Client(theirs);
  await client.connect();
  const findings = await checkOrder(client, cluster);
  await client.end();
  return findings.map(({ state, words }) => `${state}: ${words}`);
}

beforeAll(() => asMaker(`create role ${name} login`, `create database ${name} owner ${name}`));
afterAll(() => asMaker(`drop database ${name} with (force)`, `drop role ${name}`));

test("the doctor tells what a server that isn't ours keeps, and what would help", async () => {
  const words = (await wordsOf()).join("\n");
  for (const told of [/note: track_counts/, /note: .*grant pg_checkpoint/])
    expect(words).toMatch(told);
  expect(words).not.toMatch(/wrong|archive|log_statement/);
});

test("a server that writes the acts into its log is wrong, not only worth a note", async () => {
  await asMaker(`alter database ${name} set log_statement = 'all'`);
  expect((await wordsOf()).join("\n")).toMatch(/wrong: The server logs statements/);
  // Of what is named an operator may keep more, and is told what that costs.
  expect((await wordsOf("named")).join("\n")).toMatch(/note: The server logs statements/);
  await asMaker(`alter database ${name} reset log_statement`);
});

test("the doctor tells how much room the night needs, and where there is too little", async () => {
  const client = new pg.Client(theirs);
  await client.connect();
  await client.query(
    "create table large as select repeat('x', 1000) as x from generate_series(1, 3000)",
  );
  const found = await checkNightRoom(client, "named", tmpdir());
  // Where there is no room at all.
  const full = await checkNightRoom(client, "named", "/proc");
  await client.query("drop table large");
  await client.end();
  expect(found).toMatchObject({ state: "good" });
  expect(found.words).toMatch(/^\d\d? MB .* named database/);
  expect(full).toMatchObject({ state: "wrong" });
});

test("an owner without further rights forgets the order all the same; with them the log as well", async () => {
  const pool = new pg.Pool({ ...theirs, max: 2 });
  await pool.query("create table act (number integer primary key)");
  for (let number = 0; number < 5; number++)
    await pool.query("insert into act values ($1)", [number]);
  await forgetOrder({ name: "nameless", owner: pool }, silentLog);
  const { rows } = await pool.query(
    "select count(*)::int as acts, count(distinct xmin::text)::int as by from act",
  );
  expect(rows).toEqual([{ acts: 5, by: 1 }]);
  expect(await forgetTimes(pool, null)).not.toBeNull();
  await pool.end();

  const granted = new pg.Client({ ...address, database: name });
  await granted.connect();
  await granted.query(`grant pg_checkpoint to ${name}`);
  await granted.query(`grant execute on function pg_switch_wal() to ${name}`);
  await granted.end();
  expect((await wordsOf()).join("\n")).not.toMatch(/pg_checkpoint/);
  const again = new pg.Pool({ ...theirs, max: 2 });
  await forgetOrder({ name: "nameless", owner: again }, silentLog);
  await again.end();
});
