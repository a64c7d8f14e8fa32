/**
 * Takes away the order that PostgreSQL keeps by itself: which row was written when is told by its transaction's
 * number, its place in the file, old versions and index pages, and to the microsecond by the write-ahead log.
 * Every night each table of both clusters is written anew in an order that nobody knows, as one transaction, and the
 * log up to then is removed.
 */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { ADVISORY_LOCKS } from "./advisory-locks.ts";
import type { Cluster } from "./db.ts";
import type { Log } from "./log.ts";
import { WAITING_JOBS, writeJobsAnew } from "./shuffle-jobs.ts";

/** Any number of nodes may ask at once; a crash leaves each table as it was or as it should be. */
export async function forgetOrder(
  { name: cluster, owner }: Pick<Cluster, "name" | "owner">,
  log: Log,
): Promise<void> {
  await asOnlyOne(owner, async (client) => {
    for (const table of await listShuffled(client)) await writeAnew(client, table);
    if (await hasTable(client, WAITING_JOBS))
      await inOneGo(client, [WAITING_JOBS], () => writeJobsAnew(client));
    await forgetSamples(client);
    // Dead rows of the catalogs, and of what is not written anew.
    await client.query("vacuum (skip_locked)");
    if (await may(client, "has_function_privilege('pg_stat_reset()', 'execute')"))
      await client.query("select pg_stat_reset()");
    if (!(await removeOldLog(client)))
      log.warn("a database does not let its write-ahead log be shortened", { cluster });
  });
}

/**
 * The log has the time of every commit, so it goes more often than at night. `since` is what this gave the last
 * time; where nothing was written after it, nothing is done.
 */
export function forgetTimes(pool: pg.Pool, since: string | null): Promise<string | null> {
  return asOnlyOne(pool, async (client) => {
    if ((await logPosition(client)) === since) return since;
    await removeOldLog(client);
    return logPosition(client);
  });
}

/** One table by its name, or one part of a partitioned one. */
export async function shuffleTable(client: pg.ClientBase, name: string): Promise<void> {
  const found = (await listShuffled(client)).find((table) => table.name === name);
  if (!found) throw new Error("No such table to shuffle");
  await writeAnew(client, found);
}

/**
 * In a transaction of its own: all rows get one transaction number and places by chance, into new files; indexes are
 * filled anew in the same order. Its own foreign keys stay and are asked row by row; those of others that point at it
 * come back unchecked, and are checked when it serves again.
 */
async function writeAnew(client: pg.ClientBase, shuffled: Shuffled): Promise<void> {
  const { name: table, triggers } = shuffled;
  const columns = shuffled.columns.join(", ");
  const pointing = await keysPointingAt(client, shuffled.whole);
  await inOneGo(client, [table, ...pointing.map((key) => key.table)], async () => {
    // By the server's own chance, 122 bits a row: random() could be worked out from the order that it made.
    await client.query(
      `create temporary table shuffled on commit drop as
         select ${columns} from ${table} order by gen_random_uuid()`,
    );
    for (const key of pointing)
      await client.query(`alter table ${key.table} drop constraint ${key.name}`);
    for (const trigger of triggers)
      await client.query(`alter table ${table} disable trigger ${trigger}`);
    await client.query(`truncate only ${table}`);
    await client.query(`insert into ${table} (${columns}) select ${columns} from shuffled`);
    for (const trigger of triggers)
      await client.query(`alter table ${table} enable trigger ${trigger}`);
    for (const key of pointing)
      await client.query(
        `alter table ${key.table} add constraint ${key.name} ${key.definition}${key.mayWait ? " not valid" : ""}`,
      );
  });
  await checkKeys(client);
}

interface Shuffled {
  /** Quoted, with its schema. */
  readonly name: string;
  /** The partitioned table it is a part of, or itself. */
  readonly whole: string;
  readonly columns: readonly string[];
  readonly triggers: readonly string[];
}

/**
 * Every table and every part of one that has anything in its files, but the queue's, which is not ours, and those
 * whose comment says that they hold nobody. Parts come first: asking their foreign keys marks rows of tables that are
 * written anew afterwards.
 */
async function listShuffled(client: pg.ClientBase): Promise<readonly Shuffled[]> {
  const { rows } = await client.query<Shuffled>(`
    select format('%I.%I', n.nspname, c.relname) as name,
           format('%I.%I', wn.nspname, w.relname) as whole,
           array(select quote_ident(a.attname) from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                 order by a.attnum) as columns,
           array(select quote_ident(t.tgname) from pg_trigger t
                 where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled = 'O') as triggers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_class w on w.oid = coalesce(pg_partition_root(c.oid), c.oid)
    join pg_namespace wn on wn.oid = w.relnamespace
    where c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> 'callroom_schema'
      and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      and coalesce(obj_description(w.oid, 'pg_class'), '') not like '%holds nobody%'
      -- More than the first pages of empty indexes: what was never written to, or is empty since the last night, may stay.
      and pg_total_relation_size(c.oid) > current_setting('block_size')::int *
        (select count(*) from pg_index i where i.indrelid in (c.oid, c.reltoastrelid))
    order by c.relispartition desc, 1`);
  return rows;
}

