import { afterEach, describe, expect, test } from "vitest";
import { community, testIssuer, testKey } from "../../../tests/pass-issuer.ts";
import { useNamelessDatabase } from "../../../tests/database.ts";
import { headOf, type KeyLogEntry } from "../key-log.ts";
import { issuingPeriod } from "../period.ts";
import { makeNamelessKeys } from "./nameless-keys.ts";
import { makeCurrentLog } from "./nameless-origin.ts";
import type { NamelessPassTables } from "./nameless-tables.ts";

const database = useNamelessDatabase();
const months = ["2026-11-22", "2026-12-22", "2027-01-22", "2027-02-22"].map((day) =>
  issuingPeriod("circle-badge", day),
);
const week = issuingPeriod("session-token", "2026-12-22");
const periods = [...months, week];
const WEEK = 4;
const issuer = testIssuer(periods);
const entries: readonly KeyLogEntry[] = issuer.log.keys.map((key) => ({
  period: key.period,
  spki: key.issuer.spki,
}));
const TODAY = "2027-01-05";

const keys = () => makeNamelessKeys(database.cluster());
const db = () => database.cluster().as<NamelessPassTables>("pass");
const ask = (statement: string) =>
  database.cluster().owner.query<Record<string, unknown>>(statement);
const rows = async () => (await ask("select * from pass.logged_key order by position")).rows;

afterEach(async () => {
  const { rows: partitions } = await ask(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'pass.spent'::regclass",
  );
  for (const { name } of partitions) await ask(`drop table ${String(name)}`);
  await ask("truncate pass.logged_key, pass.challenge_root, pass.used_challenge");
});

describe("the log", () => {
  test("is taken as it is given, grows, and has the head of the named side", async () => {
    const current = makeCurrentLog(db(), community);
    expect(headOf((await current()).log).length).toBe(0);
    await keys().append(entries.slice(0, 2));
    expect(headOf((await current()).log)).toEqual({ length: 2, hash: issuer.log.hashes[2] });
    await keys().append(entries);
    expect(headOf((await current()).log)).toEqual(headOf(issuer.log));
  });

  test("given again, or by a node that knows less, stays as it is", async () => {
    await keys().append(entries);
    const before = await rows();
    await keys().append(entries);
    await keys().append(entries.slice(0, 3));
    await keys().append([]);
    expect(await rows()).toEqual(before);
  });

  test("is given by several nodes at once, and has each key once", async () => {
    await Promise.all([5, 2, 5, 3, 1, 4].map((length) => keys().append(entries.slice(0, length))));
    expect((await rows()).map(({ name }) => name)).toEqual(periods.map(({ name }) => name));
  });

  test("that isn't an extension is refused, and nothing of it is kept", async () => {
    await keys().append(entries.slice(0, 3));
    const before = await rows();
    const other = testKey().spki;
    const swapped = entries.with(1, { ...entries[1]!, spki: other });
    const twice = [...entries.slice(0, 3), { ...entries[3]!, period: months[0]! }];
    const days = { ...week, endsOn: "2030-01-01" };
    for (const wrong of [
      swapped,
      swapped.slice(0, 2),
      entries.toReversed(),
      entries.slice(1),
      twice,
      entries.with(WEEK, { period: days, spki: entries[WEEK]!.spki }),
      entries.with(3, { ...entries[3]!, spki: other.subarray(1) }),
    ])
      await expect(keys().append(wrong)).rejects.toThrow(/key log/);
    expect(await rows()).toEqual(before);
  });

  test("can't be written, nor its standings, by the role that answers requests", async () => {
    await keys().append(entries);
    for (const statement of [
      "update pass.logged_key set holders = 9000",
      "update pass.logged_key set standing = 'counts'",
      "delete from pass.logged_key",
      "delete from pass.spent",
      "update pass.spent set act = pass",
      "truncate pass.used_challenge",
      "select pass.after_restore('2026-01-01', '2026-01-01')",
    ]) {
      const client = await database.cluster().owner.connect();
      try {
        await client.query("begin; set local role callroom_pass");
        await expect(client.query(statement)).rejects.toThrow(/permission denied/);
      } finally {
        await client.query("rollback");
        client.release();
      }
    }
  });
});

