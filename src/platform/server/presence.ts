/**
 * Which nodes are alive: each holds a lock in its workers' name on a database session of its own, which the server
 * ends with the process, however that dies. Every node looks for work whose node has gone and lets it go, so that
 * it goes on within half a minute and not after the queue's four hours.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { ClusterAddress } from "./db.ts";
import type { Log } from "./log.ts";

export interface Presence {
  readonly end: () => Promise<void>;
}

/** Milliseconds. */
const LOOK_EVERY = 10_000;
/** First half of the locks' names; the second is a hash of the workers' id in the queue. */
const LOCKS_OF_WORKERS = 7_160_413;

/** `workers` is what the queue calls this node, in `locked_by`. */
export function keepPresence(
  address: ClusterAddress,
  workers: string,
  log: Log,
  lookEvery = LOOK_EVERY,
): Presence {
  const ending = new AbortController();
  const pause = (ms: number) =>
    sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);

  async function keep(): Promise<void> {
    while (!ending.signal.aborted) {
      await stayPresent().catch(() => undefined);
      // Well before anybody has looked twice.
      await pause(lookEvery / 4);
    }
  }

  /** Until it ends or the session is lost. */
  async function stayPresent(): Promise<void> {
    const client = new pg.Client({
      ...address,
      application_name: "callroom_presence",
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    client.on("error", () => undefined);
    const lost = new Promise<void>((resolve) => client.once("end", resolve));
    try {
      await client.connect();
      await client.query(NOTICE_A_DEAD_MACHINE);
      await client.query("select pg_advisory_lock($1, hashtext($2))", [LOCKS_OF_WORKERS, workers]);
      let gone: readonly string[] = [];
      while (!ending.signal.aborted) {
        const before = gone;
        gone = await workersWithoutNode(client, workers);
        // Once can be a node whose session just broke, as all do when the database starts again.
        const dead = gone.filter((each) => before.includes(each));
        if (dead.length > 0) {
          await client.query("select graphile_worker.force_unlock_workers($1)", [dead]);
          log.warn("what a node was at when it died goes on", { count: dead.length });
        }
        await Promise.race([pause(lookEvery), lost]);
      }
    } finally {
      // Half a connection would keep the end waiting for ever.
      await Promise.race([
        client.end().catch(() => undefined),
        sleep(1000, undefined, { ref: false }),
      ]);
    }
  }

  const kept = keep();
  return {
    end: async () => {
      ending.abort();
      await kept;
    },
  };
}

/** Who has work in the queue and no lock. To ask is to take the lock, which goes with the statement. */
async function workersWithoutNode(client: pg.Client, own: string): Promise<string[]> {
  const { rows } = await client.query<{ workers: string }>(
    `select workers from (
       select distinct locked_by as workers from graphile_worker._private_jobs where locked_by <> $2
     ) others
     where pg_try_advisory_xact_lock($1, hashtext(workers))`,
    [LOCKS_OF_WORKERS, own],
  );
  return rows.map(({ workers }) => workers);
}

// A machine that lost its power says no goodbye; by its own reckoning a server waits two hours for one.
const NOTICE_A_DEAD_MACHINE =
  "set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";
