import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { useNamedDatabase } from "../../../tests/database.ts";
import { startJobs, type Jobs, type Tasks } from "./jobs.ts";
import { makeLog } from "./log.ts";

const database = useNamedDatabase();
const lines: string[] = [];
const log = makeLog({ level: "debug", write: (line) => lines.push(line), now: () => Date.now() });
const running: Jobs[] = [];
const others: ChildProcess[] = [];

beforeEach(async () => {
  lines.length = 0;
  await database.cluster().owner.query("truncate graphile_worker._private_jobs");
});
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
  for (const other of others.splice(0)) other.kill("SIGKILL");
});

async function start(tasks: Tasks, lookEvery?: number): Promise<Jobs> {
  const jobs = await startJobs(database.address(), tasks, [], [], log, lookEvery);
  running.push(jobs);
  return jobs;
}

const enqueue = (task: string, payload: object, runAt: Date | null = null) =>
  database
    .cluster()
    .owner.query("select jobs.enqueue($1, $2::json, $3, null)", [
      task,
      JSON.stringify(payload),
      runAt,
    ]);

interface Row {
  readonly attempts: number;
  readonly max_attempts: number;
  readonly last_error: string | null;
  readonly pause: number;
  readonly text: string;
  /** At work right now; an attempt counts from its beginning. */
  readonly locked: boolean;
}
const rows = async (): Promise<Row[]> =>
  (
    await database.cluster().owner.query<Row>(
      `select attempts, max_attempts, last_error, j::text as text, locked_at is not null as locked,
         extract(epoch from run_at - now())::float as pause
       from graphile_worker._private_jobs j order by id`,
    )
  ).rows;

class MailServerError extends Error {
  readonly code = "EAUTH";
}

test("a job that is done leaves nothing", async () => {
  const done: unknown[] = [];
  await start({ letter: async ({ payload, attempt }) => void done.push([payload, attempt]) });
  await enqueue("letter", { sealed: "x" });
  await expect.poll(() => done).toEqual([[{ sealed: "x" }, 1]]);
  await expect.poll(rows).toEqual([]);
  expect(lines).toEqual([]);
});

test("a job due later waits", async () => {
  const done: unknown[] = [];
  await start({ letter: async () => void done.push(1) });
  await enqueue("letter", { nth: 1 }, new Date(Date.now() + 3_600_000));
  await enqueue("letter", { nth: 2 });
  await expect.poll(() => done).toEqual([1]);
  await expect.poll(async () => (await rows()).length).toBe(1);
});

test("a job that fails is tried again after pauses that grow, and its error is kept as a kind alone", async () => {
  await start({
    letter: () => Promise.reject(new MailServerError("No mailbox ada@clinic.example here")),
  });
  await enqueue("letter", { sealed: "x" });
  const pauses: number[] = [];
  for (const attempts of [1, 2, 3, 4]) {
    await expect
      .poll(async () => (await rows())[0], { timeout: 15_000 })
      .toMatchObject({ attempts, locked: false });
    const [row] = await rows();
    pauses.push(row!.pause);
    expect(row!.last_error).toMatch(/^EAUTH/);
    expect(row!.text).not.toMatch(/ada|clinic|mailbox/i);
    await database
      .cluster()
      .owner.query("update graphile_worker._private_jobs set run_at = now(), locked_at = null");
    await database.cluster().owner.query('notify "jobs:insert", \'{"count":1}\'');
  }
  for (const [at, pause] of pauses.slice(1).entries()) expect(pause).toBeGreaterThan(pauses[at]!);
  expect(lines.join("")).not.toMatch(/ada|clinic|mailbox|sealed/i);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: "warn",
    msg: "a job failed and will be tried again",
    task: "letter",
    attempt: 1,
  });
}, 60_000);

test("a job that failed for good stays, to be seen", async () => {
  let tries = 0;
  await start({
    letter: () => {
      tries += 1;
      return Promise.reject(new TypeError("private words"));
    },
  });
  await enqueue("letter", { sealed: "x" }, new Date(Date.now() + 3_600_000));
  await database
    .cluster()
    .owner.query(
      "update graphile_worker._private_jobs set attempts = max_attempts - 1, run_at = now()",
    );
  await database.cluster().owner.query('notify "jobs:insert", \'{"count":1}\'');
  await expect.poll(() => tries, { timeout: 10_000 }).toBe(1);
  await expect
    .poll(async () => (await rows())[0])
    .toMatchObject({ attempts: 12, max_attempts: 12, locked: false });
  const [row] = await rows();
  expect(row!.last_error).toMatch(/^TypeError/);
  expect(row!.text).not.toContain("private words");
  await database
    .cluster()
    .owner.query("update graphile_worker._private_jobs set run_at = now() - interval '1 hour'");
  await database.cluster().owner.query('notify "jobs:insert", \'{"count":1}\'');
  await enqueue("letter", { sealed: "another" });
  await expect.poll(() => tries).toBe(2);
});

test("what is thrown and is no error is kept as unknown", async () => {
  await start({ letter: () => Promise.reject("ada@clinic.example") });
  await enqueue("letter", {});
  await expect.poll(async () => (await rows())[0]?.last_error ?? "").toMatch(/^unknown/);
  expect((await rows())[0]!.text).not.toContain("ada");
});

