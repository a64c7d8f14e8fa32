import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { useNamedDatabase } from "../../../tests/database.ts";
import { enqueue, openCluster, violation, withdrawJob, type NamedCluster } from "./db.ts";

const database = useNamedDatabase();

const opened: NamedCluster[] = [];
afterEach(async () => {
  for (const cluster of opened.splice(0)) await cluster.close();
});
const anotherNode = (trouble: string[] = []): NamedCluster => {
  const cluster = openCluster("named", database.address(), (what) => trouble.push(what));
  opened.push(cluster);
  return cluster;
};
const db = (slice: "vault" | "identity" | "coaching" | "stewardship") =>
  database.cluster().as<never>(slice);

test("every connection of a slice holds that slice's rights from its first query on", async () => {
  for (const slice of ["vault", "identity", "coaching", "stewardship"] as const) {
    const asked = Array.from({ length: 12 }, () =>
      sql<{ role: string }>`select current_user as role, pg_sleep(0.01)`.execute(db(slice)),
    );
    const roles = (await Promise.all(asked)).map(({ rows }) => rows[0]!.role);
    expect(new Set(roles)).toEqual(new Set([`callroom_${slice}`]));
  }
});

test("numbers come as numbers, days as the text they are, bytes as bytes", async () => {
  const { rows } = await sql`
    select 9007199254740991::bigint as big, '2031-03-09'::date as day, '\\x00ff'::bytea as bytes
  `.execute(db("vault"));
  expect(rows).toEqual([{ big: 2 ** 53 - 1, day: "2031-03-09", bytes: Buffer.of(0, 255) }]);
});

test("a job runs if, and only if, what caused it was kept", async () => {
  const jobs = async () =>
    (
      await database
        .cluster()
        .owner.query("select key, run_at from graphile_worker.jobs order by key")
    ).rows;
  const at = Date.parse("2031-03-03T12:00:00Z");
  await db("coaching")
    .transaction()
    .execute(async (within) => {
      await enqueue(within, "remind", { booking: "a" }, { key: "kept", runAt: at });
    });
  const failing = db("coaching")
    .transaction()
    .execute(async (within) => {
      await enqueue(within, "remind", { booking: "b" }, { key: "rolled back" });
      throw new Error("no");
    });
  await expect(failing).rejects.toThrow("no");
  expect(await jobs()).toEqual([{ key: "kept", run_at: new Date(at) }]);
  await withdrawJob(db("coaching"), "kept");
  await withdrawJob(db("coaching"), "kept");
  expect(await jobs()).toEqual([]);
});

test("a violated rule is known by its code and name; anything else is none", async () => {
  const error =
    await sql`insert into vault.wrap values (gen_random_uuid(), 'x', decode(repeat('00', 72), 'hex'))`
      .execute(db("vault"))
      .catch((caught: unknown) => caught);
  expect(violation(error)).toEqual({ code: "23503", constraint: "wrap_safe_fkey" });
  expect(violation(new Error("23503"))).toBeNull();
  expect(violation({ code: "23503" })).toBeNull();
});

// Listening ---------------------------------------------------------------------------------------

test("what one node tells, every node hears, also where several listen to one channel", async () => {
  const [one, other] = [anotherNode(), anotherNode()];
  const heard: string[] = [];
  // At once, as slices do when they start.
  await Promise.all([
    one.listen("session_ended", (id) => heard.push(`one ${id}`)),
    one.listen("coaches_changed", (id) => heard.push(`coaches ${id}`)),
    one.listen("session_ended", (id) => heard.push(`again ${id}`)),
    other.listen("session_ended", (id) => heard.push(`other ${id}`)),
  ]);
  await sql`select pg_notify('session_ended', 'x')`.execute(db("identity"));
  await expect.poll(() => heard.toSorted()).toEqual(["again x", "one x", "other x"]);
  await sql`select pg_notify('coaches_changed', '')`.execute(db("identity"));
  await expect.poll(() => heard).toContain("coaches ");
});