describe("the Origin", () => {
  const crowd = (holders: number) => [{ purpose: week.purpose, name: week.name, holders }];
  const isTaken = async (current: ReturnType<typeof makeCurrentLog>) =>
    (await current()).origin.accept(issuer.pass(WEEK), "session-token", TODAY).ok;

  test("takes a pass once its key is in the log and twenty hold passes of it, on every node", async () => {
    const nodes = [makeCurrentLog(db(), community), makeCurrentLog(db(), community)];
    const taken = () => Promise.all(nodes.map(isTaken));
    expect(await taken()).toEqual([false, false]);
    await keys().append(entries);
    expect(await taken()).toEqual([false, false]);
    await keys().setCrowds(crowd(19));
    expect(await taken()).toEqual([false, false]);
    await keys().setCrowds(crowd(20));
    expect(await taken()).toEqual([true, true]);
  });

  test("stays open when holders leave, and shows how many are left", async () => {
    const current = makeCurrentLog(db(), community);
    await keys().append(entries);
    await keys().setCrowds(crowd(20));
    await keys().setCrowds(crowd(12));
    expect(await isTaken(current)).toBe(true);
    expect((await current()).states[WEEK]).toEqual({
      holders: 12,
      opened: true,
      standing: "counts",
    });
  });

  test("is made once for as long as nothing changes", async () => {
    const current = makeCurrentLog(db(), community);
    await keys().append(entries);
    expect((await current()).origin).toBe((await current()).origin);
    const before = (await current()).origin;
    await keys().setCrowds(crowd(7));
    expect((await current()).origin).not.toBe(before);
  });

  test("begins nothing under a key that counted when a restored backup was made or since", async () => {
    const current = makeCurrentLog(db(), community);
    await keys().append(entries);
    for (const period of periods) await keys().setCrowds([{ ...period, holders: 300 }]);
    // Made before the week's passes were issued, restored while they were.
    await ask("select pass.after_restore('2026-12-20', '2026-12-29')");
    expect((await rows()).map(({ name, standing }) => [name, standing])).toEqual([
      ["2026-12", "closed"],
      ["2027-01", "closed"],
      ["2027-02", "counts"],
      ["2027-03", "counts"],
      ["2026-12-28", "closed"],
    ]);
    expect(await isTaken(current)).toBe(false);
  });
});

describe("a key whose last day has passed", () => {
  test("loses its spent list, and counts no more even if the clock is set back", async () => {
    const current = makeCurrentLog(db(), community);
    await keys().append(entries);
    await keys().setCrowds([{ ...week, holders: 100 }]);
    await ask(
      "insert into pass.spent (key, pass, act) values ('session-token 2026-12-28', sha256('a'), sha256('b')), ('circle-badge 2027-01', sha256('a'), sha256('b'))",
    );
    const accepted = async () =>
      (await current()).origin.accept(issuer.pass(WEEK), "session-token", week.endsOn).ok;
    await keys().forget(week.endsOn);
    expect(await accepted()).toBe(true);
    await keys().forget("2027-07-26");
    await keys().forget("2027-07-27");
    expect(await accepted()).toBe(false);
    expect((await rows()).every(({ standing }) => standing === "over")).toBe(true);
    expect((await ask("select 1 from pass.spent")).rowCount).toBe(0);
    const { rowCount } = await ask("select 1 from pg_class where relname ~ '^spent_[0-9]'");
    expect(rowCount).toBe(0);
  });

  test("and no other loses anything", async () => {
    await keys().append(entries);
    await ask(
      "insert into pass.spent (key, pass, act) values ('circle-badge 2027-01', sha256('a'), sha256('b'))",
    );
    await keys().forget("2027-04-30");
    expect((await rows()).map(({ standing }) => standing)).toEqual([
      "over",
      "counts",
      "counts",
      "counts",
      "counts",
    ]);
    expect((await ask("select 1 from pass.spent")).rowCount).toBe(1);
  });
});

test("nothing in this cluster counts up by itself, and passes have no time finer than a day", async () => {
  const sequences = await ask("select sequencename from pg_sequences");
  expect(sequences.rows).toEqual([]);
  const times = await ask(
    `select table_name, column_name from information_schema.columns
     where table_schema = 'pass' and data_type ~ '^(time|interval)'`,
  );
  expect(times.rows).toEqual([]);
});