test("two nodes do each job once", async () => {
  const done: unknown[] = [];
  const tasks: Tasks = { letter: async ({ payload }) => void done.push(payload["nth"]) };
  await Promise.all([start(tasks), start(tasks)]);
  for (let nth = 0; nth < 40; nth++) await enqueue("letter", { nth });
  await expect.poll(rows, { timeout: 10_000 }).toEqual([]);
  expect(done.toSorted((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 40 }, (_, nth) => nth),
  );
});

test("stopping waits for what is being done", async () => {
  let finish = () => {};
  let finished = false;
  const jobs = await start({
    letter: () =>
      new Promise<void>((resolve) => {
        finish = () => {
          finished = true;
          resolve();
        };
      }),
  });
  running.splice(0);
  await enqueue("letter", {});
  await expect.poll(async () => (await rows())[0]?.attempts).toBe(1);
  let stopped = false;
  const stopping = jobs.stop().then(() => (stopped = true));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(finished).toBe(true);
  await expect.poll(rows, { timeout: 3000 }).toEqual([]);
});

// Nodes that die -----------------------------------------------------------------------------------

const LOOK_EVERY = 300;
const PATIENT = { timeout: 20_000 };

/** Another process on the same queue, that takes a letter and never gets done with it. */
function startOther(): ChildProcess {
  const [jobs, log] = ["jobs.ts", "log.ts"].map((name) => join(import.meta.dirname, name));
  const other = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { startJobs } from ${JSON.stringify(jobs)};
       import { silentLog } from ${JSON.stringify(log)};
       const letter = () => new Promise(() => {});
       await startJobs(${JSON.stringify(database.address())}, { letter }, [], [], silentLog, ${LOOK_EVERY});`,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  others.push(other);
  return other;
}

const presences = async (): Promise<number[]> =>
  (
    await database.cluster().owner.query<{ pid: number }>(
      `select a.pid from pg_stat_activity a join pg_locks l using (pid)
       where a.application_name = 'callroom_presence' and l.locktype = 'advisory' and l.granted
         and a.datname = current_database()`,
    )
  ).rows.map(({ pid }) => pid);

test("what a node was at when it was killed goes on elsewhere, and while it lives it stays its own", async () => {
  const done: unknown[] = [];
  const other = startOther();
  await expect.poll(async () => (await presences()).length, PATIENT).toBe(1);
  await enqueue("letter", { nth: 1 });
  await expect.poll(async () => (await rows())[0]?.locked, PATIENT).toBe(true);
  await start(
    { letter: async ({ payload, attempt }) => void done.push([payload, attempt]) },
    LOOK_EVERY,
  );
  await sleep(5 * LOOK_EVERY);
  expect([done, (await rows())[0]]).toMatchObject([[], { attempts: 1, locked: true }]);
  other.kill("SIGKILL");
  await expect.poll(() => done, PATIENT).toEqual([[{ nth: 1 }, 2]]);
  await expect.poll(rows, PATIENT).toEqual([]);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: "warn", msg: "what a node was at when it died goes on", count: 1 },
  ]);
});

test("what the only node was at when it was killed is done after the next start", async () => {
  const done: unknown[] = [];
  await enqueue("letter", { nth: 1 });
  await database
    .cluster()
    .owner.query(
      "update graphile_worker._private_jobs set locked_by = 'pool-killed', locked_at = now(), attempts = 1",
    );
  await start(
    { letter: async ({ payload, attempt }) => void done.push([payload, attempt]) },
    LOOK_EVERY,
  );
  await expect.poll(() => done, PATIENT).toEqual([[{ nth: 1 }, 2]]);
  await expect.poll(rows, PATIENT).toEqual([]);
});

test("a node whose session breaks while it is at work is not taken for dead", async () => {
  const lookEvery = 1200;
  let [begun, finish] = [0, () => {}];
  const letter = () => {
    begun += 1;
    return new Promise<void>((resolve) => (finish = resolve));
  };
  await start({ letter }, lookEvery);
  await enqueue("letter", {});
  await expect.poll(() => begun, PATIENT).toBe(1);
  await expect.poll(async () => (await presences()).length, PATIENT).toBe(1);
  const [own] = await presences();
  await start({ letter: async () => void (begun += 1) }, lookEvery);
  await expect.poll(async () => (await presences()).length, PATIENT).toBe(2);
  await database.cluster().owner.query("select pg_terminate_backend($1)", [own]);
  await expect.poll(presences, PATIENT).not.toContain(own);
  await expect.poll(async () => (await presences()).length, PATIENT).toBe(2);
  await sleep(3 * lookEvery);
  expect([begun, (await rows())[0]]).toMatchObject([1, { attempts: 1, locked: true }]);
  finish();
  await expect.poll(rows, PATIENT).toEqual([]);
});

test("a node that stops leaves no lock behind", async () => {
  const jobs = await start({});
  await expect.poll(async () => (await presences()).length, PATIENT).toBe(1);
  running.splice(0);
  await jobs.stop();
  expect(await presences()).toEqual([]);
});