test("two that begin to listen at once share one connection, which closes with the cluster", async () => {
  const ears = async () => {
    const { rows } = await database
      .cluster()
      .owner.query<{ count: number }>(
        "select count(*) as count from pg_stat_activity where datname = current_database() and query ilike 'listen %'",
      );
    return rows[0]!.count;
  };
  const before = await ears();
  const node = anotherNode();
  await Promise.all(["a", "b", "c"].map((channel) => node.listen(channel, () => undefined)));
  expect(await ears()).toBe(before + 1);
  await node.close();
  opened.splice(0);
  await expect.poll(ears).toBe(before);
});

test("what was told in a transaction that failed is not heard", async () => {
  const node = anotherNode();
  const heard: string[] = [];
  await node.listen("session_ended", (id) => heard.push(id));
  const failing = db("identity")
    .transaction()
    .execute(async (within) => {
      await sql`select pg_notify('session_ended', 'rolled back')`.execute(within);
      throw new Error("no");
    });
  await expect(failing).rejects.toThrow("no");
  await sql`select pg_notify('session_ended', 'kept')`.execute(db("identity"));
  await expect.poll(() => heard).toEqual(["kept"]);
});

test("a broken connection is made again, and hears again", async () => {
  const trouble: string[] = [];
  const node = anotherNode(trouble);
  const heard: string[] = [];
  await node.listen("session_ended", (id) => heard.push(id));
  await sql`select 1`.execute(node.as<never>("vault"));
  await database.cluster().owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and (query ilike 'listen %' or application_name = 'callroom_vault')`,
  );
  await expect
    .poll(
      async () => {
        await sql`select pg_notify('session_ended', 'again')`.execute(db("identity"));
        return heard.includes("again");
      },
      { timeout: 10_000, interval: 300 },
    )
    .toBe(true);
  expect((await sql`select 1 as one`.execute(node.as<never>("vault"))).rows).toEqual([{ one: 1 }]);
});

// Rights ------------------------------------------------------------------------------------------

const ALL = "DELETE INSERT SELECT UPDATE";

/** What each slice may do with whole tables; `*` is every table of a schema. */
const RIGHTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  callroom_vault: { "vault.*": ALL },
  callroom_identity: { "vault.*": ALL, "identity.*": ALL },
  // The key log only grows.
  callroom_pass: { "pass.*": "INSERT SELECT", "pass.issued": "DELETE INSERT SELECT" },
  callroom_reflect: { "reflect.*": ALL },
  callroom_learn: { "learn.course": "DELETE INSERT SELECT" },
  callroom_coaching: { "coaching.*": ALL, "identity.community": "SELECT" },
  callroom_stewardship: {
    "stewardship.*": ALL,
    // Logs only grow.
    "stewardship.steward_log_entry": "INSERT SELECT",
    "stewardship.decision": "SELECT",
    "identity.community": "SELECT",
    "identity.invitation": "DELETE INSERT",
    "identity.roster": "DELETE INSERT",
    "identity.roster_line": "INSERT",
    "identity.verification": ALL,
    "identity.institution": ALL,
    "identity.arrival": "DELETE SELECT",
    "identity.vouch": "DELETE SELECT",
    "identity.vouch_code": "DELETE SELECT",
    "identity.licence_quarter": "INSERT SELECT",
    "identity.licence_mark": "INSERT SELECT UPDATE",
    "registry.person": "SELECT",
    "registry.import": "SELECT",
  },
};

/** Columns that a slice may read of tables that are not its own. */
const ACCOUNT = "email_sealed hpke_key id name roles signing_key stage time_zone";
const COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  callroom_vault: {},
  callroom_identity: {},
  callroom_pass: { "identity.verification": "account state" },
  callroom_reflect: {},
  callroom_learn: {},
  callroom_coaching: { "identity.account": ACCOUNT },
  callroom_stewardship: {
    "identity.account": ACCOUNT,
    "identity.invitation": "email_sealed expires_on id roles stage",
    "identity.roster": "id letter_on sponsor window_ends",
    "identity.roster_line": "email_index roster",
  },
};

/** Columns that a slice may change of tables that it may not change whole. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  callroom_pass: ["pass.issuer_key.position", "pass.issuer_key.sealed"],
};

test.each(Object.keys(RIGHTS))(
  "%s has the rights of its place on the ladder and no other",
  async (role) => {
    const { owner } = database.cluster();
    const { rows: tables } = await owner.query<{ name: string; rights: string | null }>(
      `select t.schemaname || '.' || t.tablename as name,
       (select string_agg(r, ' ' order by r) from unnest(array['DELETE','INSERT','SELECT','UPDATE','TRUNCATE','REFERENCES','TRIGGER']) r
        where has_table_privilege($1, format('%I.%I', t.schemaname, t.tablename), r)
          and has_schema_privilege($1, t.schemaname, 'USAGE')) as rights
     from pg_tables t where t.schemaname not in ('pg_catalog', 'information_schema')`,
      [role],
    );
    expect(tables.length).toBeGreaterThan(25);
    const expected = (name: string) =>
      RIGHTS[role]![name] ?? RIGHTS[role]![`${name.split(".")[0]}.*`] ?? null;
    for (const { name, rights } of tables) expect([name, rights]).toEqual([name, expected(name)]);

    const { rows: columns } = await owner.query<{ name: string; columns: string }>(
      `select table_schema || '.' || table_name as name,
       string_agg(column_name::text, ' ' order by column_name::text) as columns
     from information_schema.columns
     where table_schema not in ('pg_catalog', 'information_schema')
       and has_schema_privilege($1, table_schema, 'USAGE')
       and has_column_privilege($1, format('%I.%I', table_schema, table_name), column_name, 'SELECT')
       and not has_table_privilege($1, format('%I.%I', table_schema, table_name), 'SELECT')
     group by 1 order by 1`,
      [role],
    );
    expect(Object.fromEntries(columns.map((row) => [row.name, row.columns]))).toEqual(
      COLUMNS[role],
    );
    const { rows: changes } = await owner.query<{ name: string }>(
      `select concat_ws('.', table_schema, table_name, column_name) as name
     from information_schema.columns
     where table_schema not in ('pg_catalog', 'information_schema')
       and has_schema_privilege($1, table_schema, 'USAGE')
       and has_column_privilege($1, format('%I.%I', table_schema, table_name), column_name, 'UPDATE')
       and not has_table_privilege($1, format('%I.%I', table_schema, table_name), 'UPDATE')
     order by 1`,
      [role],
    );
    expect(changes.map(({ name }) => name)).toEqual(CHANGES[role] ?? []);
  },
);

test.each([
  ["vault", "select id from identity.account"],
  ["vault", "select 1 from identity.session"],
  ["vault", "select 1 from coaching.booking"],
  ["vault", "select jobs.enqueue('letter', '{}'::json)"],
  ["vault", "select 1 from graphile_worker._private_jobs"],
  ["identity", "select 1 from coaching.booking"],
  ["identity", "select 1 from stewardship.sponsor"],
  ["identity", "select 1 from graphile_worker._private_jobs"],
  ["coaching", "select jobs.enqueue_all('letter', '{}'::json[], now())"],
  ["pass", "select claim_sealed from identity.verification"],
  ["pass", "select id from identity.account"],
  ["pass", "select account from identity.licence_mark"],
  ["pass", "update pass.issuer_key set closed = false"],
  ["pass", "update pass.issuer_key set spki = ''"],
  ["pass", "delete from pass.issuer_key"],
  ["pass", "update pass.community set issuer_name = 'other'"],
  ["pass", "select pass.after_restore('2026-11-22', '2026-11-22')"],
  ["identity", "select account from pass.issued"],
  ["coaching", "select account from pass.issued"],
  ["stewardship", "select account from pass.issued"],
  ["coaching", "select opaque_record from identity.account"],
  ["coaching", "select login_id from identity.account"],
  ["coaching", "select email_index from identity.account"],
  ["coaching", "select recovery_key from identity.account"],
  ["coaching", "select * from identity.account"],
  ["coaching", "update identity.account set roles = '{steward}'"],
  ["coaching", "delete from identity.account"],
  ["coaching", "select 1 from identity.session"],
  ["coaching", "select 1 from identity.passkey"],
  ["coaching", "select 1 from identity.invitation"],
  ["coaching", "select 1 from vault.record"],
  ["coaching", "select 1 from vault.wrap"],
  ["stewardship", "select code_hash from identity.invitation"],
  ["stewardship", "select email_index from identity.invitation"],
  ["stewardship", "update identity.invitation set address_proven = true"],
  ["stewardship", "select uses_left from identity.roster"],
  ["stewardship", "select code_hash from identity.roster"],
  ["stewardship", "update identity.roster set uses_left = 9"],
  ["stewardship", "select email_sealed from identity.roster_line"],
  ["stewardship", "select email_index from identity.account"],
  ["stewardship", "insert into identity.session select * from identity.session"],
  ["stewardship", "update identity.account set roles = '{steward}'"],
  ["stewardship", "update stewardship.decision set detail = 'none'"],
  ["stewardship", "insert into stewardship.decision values (1, '2026-Q4', 'x', 'y', '')"],
  ["stewardship", "delete from stewardship.steward_log_entry"],
  ["stewardship", "delete from identity.licence_mark"],
  ["reflect", "select 1 from identity.account"],
  ["reflect", "select 1 from stewardship.decision"],
  ["learn", "select 1 from reflect.instrument"],
  ["learn", "select 1 from identity.account"],
  ["learn", "update learn.course set course = '{}'"],
  ["coaching", "select 1 from stewardship.decision"],
  ["identity", "select decisions.log('2026-Q4', 'steward', 'admitted')"],
  ["stewardship", "select 1 from coaching.booking"],
  ["stewardship", "select 1 from coaching.agreement"],
  ["stewardship", "select 1 from vault.safe"],
  ["stewardship", "create table stewardship.more (x int)"],
  ["coaching", "create schema more"],
  ["identity", "insert into public.callroom_schema values (99, 'x')"],
  [
    "identity",
    "set role callroom_coaching; select 1 from coaching.booking; set role callroom_identity",
  ],
] as const)("%s may not: %s", async (slice, statement) => {
  const pool = new pg.Pool({ ...database.address(), max: 1 });
  const client = await pool.connect();
  try {
    // The rights of the role alone, as a login of its own would have them.
    await client.query(`set session authorization callroom_${slice}`);
    await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
  } finally {
    client.release(true);
    await pool.end();
  }
});

test("what a slice needs of the others it may do", async () => {
  await sql`select id, name, stage, roles, time_zone, hpke_key, signing_key, email_sealed from identity.account`.execute(
    db("coaching"),
  );
  await sql`select jobs.enqueue('remind', '{}'::json)`.execute(db("coaching"));
  await sql`select roster, email_index from identity.roster_line`.execute(db("stewardship"));
  await sql`select jobs.enqueue_all('letter', '{}'::json[], now())`.execute(db("stewardship"));
  await sql`select jobs.enqueue_all('letter', '{}'::json[], now())`.execute(db("identity"));
  await sql`select 1 from vault.wrap`.execute(db("identity"));
  const owner = new Kysely<never>({
    dialect: new PostgresDialect({ pool: database.cluster().owner }),
  });
  expect((await sql`select 1 from coaching.booking`.execute(owner)).rows).toEqual([]);
});
