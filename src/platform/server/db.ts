/**
 * The two clusters, never joined: each has its own address, its own pools, one small pool per slice role,
 * and no function takes both. SQL itself stands in the slices' store.ts.
 */
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import { SLICES, type ClusterName } from "./migrations.ts";

/** How to reach one cluster: an address, or the socket of the embedded one. */
export type ClusterAddress = pg.PoolConfig;

export interface Cluster<Slice extends string = string> {
  readonly name: ClusterName;
  /** A slice's own door: connections that hold that slice's rights and no other's. */
  readonly as: <Tables>(slice: Slice) => Kysely<Tables>;
  /** Rights of the owner: migrations, jobs, backups. */
  readonly owner: pg.Pool;
  /** Hears a channel; the payload is an id at most. The connection is made again when it breaks. */
  readonly listen: (channel: string, heard: (payload: string) => void) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type NamedCluster = Cluster<(typeof SLICES.named)[number]>;
export type NamelessCluster = Cluster<(typeof SLICES.nameless)[number]>;

// bigint columns are sequences and sizes, all far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
// Dates stay the text they are: a JavaScript Date would move them by the server's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const CONNECTIONS_A_SLICE = 4;

export function openCluster<Name extends ClusterName>(
  name: Name,
  address: ClusterAddress,
  onTrouble: (what: string) => void,
): Cluster<(typeof SLICES)[Name][number]> {
  const owner = makePool(address, 2, null, onTrouble);
  const pools = new Map<string, { pool: pg.Pool; db: Kysely<unknown> }>();
  const listeners = new Map<string, Set<(payload: string) => void>>();
  let ear: pg.Client | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let closing = false;

  async function openEar(): Promise<pg.Client> {
    const client = new pg.Client(address);
    client.on("notification", (note) => {
      for (const heard of listeners.get(note.channel) ?? []) heard(note.payload ?? "");
    });
    client.on("error", () => {
      ear = null;
      if (!closing) setTimeout(() => void reopenEar(), 1000).unref();
    });
    await client.connect();
    return client;
  }

  async function reopenEar(): Promise<void> {
    try {
      ear = await openEar();
      for (const channel of listeners.keys())
        await ear.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch {
      onTrouble("listening to the database failed; trying again");
      if (!closing) setTimeout(() => void reopenEar(), 3000).unref();
    }
  }

  return {
    name,
    owner,
    as: <Tables>(slice: string) => {
      let entry = pools.get(slice);
      if (!entry) {
        const pool = makePool(address, CONNECTIONS_A_SLICE, `callroom_${slice}`, onTrouble);
        entry = { pool, db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }) };
        pools.set(slice, entry);
      }
      return entry.db as unknown as Kysely<Tables>;
    },
    listen: async (channel, heard) => {
      const known = listeners.get(channel);
      if (known) {
        known.add(heard);
        return;
      }
      listeners.set(channel, new Set([heard]));
      // One after the other, as all share one connection.
      const listening = turn.then(async () => {
        ear ??= await openEar();
        await ear.query(`listen ${pg.escapeIdentifier(channel)}`);
      });
      turn = listening.catch(() => undefined);
      await listening;
    },
    close: async () => {
      closing = true;
      await ear?.end().catch(() => undefined);
      for (const { db } of pools.values()) await db.destroy();
      await owner.end();
    },
  };
}

function makePool(
  address: ClusterAddress,
  max: number,
  role: string | null,
  onTrouble: (what: string) => void,
): pg.Pool {
  const pool = new pg.Pool({
    ...address,
    max,
    application_name: role ?? "callroom_owner",
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 30_000,
    // Sent before the pool hands the connection out, so that nothing runs with more rights than the slice's.
    ...(role === null ? {} : { onConnect: awaitedSetRole(role) }),
  });
  pool.on("error", () => onTrouble("a database connection was lost"));
  return pool;
}

// The pool waits for what this returns, though its types say nothing of it.
function awaitedSetRole(role: string): (client: pg.ClientBase) => void {
  return (client) => client.query(`set role ${pg.escapeIdentifier(role)}`) as unknown as undefined;
}

/** Puts a job into the queue in the caller's own transaction: it runs if, and only if, that commits. */
export async function enqueue<Tables>(
  within: Kysely<Tables> | Transaction<Tables>,
  task: string,
  payload: Readonly<Record<string, string | number | null>>,
  options: { readonly runAt?: number; readonly key?: string } = {},
): Promise<void> {
  const runAt = options.runAt === undefined ? null : new Date(options.runAt);
  await sql`select jobs.enqueue(${task}, ${JSON.stringify(payload)}::json, ${runAt}, ${options.key ?? null})`.execute(
    within,
  );
}

export async function withdrawJob<Tables>(
  within: Kysely<Tables> | Transaction<Tables>,
  key: string,
): Promise<void> {
  await sql`select jobs.withdraw(${key})`.execute(within);
}

/** PostgreSQL's code of what was violated, such as 23P01 for an exclusion constraint. */
export function violation(error: unknown): { code: string; constraint: string } | null {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return null;
  return { code: error.code, constraint: error.constraint ?? "" };
}
