import { ADVISORY_LOCKS } from "#platform/server/advisory-locks.ts";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { useNamedDatabase } from "../../../tests/database.ts";
import {
  fictionalRow,
  headingLine,
  npiOf,
  rowLine,
  type RegistryRow,
} from "../../../tests/registry-file.ts";
import { importRegistry, planRegistryImport } from "./registry-import.ts";

const database = useNamedDatabase();
let folder: string;
let client: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callroom-registry-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  client = await connected();
  await client.query("truncate registry.person, registry.import");
});
afterEach(() => client.end());

async function connected(): Promise<pg.Client> {
  const made = new pg.Client(database.address());
  await made.connect();
  return made;
}

async function fileOf(rows: readonly RegistryRow[], name = "month.csv"): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${[headingLine(), ...rows.map((row) => rowLine(row))].join("\n")}\n`);
  return path;
}
const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, nth) => fictionalRow(first + nth));
async function must(path: string, onProgress: () => void = () => undefined, by = client) {
  const done = await importRegistry(by, path, onProgress);
  if (!done.ok) throw new Error(done.refusal.type);
  return done.value;
}
const refusalOf = async (path: string) => {
  const done = await importRegistry(client, path, () => undefined);
  return done.ok ? null : done.refusal;
};
const stored = async () =>
  (await client.query<{ npi: number }>("select npi from registry.person order by npi")).rows.map(
    ({ npi }) => String(npi),
  );
const isKept = (nth: number) => nth % 4 !== 3 && (nth % 5 === 0 || nth % 20 === 1);
const kept = (first: number, count: number) =>
  Array.from({ length: count }, (_, nth) => first + nth)
    .filter(isKept)
    .map(npiOf);

test("physicians and people in training are kept, and nobody else", async () => {
  const done = await must(await fileOf(rowsFrom(0, 400)));
  expect(done).toMatchObject({ rows: 400, kept: kept(0, 400).length });
  expect(await stored()).toEqual(kept(0, 400));
  const { rows } = await client.query("select * from registry.person where npi = $1", [npiOf(0)]);
  expect(rows).toEqual([
    {
      npi: Number(npiOf(0)),
      given_name: "PERSON0",
      family_name: "FICTIONAL-0",
      other_family_name: "",
      physician: true,
      student: false,
      import: 1,
    },
  ]);
});

test("the same file again changes nothing, and is not read again", async () => {
  const path = await fileOf(rowsFrom(0, 100));
  await must(path);
  let told = 0;
  expect(await must(path, () => (told += 1))).toMatchObject({ rows: 100 });
  expect(told).toBe(0);
});

test("a later file takes the place of an earlier: changed names change, and who is gone goes", async () => {
  await must(await fileOf(rowsFrom(0, 200)));
  const later = rowsFrom(100, 200).map((row) => ({ ...row, "Provider First Name": "NEWNAME" }));
  await must(await fileOf(later, "next-month.csv"));
  expect(await stored()).toEqual(kept(100, 200));
  const { rows } = await client.query("select distinct given_name from registry.person");
  expect(rows).toEqual([{ given_name: "NEWNAME" }]);
  expect((await client.query("select id, finished from registry.import")).rows).toEqual([
    { id: 2, finished: true },
  ]);
});

test("a number that stands twice in a file, and names that mean something to COPY, do no harm", async () => {
  const odd = {
    ...fictionalRow(0),
    "Provider Last Name (Legal Name)": "FICTIONAL\t\\.\n\\N\u0001",
  };
  await must(await fileOf([fictionalRow(0), odd, fictionalRow(0), ...rowsFrom(1, 20)]));
  expect(await stored()).toEqual(kept(0, 21));
});

/** Large enough for several batches. */
const MANY = 140_000;
const wide = ["NPI", "Entity Type Code", "Provider Last Name (Legal Name)", "Provider First Name"];
const narrow = [...wide, "NPI Deactivation Date", "Healthcare Provider Taxonomy Code_1"];

test("an import that is broken off goes on where it was, and nothing is lost or doubled", async () => {
  const path = join(folder, "large.csv");
  const lines = rowsFrom(0, MANY).map((row) => rowLine(row, narrow));
  await writeFile(path, `${[headingLine(narrow), ...lines].join("\n")}\n`);
  let told = 0;
  const breaking = importRegistry(client, path, ({ read }) => {
    told += 1;
    // The beginning, then the first batch.
    if (told === 2) throw new Error(`at ${read}`);
  });
  await expect(breaking).rejects.toThrow("at");
  const half = (await stored()).length;
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(kept(0, MANY).length);
  const plan = await planRegistryImport(client, path);
  if (!plan.ok) throw new Error(plan.refusal.type);
  expect(plan.value.from).toBeGreaterThan(0);
  expect(plan.value.from).toBeLessThan(plan.value.size);

  // Another process, as after a crash.
  const other = await connected();
  const begun: number[] = [];
  const done = await importRegistry(other, path, ({ read }) => void begun.push(read));
  await other.end();
  expect(begun[0]).toBe(plan.value.from);
  expect(done).toMatchObject({ ok: true, value: { rows: MANY, kept: kept(0, MANY).length } });
  expect(await stored()).toEqual(kept(0, MANY).toSorted());
});

test("a file that was changed since is begun anew", async () => {
  const path = await fileOf(rowsFrom(0, 50));
  await client.query("insert into registry.import (id, file, next_byte) values (4, '\\x00', 900)");
  expect((await planRegistryImport(client, path)).ok).toBe(true);
  await must(path);
  expect(await stored()).toEqual(kept(0, 50));
});

test("to say what would be done does nothing", async () => {
  const plan = await planRegistryImport(client, await fileOf(rowsFrom(0, 100)));
  expect(plan).toMatchObject({
    ok: true,
    value: { from: 0, sample: { rows: 100, kept: kept(0, 100).length } },
  });
  expect(await stored()).toEqual([]);
  expect((await client.query("select 1 from registry.import")).rowCount).toBe(0);
});

test("two imports don't run at once", async () => {
  const other = await connected();
  await other.query(`select pg_advisory_lock(${ADVISORY_LOCKS.registryImport})`);
  expect(await refusalOf(await fileOf(rowsFrom(0, 10)))).toEqual({ type: "ImportRuns" });
  await other.end();
});

test("what is no registry is named", async () => {
  const write = async (name: string, text: string | Buffer) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  expect(await refusalOf(join(folder, "none.csv"))).toEqual({ type: "NoFile" });
  expect(await refusalOf(folder)).toEqual({ type: "NoFile" });
  expect(await refusalOf(await write("a.zip", "PK\u0003\u0004…"))).toEqual({ type: "Packed" });
  expect(await refusalOf(await write("empty.csv", ""))).toMatchObject({ type: "ColumnsMissing" });
  expect(await refusalOf(await write("other.csv", "a,b,c\n1,2,3\n"))).toMatchObject({
    type: "ColumnsMissing",
  });
  const open = `${headingLine()}\n${rowLine(fictionalRow(0))}\n"${"x".repeat(3_000_000)}`;
  expect(await refusalOf(await write("open.csv", open))).toEqual({ type: "RowTooLong" });
});
