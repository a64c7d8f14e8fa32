import { afterEach, beforeEach, expect, test } from "vitest";
import { useNamedDatabase } from "../../../tests/database.ts";
import { freeJobs, startJobs, type Jobs, type Tasks } from "./jobs.ts";
import { makeLog } from "./log.ts";

const database = useNamedDatabase();
const lines: string[] = [];
const log = makeLog({ level: "debug", write: (line) => lines.push(line), now: () => Date.now() });
const running: Jobs[] = [];

beforeEach(async () => {
  lines.length = 0;
  await database.cluster().owner.query("truncate graphile_worker._private_jobs");
});
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
});

async function start(tasks: Tasks): Promise<Jobs> {
  const jobs = await startJobs(database.address(), tasks, [], [], log);
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

test("what a killed process was at is done at the next start", async () => {
  const done: unknown[] = [];
  const { owner } = database.cluster();
  await enqueue("letter", { nth: 1 });
  await owner.query(
    "update graphile_worker._private_jobs set locked_by = 'pool-killed', locked_at = now(), attempts = 1",
  );
  await freeJobs(owner);
  await start({ letter: async ({ payload, attempt }) => void done.push([payload, attempt]) });
  await expect.poll(() => done).toEqual([[{ nth: 1 }, 2]]);
  await expect.poll(rows).toEqual([]);
});
