/**
 * Background work: graphile-worker on the named cluster. Jobs are put in by SQL in the transaction that
 * causes them, tried again with growing pauses, and shown to the steward when they fail for good.
 */
import { EventEmitter } from "node:events";
import {
  run,
  runMigrations,
  parseCronItems,
  Logger,
  type Task,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import pg from "pg";
import type { ClusterAddress } from "./db.ts";
import type { Log } from "./log.ts";
import { keepPresence } from "./presence.ts";

export interface Job {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempt: number;
}

export type Tasks = Readonly<Record<string, (job: Job) => Promise<void>>>;

export interface Jobs {
  /** Lets running jobs finish. */
  readonly stop: () => Promise<void>;
}

/** Part of bringing the named cluster up to date. */
export async function migrateJobs(address: ClusterAddress): Promise<void> {
  const pool = new pg.Pool({ ...address, max: 1 });
  // What breaks shows in the query that was under way.
  const unheard = () => undefined;
  pool.on("error", unheard).on("connect", (client) => client.on("error", unheard));
  try {
    await runMigrations({ pgPool: pool, logger: quiet });
  } finally {
    await pool.end();
  }
}

/** `lookEvery`: milliseconds between two looks for dead nodes. */
export async function startJobs(
  address: ClusterAddress,
  tasks: Tasks,
  daily: readonly string[],
  hourly: readonly string[],
  log: Log,
  lookEvery?: number,
): Promise<Jobs> {
  const pool = new pg.Pool({ ...address, max: 5 });
  const lost = () => log.warn("a database connection of the jobs was lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  const taskList: TaskList = {};
  for (const [name, task] of Object.entries(tasks)) {
    const wrapped: Task = async (payload, helpers) => {
      try {
        await task({ payload: payload as Job["payload"], attempt: helpers.job.attempts });
      } catch (error) {
        log.warn("a job failed and will be tried again", {
          task: name,
          attempt: helpers.job.attempts,
        });
        // Only the error's kind is kept in the job's row: a message could hold an address.
        // oxlint-disable-next-line preserve-caught-error -- a cause would take the message along
        throw new Error(kindOf(error));
      }
    };
    taskList[name] = wrapped;
  }
  const events: WorkerEvents = new EventEmitter();
  // The library makes it up, and writes it beside every job it takes.
  let workers = "";
  events.once("pool:create", ({ workerPool }) => (workers = workerPool.id));
  const runner = await run({
    events,
    pgPool: pool,
    concurrency: 3,
    noHandleSignals: true,
    pollInterval: 2000,
    // Without a batch the library doesn't wait, when it stops, for the word that a job is done: it would be
    // done again hours later.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    taskList,
    parsedCronItems: parseCronItems([
      ...daily.map((task) => ({
        task,
        match: "17 3 * * *",
        identifier: task,
        options: { backfillPeriod: 86_400_000 },
      })),
      ...hourly.map((task) => ({ task, match: "*/20 * * * *", identifier: task })),
    ]),
    logger: quiet,
  });
  const presence = keepPresence(address, workers, log, lookEvery);
  return {
    stop: async () => {
      await runner.stop();
      await presence.end();
      await pool.end();
    },
  };
}

function kindOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" ? code : error instanceof Error ? error.name : "unknown";
}

// It writes payloads; ours are sealed, but nothing of them belongs in a log.
const quiet = new Logger(() => () => undefined);
