import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { useNamelessDatabase } from "../../../tests/database.ts";
import { makeChallenges } from "./challenges.ts";
import { makeNamelessKeys } from "./nameless-keys.ts";
import type { NamelessPassTables } from "./nameless-tables.ts";

const database = useNamelessDatabase();
const MINUTE = 60_000;
// The last millisecond of a span of five minutes: the shortest that a challenge can live.
const LATE = Date.parse("2027-01-05T10:05:00Z") - 1;
const clock = { at: LATE, now: () => clock.at };
const db = () => database.cluster().as<NamelessPassTables>("pass");
const challenges = (ahead = 0) => makeChallenges(db(), { now: () => clock.at + ahead });
const use = (challenge: Uint8Array, ahead = 0) =>
  db()
    .transaction()
    .execute((within) => challenges(ahead).use(within, challenge));

beforeEach(async () => {
  clock.at = LATE;
  await makeNamelessKeys(database.cluster()).forget("2027-01-05");
});

test("a challenge is 32 fresh bytes, good once, on any node", async () => {
  const [one, other] = [await challenges().make(), await challenges().make()];
  expect([one.length, other.length]).toEqual([32, 32]);
  expect(one).not.toEqual(other);
  expect([await use(one), await use(one), await use(other), await use(other)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test("it is good for five minutes at least and ten at most", async () => {
  const late = await challenges().make();
  clock.at += 1;
  const early = await challenges().make();
  clock.at = LATE + 5 * MINUTE;
  expect(await use(late)).toBe(true);
  clock.at = LATE + 10 * MINUTE;
  expect(await use(early)).toBe(true);
  const again = await challenges().make();
  clock.at += 10 * MINUTE + 1;
  expect(await use(again)).toBe(false);
});

test("a node whose clock is a minute ahead or behind takes it too", async () => {
  const challenge = await challenges(MINUTE).make();
  expect(await use(challenge)).toBe(true);
  const other = await challenges().make();
  expect(await use(other, MINUTE)).toBe(true);
});

test("one that nobody made, or that was altered, is refused and leaves nothing", async () => {
  const challenge = await challenges().make();
  for (let at = 0; at < 32; at++)
    expect(await use(challenge.with(at, challenge[at]! ^ 1)), `byte ${at}`).toBe(false);
  const others = [new Uint8Array(32), randomBytes(32), new Uint8Array(0), challenge.subarray(1)];
  for (const wrong of [...others, Uint8Array.from([...challenge, 0])])
    expect(await use(wrong)).toBe(false);
  expect(await rowsIn("used_challenge")).toBe(0);
  expect(await use(challenge)).toBe(true);
});

test("of a thousand uses at once one counts", async () => {
  const challenge = await challenges().make();
  const used = await Promise.all(Array.from({ length: 1000 }, () => use(challenge)));
  expect(used.filter(Boolean)).toHaveLength(1);
});

test("used in a transaction that is rolled back, it is still good", async () => {
  const challenge = await challenges().make();
  const failing = db()
    .transaction()
    .execute(async (within) => {
      await challenges().use(within, challenge);
      throw new Error("the act failed");
    });
  await expect(failing).rejects.toThrow("the act failed");
  expect(await use(challenge)).toBe(true);
});

test("making one writes nothing, and what is used goes at night with all that was made", async () => {
  const unused = await challenges().make();
  // A transaction that may not write at all is enough.
  const used = await db()
    .transaction()
    .setAccessMode("read only")
    .execute((within) => makeChallenges(within, clock).make());
  expect(await use(used)).toBe(true);
  expect(await rowsIn("used_challenge")).toBe(1);
  await makeNamelessKeys(database.cluster()).forget("2027-01-06");
  expect(await rowsIn("used_challenge")).toBe(0);
  expect([await use(used), await use(unused)]).toEqual([false, false]);
  expect(await use(await challenges().make())).toBe(true);
});

test("neither the root nor what was used is in the write-ahead log or in a backup", async () => {
  const { rows } = await database
    .cluster()
    .owner.query(
      "select relname, relpersistence from pg_class where relname in ('challenge_root', 'used_challenge') order by 1",
    );
  expect(rows).toEqual([
    { relname: "challenge_root", relpersistence: "u" },
    { relname: "used_challenge", relpersistence: "u" },
  ]);
});

test("several nodes that make the first one at once make it of one root", async () => {
  const made = await Promise.all([1, 2, 3, 4].map(() => challenges().make()));
  expect(await Promise.all(made.map((each) => use(each)))).toEqual([true, true, true, true]);
  expect(await rowsIn("challenge_root")).toBe(1);
});

async function rowsIn(table: string): Promise<number> {
  const { rows } = await database
    .cluster()
    .owner.query<{ count: number }>(`select count(*)::int as count from pass.${table}`);
  return rows[0]!.count;
}