const PATIENCE_MS = 60_000;

/**
 * A transaction that holds these tables to itself. An act that waits for us waits a moment, and we give way long
 * before PostgreSQL would look for a deadlock and perhaps end the act.
 */
async function inOneGo(
  client: pg.ClientBase,
  tables: readonly string[],
  run: () => Promise<void>,
): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    await client.query("begin");
    try {
      await client.query("set local statement_timeout = 0; set local lock_timeout = '100ms'");
      await client.query(
        `lock table ${[...new Set(tables)].toSorted().join(", ")} in access exclusive mode`,
      );
      await run();
      await client.query("commit");
      return;
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      const isBusy = error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE;
      if (!isBusy || Date.now() > until) throw error;
      await sleep(20 + randomInt(80));
    }
  }
}

const LOCK_NOT_AVAILABLE = "55P03";

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
  /** Before PostgreSQL 18 a partitioned table takes a key only if it checks all rows at once. */
  readonly mayWait: boolean;
}

/** Of other tables. They stand in the way of emptying what they point at. */
async function keysPointingAt(
  client: pg.ClientBase,
  table: string,
): Promise<readonly ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(k.conname) as name,
            regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') as definition,
            c.relkind = 'r' or current_setting('server_version_num')::int >= 180000 as "mayWait"
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and k.confrelid = $1::regclass and k.conrelid <> k.confrelid`,
    [table],
  );
  return rows;
}

/** Of all foreign keys that have not been checked, as after a night that was broken off; nobody waits for it. */
async function checkKeys(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ table: string; name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(k.conname) as name
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and not k.convalidated`,
  );
  for (const { table, name } of rows)
    await client.query(`alter table ${table} validate constraint ${name}`);
}

/**
 * What ANALYZE keeps are values of rows, deleted ones among them, as they were at a moment that acts brought about.
 * An embedded cluster takes no samples by itself; others may, and PostgreSQL can forget them from 18 on.
 */
async function forgetSamples(client: pg.ClientBase): Promise<void> {
  if (!(await may(client, `to_regprocedure('${CLEAR}') is not null`))) return;
  const cleared = await client.query(
    `select pg_clear_attribute_stats(n.nspname::text, c.relname::text, a.attname::text, s.inherited)
     from pg_stats s join pg_namespace n on n.nspname = s.schemaname
     join pg_class c on c.relnamespace = n.oid and c.relname = s.tablename
     join pg_attribute a on a.attrelid = c.oid and a.attname = s.attname
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and coalesce(obj_description(c.oid, 'pg_class'), '') not like '%holds nobody%'`,
  );
  // Else the bytes would stay on its pages.
  if (cleared.rowCount !== 0) await client.query("vacuum (full) pg_catalog.pg_statistic");
}

const CLEAR = "pg_catalog.pg_clear_attribute_stats(text, text, text, boolean)";

/** False where it may not. The segment that is being written would stay: so another is begun first. */
async function removeOldLog(client: pg.ClientBase): Promise<boolean> {
  if (!(await mayRemoveLog(client))) return false;
  await client.query("select pg_switch_wal()");
  await client.query("checkpoint");
  return true;
}

/** On a server that isn't ours it may have to be allowed first. */
export const mayRemoveLog = (client: pg.ClientBase): Promise<boolean> =>
  may(
    client,
    "has_function_privilege('pg_switch_wal()', 'execute') and pg_has_role('pg_checkpoint', 'usage')",
  );

const hasTable = (client: pg.ClientBase, table: string): Promise<boolean> =>
  may(client, `to_regclass('${table}') is not null`);

async function may(client: pg.ClientBase, condition: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(`select ${condition} as may`);
  return rows[0]!.may;
}

async function logPosition(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ at: string }>(
    "select pg_current_wal_insert_lsn()::text as at",
  );
  return rows[0]!.at;
}

/** Null where another node is at it. */
async function asOnlyOne<Done>(
  pool: pg.Pool,
  run: (client: pg.ClientBase) => Promise<Done>,
): Promise<Done | null> {
  const client = await pool.connect();
  // What breaks shows in the query that was under way.
  const unheard = () => undefined;
  client.on("error", unheard);
  let failure: Error | undefined;
  try {
    const turn = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1) as mine", [
      ADVISORY_LOCKS.night,
    ]);
    if (!turn.rows[0]!.mine) return null;
    await client.query("set statement_timeout = 0");
    const done = await run(client);
    await client.query("reset statement_timeout");
    await client.query("select pg_advisory_unlock($1)", [ADVISORY_LOCKS.night]);
    return done;
  } catch (error) {
    failure = error instanceof Error ? error : new Error("shuffle");
    throw error;
  } finally {
    if (failure === undefined) client.off("error", unheard);
    // A connection on which something failed is closed, and the lock goes with it.
    client.release(failure);
  }
}
