import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterEach, expect, inject, test } from "vitest";
import { useNamedDatabase } from "../../../tests/database.ts";
import { migrateJobs } from "./jobs.ts";
import { migrate, newestSchemaVersion, schemaVersion } from "./migrations.ts";

const database = useNamedDatabase();
const made: { name: string; clients: pg.Client[] }[] = [];

const at = (name: string): pg.ClientConfig => {
  const { host, port, user } = inject("testCluster");
  return { host, user, database: name, ...(port === null ? {} : { port }) };
};

/** An empty database, with so many connections to it. */
async function emptyDatabase(connections = 1): Promise<pg.Client[]> {
  const name = `empty_${randomBytes(6).toString("hex")}`;
  const maker = new pg.Client(at("postgres"));
  await maker.connect();
  await maker.query(`create database ${name}`);
  await maker.end();
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(at(name));
      await client.connect();
      return client;
    }),
  );
  made.push({ name, clients });
  return clients;
}

afterEach(async () => {
  for (const { name, clients } of made.splice(0)) {
    for (const client of clients) await client.end();
    const maker = new pg.Client(at("postgres"));
    await maker.connect();
    await maker.query(`drop database ${name} with (force)`);
    await maker.end();
  }
});

const newest = await newestSchemaVersion("named");

test.each(["named", "nameless"] as const)("the files of %s count up from one", async (cluster) => {
  const names = await readdir(join(import.meta.dirname, "../../../migrations", cluster));
  const numbers = names.toSorted().map((name) => /^(\d{4})-[a-z-]+\.sql$/.exec(name)?.[1]);
  expect(numbers).toEqual(names.map((_, at) => String(at + 1).padStart(4, "0")));
  expect(await newestSchemaVersion(cluster)).toBe(names.length);
});

test("an empty database is brought to the newest schema, and there is nothing left to do after", async () => {
  const [client] = await emptyDatabase();
  expect(await schemaVersion(client!)).toBe(0);
  expect(await migrate(client!, "named")).toEqual({ version: newest, applied: newest });
  expect(await migrate(client!, "named")).toEqual({ version: newest, applied: 0 });
  expect(await schemaVersion(client!)).toBe(newest);
  const { rows } = await client!.query("select version from callroom_schema order by version");
  expect(rows).toEqual(Array.from({ length: newest }, (_, each) => ({ version: each + 1 })));
});

test("three nodes that start at once bring it up once", async () => {
  const clients = await emptyDatabase(3);
  const done = await Promise.all(clients.map((client) => migrate(client, "named")));
  expect(done.map(({ version }) => version)).toEqual([newest, newest, newest]);
  expect(done.map(({ applied }) => applied).toSorted()).toEqual([0, 0, newest]);
});

test("a part of the way can be gone, and the rest later", async () => {
  const [client] = await emptyDatabase();
  expect(await migrate(client!, "named", 1)).toEqual({ version: 1, applied: 1 });
  expect(await migrate(client!, "named")).toEqual({ version: newest, applied: newest - 1 });
});

test("the same schema comes out, however the way was divided", async () => {
  const shape = async (client: pg.Client) =>
    (
      await client.query(
        `select table_schema, table_name, column_name, data_type, is_nullable, column_default
         from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')
         order by 1, 2, 3`,
      )
    ).rows as unknown[];
  const [[one], [other]] = [await emptyDatabase(), await emptyDatabase()];
  await migrate(one!, "named");
  for (let version = 1; version <= newest; version++) await migrate(other!, "named", version);
  expect(await shape(one!)).toEqual(await shape(other!));
});

test("a newer schema is left alone, with a sentence that says what to do", async () => {
  const [client] = await emptyDatabase();
  await migrate(client!, "named");
  await client!.query("insert into callroom_schema values ($1, 'from the future')", [newest + 1]);
  await expect(migrate(client!, "named")).rejects.toThrow(
    `of schema version ${newest + 1}; this Callroom knows ${newest}. Run the newer Callroom.`,
  );
});

