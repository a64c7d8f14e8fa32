/**
 * Takes away the order that PostgreSQL keeps by itself: which row was written when is told by its transaction's
 * number, its place in the file, old versions and index pages, and to the microsecond by the write-ahead log.
 * Every night each nameless table is written anew in an order that nobody knows, as one transaction, and the log
 * up to then is removed.
 */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { listTables, takeAwayChecks } from "./backup-tables.ts";
import type { Log } from "./log.ts";
import { ADVISORY_LOCKS } from "./advisory-locks.ts";

/**
 * A table whose comment begins so is left as it is: its rows carry a time and a sequence that their readers see,
 * so their order tells nothing more.
 */
const OWN_CLOCK = "has a clock of its own";

/** Any number of nodes may ask at once; a crash leaves each table as it was or as it should be. */
export async function forgetOrder(pool: pg.Pool, log: Log): Promise<void> {
  await asOnlyOne(pool, async (client) => {
    for (const { name } of await listTables(client, "everything"))
      if (await mayBeShuffled(client, name)) await shuffleTable(client, name);
    // Dead rows of the catalogs. Nothing is analysed: statistics hold values of rows, and keep those of deleted ones.
    await client.query("vacuum (skip_locked)");
    if (await may(client, "has_function_privilege('pg_stat_reset()', 'execute')"))
      await client.query("select pg_stat_reset()");
    if (!(await removeOldLog(client)))
      log.warn("the nameless database does not let its write-ahead log be shortened");
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

/**
 * One table, with its partitions, in a transaction of its own: all rows get one transaction number and places by
 * chance, into new files; indexes are filled anew in the same order. Foreign keys are checked again at the end.
 */
export async function shuffleTable(client: pg.ClientBase, table: string): Promise<void> {
  const tables = await listTables(client, "everything");
  const found = tables.find(({ name }) => name === table);
  if (!found) throw new Error("No such table to shuffle");
  const columns = found.columns.join(", ");
  await lockWithoutStandingInTheWay(client, table);
  try {
    // By the server's own chance, 122 bits a row: random() could be worked out from the order that it made.
    await client.query(
      `create temporary table shuffled on commit drop as
         select ${columns} from ${table} order by gen_random_uuid()`,
    );
    const mend = await takeAwayChecks(client, [found]);
    await client.query(`insert into ${table} (${columns}) select ${columns} from shuffled`);
    for (const statement of mend) await client.query(statement);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

const PATIENCE_MS = 60_000;

/**
 * Begins the transaction. An act that waits for us waits a moment, and we give way long before PostgreSQL would
 * look for a deadlock and perhaps end the act.
 */
async function lockWithoutStandingInTheWay(client: pg.ClientBase, table: string): Promise<void> {
  const all = [table, ...(await tablesPointingAt(client, table))];
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    await client.query("begin");
    try {
      await client.query("set local statement_timeout = 0; set local lock_timeout = '100ms'");
      await client.query(`lock table ${all.join(", ")} in access exclusive mode`);
      return;
    } catch (error) {
      await client.query("rollback");
      const isBusy = error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE;
      if (!isBusy || Date.now() > until) throw error;
      await sleep(20 + randomInt(80));
    }
  }
}

const LOCK_NOT_AVAILABLE = "55P03";

/** Whose foreign keys go away and come back meanwhile, either way. */
async function tablesPointingAt(client: pg.ClientBase, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct format('%I.%I', n.nspname, c.relname) as name
     from pg_constraint k
     join pg_class c on c.oid in (k.conrelid, k.confrelid) and not c.relispartition
     join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and $1::regclass in (k.conrelid, k.confrelid) and c.oid <> $1::regclass
     order by 1`,
    [table],
  );
  return rows.map(({ name }) => name);
}

async function mayBeShuffled(client: pg.ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select c.relpersistence = 'p' and c.relname <> 'callroom_schema'
            and coalesce(obj_description(c.oid, 'pg_class'), '') not like $2 || '%' as may
     from pg_class c where c.oid = $1::regclass`,
    [table, OWN_CLOCK],
  );
  return rows[0]!.may;
}

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
    // A connection on which something failed is closed, and the lock goes with it.
    client.release(failure);
  }
}
