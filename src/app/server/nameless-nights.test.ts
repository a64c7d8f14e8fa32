import { Kysely, PostgresDialect } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { silentLog } from "#platform/server/log.ts";
import { useNamedDatabase, useNamelessDatabase } from "../../../tests/database.ts";
import { namelessNights } from "./nameless-nights.ts";

const [named, nameless] = [useNamedDatabase(), useNamelessDatabase()];
const NOW = Date.parse("2027-01-05T03:17:00Z");
const forgotten: string[] = [];

const tasks = () =>
  namelessNights({
    queue: new Kysely<never>({ dialect: new PostgresDialect({ pool: named.cluster().owner }) }),
    nameless: nameless.cluster(),
    keys: { forget: (today) => Promise.resolve(void forgotten.push(today)) },
    clock: { now: () => NOW },
    log: silentLog,
  });
const run = (task: string) => tasks()[task]!({ payload: {}, attempt: 1 });
const planned = async () =>
  (
    await named
      .cluster()
      .owner.query<{ minutes: number }>(
        "select extract(epoch from run_at - $1::timestamptz)::float8 / 60 as minutes from graphile_worker._private_jobs",
        [new Date(NOW)],
      )
  ).rows.map(({ minutes }) => minutes);

beforeEach(() => named.cluster().owner.query("delete from graphile_worker._private_jobs"));

test("the night comes once, at a minute within three hours that nobody can foretell", async () => {
  const minutes = new Set<number>();
  for (let day = 0; day < 10; day++) {
    // Planned twice, as by two nodes, it still comes once.
    await run("plan-nameless-night");
    await run("plan-nameless-night");
    const [only, ...others] = await planned();
    expect(others).toEqual([]);
    expect(only).toBeGreaterThanOrEqual(0);
    expect(only).toBeLessThan(180);
    minutes.add(Math.round(only!));
  }
  expect(minutes.size).toBeGreaterThan(4);
});

test("it forgets what has ended, and the order of what is left", async () => {
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

test("forgetting times needs nothing to have happened", async () => {
  await run("forget-nameless-times");
  await run("forget-nameless-times");
});
