import { Kysely, PostgresDialect } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { silentLog } from "#platform/server/log.ts";
import { useNamedDatabase, useNamelessDatabase } from "../../../tests/database.ts";
import { nights } from "./nights.ts";

const [named, nameless] = [useNamedDatabase(), useNamelessDatabase()];
const NOW = Date.parse("2027-01-05T03:17:00Z");
const forgotten: string[] = [];

const tasks = () =>
  nights({
    queue: new Kysely<never>({ dialect: new PostgresDialect({ pool: named.cluster().owner }) }),
    named: named.cluster(),
    nameless: nameless.cluster(),
    keys: { forget: (today) => Promise.resolve(void forgotten.push(today)) },
    clock: { now: () => NOW },
    log: silentLog,
  });
const run = (task: string) => tasks()[task]!({ payload: {}, attempt: 1 });
const planned = async () =>
  (
    await named.cluster().owner.query<{ task: string; minutes: number }>(
      `select task_identifier as task, extract(epoch from run_at - $1::timestamptz)::float8 / 60 as minutes
         from graphile_worker.jobs order by 1`,
      [new Date(NOW)],
    )
  ).rows;

beforeEach(() => named.cluster().owner.query("delete from graphile_worker._private_jobs"));

test("each database's night comes once, at a minute of its own within three hours that nobody can foretell", async () => {
  const minutes = new Set<number>();
  for (let day = 0; day < 10; day++) {
    // Planned twice, as by two nodes, each still comes once.
    await run("plan-nights");
    await run("plan-nights");
    const both = await planned();
    expect(both.map(({ task }) => task)).toEqual(["named-night", "nameless-night"]);
    for (const night of both) {
      expect(night.minutes).toBeGreaterThanOrEqual(0);
      expect(night.minutes).toBeLessThan(180);
      minutes.add(Math.round(night.minutes));
    }
  }
  expect(minutes.size).toBeGreaterThan(8);
});

test("the nameless one forgets what has ended, and the order of what is left", async () => {
  const { owner } = nameless.cluster();
  for (let number = 0; number < 5; number++)
    await owner.query(
      "insert into pass.logged_key values ($1, 'p', $2, '2027-01-01', '2027-01-01', '2027-01-01', '2027-01-01', '2027-01-01', '')",
      [number, String(number)],
    );
  await run("nameless-night");
  expect(forgotten).toEqual(["2027-01-05"]);
  const { rows } = await owner.query(
    "select count(*)::int as keys, count(distinct xmin::text)::int as by from pass.logged_key",
  );
  expect(rows).toEqual([{ keys: 5, by: 1 }]);
});

test("the named one forgets the order in which people joined", async () => {
  const { owner } = named.cluster();
  for (let number = 0; number < 5; number++)
    await owner.query("insert into vault.safe (id) values (gen_random_uuid())");
  await run("named-night");
  const { rows } = await owner.query(
    "select count(*)::int as safes, count(distinct xmin::text)::int as by from vault.safe",
  );
  expect(rows).toEqual([{ safes: 5, by: 1 }]);
});

test("forgetting times needs nothing to have happened", async () => {
  await run("forget-times");
  await run("forget-times");
});
