import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openCluster, type NamedCluster } from "#platform/server/db.ts";
import { migrate } from "#platform/server/migrations.ts";
import { keepRecords, recordAt, recordsAfter } from "./store.ts";
import type { VaultTables } from "./tables.ts";

const { host, port, user } = inject("testCluster");
const name = `parts_${randomBytes(6).toString("hex")}`;
const at = (database: string) => ({ host, user, database, ...(port === null ? {} : { port }) });
let cluster: NamedCluster;
const vault = () => cluster.as<VaultTables>("vault");

async function asMaker(statement: string): Promise<void> {
  const client = new pg.Client(at("postgres"));
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function migrateTo(version?: number): Promise<void> {
  const client = new pg.Client(at(name));
  await client.connect();
  await migrate(client, "named", version);
  await client.end();
}

beforeAll(async () => {
  await asMaker(`create database ${name}`);
  cluster = openCluster("named", at(name), () => undefined);
});
afterAll(async () => {
  await cluster?.close();
  await asMaker(`drop database ${name} with (force)`);
});

// The first and the last of a part, and some by chance.
const SAFES = [
  ...["00", "07", "08", "7f", "80", "f7", "f8", "ff"].map(
    (start) => `${start}${randomUUID().slice(2)}`,
  ),
  ...Array.from({ length: 40 }, () => randomUUID() as string),
];
const everything = () =>
  cluster.owner
    .query("select * from vault.record order by safe, sequence")
    .then(({ rows }) => rows);

test("records from before there were parts are all there, and each safe finds its own", async () => {
  await migrateTo(7);
  for (const safe of SAFES) {
    await cluster.owner.query("insert into vault.safe values ($1, 3, 30)", [safe]);
    await cluster.owner.query(
      `insert into vault.record
         select $1, $2, decode(md5(n::text), 'hex'), 1, n, '0123456789' from generate_series(1, 3) n`,
      [safe, Buffer.alloc(16)],
    );
  }
  const before = await everything();
  await migrateTo();
  expect(await everything()).toEqual(before);
  for (const safe of SAFES) {
    const { records } = await recordsAfter(vault(), safe, 0);
    expect(records.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    const id = randomBytes(16);
    expect(
      await keepRecords(vault(), [
        { safe, collection: id, id, version: 1, sealed: randomBytes(9) },
      ]),
    ).toEqual([4]);
    expect(await recordAt(vault(), safe, id, id)).toMatchObject({ version: 1, sequence: 4 });
  }
});

test("whoever is handed another part's name for a safe can't keep a record in it", async () => {
  const safe = SAFES[0]!;
  await expect(
    cluster.owner.query("select vault.keep_record_31($1, $2, $2, 1, 'x', 1000)", [
      safe,
      randomBytes(16),
    ]),
  ).rejects.toThrow(/partition constraint/);
});

test("keeping and reading touch one part: no lock on another, however often the plan was used", async () => {
  const safe = SAFES[0]!;
  const held = await vault()
    .transaction()
    .execute(async (within) => {
      for (let times = 0; times < 12; times++) {
        const id = randomBytes(16);
        await keepRecords(within, [{ safe, collection: id, id, version: 1, sealed: id }]);
        await recordAt(within, safe, id, id);
        await recordsAfter(within, safe, 0);
      }
      return sql<{ name: string }>`
      select distinct relation::regclass::text as name from pg_locks
      where pid = pg_backend_pid() and relation::regclass::text ~ '^vault.record(_[0-9]+)?$'`.execute(
        within,
      );
    });
  expect(held.rows).toEqual([{ name: "vault.record_00" }]);
});