test("a migration that fails leaves nothing of itself, and holds up nobody", async () => {
  const [client, other] = await emptyDatabase(2);
  await client!.query("create schema stewardship");
  await expect(migrate(client!, "named")).rejects.toThrow(/already exists/);
  expect(await schemaVersion(other!)).toBe(0);
  expect((await other!.query("select to_regnamespace('vault') as vault")).rows).toEqual([
    { vault: null },
  ]);
  await other!.query("drop schema stewardship");
  expect((await migrate(other!, "named")).version).toBe(newest);
});

test("the nameless cluster is brought up the same way, and says what it is for", async () => {
  const [client] = await emptyDatabase();
  await migrate(client!, "nameless");
  const { rows } = await client!.query("select purpose from pass.cluster");
  expect(rows).toEqual([{ purpose: "nameless" }]);
});

test("the queue can be brought up twice", async () => {
  const [client] = await emptyDatabase();
  await migrate(client!, "named");
  const { database: name } = client!;
  await Promise.all([migrateJobs(at(name!)), migrateJobs(at(name!))]);
  await client!.query("select jobs.enqueue('letter', '{}'::json)");
});

// What the schema promises ------------------------------------------------------------------------

const OWN_SCHEMAS =
  "('vault', 'identity', 'reflect', 'learn', 'coaching', 'stewardship', 'decisions', 'registry', 'jobs', 'public')";

test("no named table holds when anything was done: these are the only columns of time", async () => {
  const { rows } = await database.cluster().owner.query<{ column: string; type: string }>(
    `select table_schema || '.' || table_name || '.' || column_name as column, data_type as type
     from information_schema.columns
     where table_schema in ${OWN_SCHEMAS}
       and (data_type ~ 'time|date|interval' or udt_name ~ 'time|date|interval|range')
     order by 1`,
  );
  expect(rows.map(({ column, type }) => `${column} ${type}`)).toEqual([
    // The day on which the limits of confidentiality were accepted, which both may have to show.
    "coaching.agreement.accepted_on date",
    // What people have agreed on, or have planned.
    "coaching.booking.during tstzrange",
    "coaching.booking.held_until timestamp with time zone",
    "coaching.calendar.read_at timestamp with time zone",
    "coaching.exception.on_date date",
    // Days on which something ends.
    "identity.invitation.expires_on date",
    "identity.roster.letter_on date",
    "identity.roster.window_ends date",
    // The first of a month.
    "identity.session.expires_month date",
  ]);
});

test("nothing is counted across accounts: there is no global sequence", async () => {
  const { rows } = await database
    .cluster()
    .owner.query(
      `select schemaname, sequencename from pg_sequences where schemaname in ${OWN_SCHEMAS}`,
    );
  expect(rows).toEqual([]);
});

test("nothing fires of itself: no trigger, and no function but the doors of queue and log, and the safe's own", async () => {
  const { owner } = database.cluster();
  const triggers = await owner.query(
    `select event_object_table from information_schema.triggers where trigger_schema in ${OWN_SCHEMAS}`,
  );
  expect(triggers.rows).toEqual([]);
  const { rows } = await owner.query(
    `select n.nspname || '.' || p.proname as name, p.prosecdef as definer, p.proconfig as config
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ${OWN_SCHEMAS}
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     order by 1`,
  );
  const config = ["search_path=pg_catalog"];
  expect(rows).toEqual([
    { name: "decisions.log", definer: true, config },
    { name: "jobs.enqueue", definer: true, config },
    { name: "jobs.enqueue_all", definer: true, config },
    { name: "jobs.withdraw", definer: true, config },
    ...Array.from({ length: 32 }, (_, part) => ({
      name: `vault.keep_record_${String(part).padStart(2, "0")}`,
      definer: false,
      config: null,
    })),
  ]);
});
