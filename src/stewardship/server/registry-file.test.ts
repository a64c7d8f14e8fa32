import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fictionalRow, headingLine, npiOf, rowLine } from "../../../tests/registry-file.ts";
import {
  readRows,
  registryColumns,
  RowTooLong,
  rowToPerson,
  type CsvRow,
} from "./registry-file.ts";

const chunksOf = (text: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, nth) =>
    text.subarray(nth * size, (nth + 1) * size),
  );

async function rowsOf(text: string | Buffer, chunk = 1 << 20): Promise<string[][]> {
  const rows: string[][] = [];
  const onRow = (row: CsvRow) => void rows.push(row.fields());
  const bytes = chunksOf(Buffer.from(text), chunk);
  await readRows(Readable.from(bytes), onRow, () => Promise.resolve());
  return rows;
}

test("commas, quotes and line ends within quotes are a field's own", async () => {
  const text = 'a,"b, c","d ""e"" f"\r\n"1\n2",,""\n';
  expect(await rowsOf(text)).toEqual([
    ["a", "b, c", 'd "e" f'],
    ["1\n2", "", ""],
  ]);
});

test("a last line without an end counts, an empty file has no row", async () => {
  expect(await rowsOf("a,b\nc,d")).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  expect(await rowsOf("")).toEqual([]);
});

test("however the stream is cut, the rows are the same, and their bytes add up", async () => {
  const cell = fc.stringMatching(/^[a-zA-Z0-9"',\n\r äß雪-]{0,12}$/).map((text) => text.trim());
  const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (cells, size) => {
      const line = (row: string[]) =>
        row.map((each) => `"${each.replaceAll('"', '""')}"`).join(",");
      const text = Buffer.from(cells.map((row) => `${line(row)}\r\n`).join(""));
      const rows: string[][] = [];
      let bytes = 0;
      await readRows(
        Readable.from(chunksOf(text, size)),
        (row) => {
          rows.push(row.fields());
          bytes += row.bytes;
        },
        () => Promise.resolve(),
      );
      expect(rows).toEqual(cells);
      expect(bytes).toBe(text.length);
    }),
    { numRuns: 200 },
  );
});

test("a quote that is never closed ends the reading, not the memory", async () => {
  const text = `"${"x".repeat(5 * 1024 * 1024)}`;
  await expect(rowsOf(text, 64 * 1024)).rejects.toThrow(RowTooLong);
});

test("more columns than anybody has do no harm", async () => {
  const [row] = await rowsOf(`${"a,".repeat(5000)}b\n`);
  expect(row!.length).toBeLessThanOrEqual(1000);
});

const heading = headingLine().slice(1, -1).split('","');
const columnsIn = (names: readonly string[]) => {
  const found = registryColumns(names);
  if (!found.ok) throw new Error(found.refusal.lacking.join());
  return found.value;
};

async function personOf(row: Record<string, string>) {
  let person: ReturnType<typeof rowToPerson> = null;
  const columns = columnsIn(heading);
  await readRows(
    Readable.from([Buffer.from(rowLine(row))]),
    (read) => {
      person = rowToPerson(read, columns);
    },
    () => Promise.resolve(),
  );
  return person as ReturnType<typeof rowToPerson>;
}

const physician = fictionalRow(0);

test("a physician is kept with name and number, and nothing else of the row", async () => {
  expect(await personOf(physician)).toEqual({
    npi: npiOf(0),
    givenName: "PERSON0",
    familyName: "FICTIONAL-0",
    otherFamilyName: "",
    physician: true,
    student: false,
  });
});

test("any of the fifteen taxonomies may be a physician's or a student's", async () => {
  const other = { ...physician, "Healthcare Provider Taxonomy Code_1": "363L00000X" };
  expect(await personOf(other)).toBeNull();
  const fifteenth = { ...other, "Healthcare Provider Taxonomy Code_15": "208D00000X" };
  expect(await personOf(fifteenth)).toMatchObject({ physician: true, student: false });
  const student = { ...other, "Healthcare Provider Taxonomy Code_2": "390200000X" };
  expect(await personOf(student)).toMatchObject({ physician: false, student: true });
});

test("organisations, wrong numbers, short rows and numbers taken back are left out", async () => {
  expect(await personOf({ ...physician, "Entity Type Code": "2" })).toBeNull();
  expect(await personOf({ ...physician, NPI: "1234567890" })).toBeNull();
  const gone = { ...physician, "NPI Deactivation Date": "05/06/2020" };
  expect(await personOf(gone)).toBeNull();
  expect(await personOf({ ...gone, "NPI Reactivation Date": "07/08/2021" })).not.toBeNull();
  const columns = columnsIn(heading);
  await readRows(
    Readable.from([Buffer.from(rowLine(physician).split(",").slice(0, 40).join(","))]),
    (row) => expect(rowToPerson(row, columns)).toBeNull(),
    () => Promise.resolve(),
  );
});

test("columns are found wherever they stand, and what lacks is named", () => {
  expect(columnsIn(heading.toReversed()).taxonomies).toHaveLength(15);
  const lacking = heading.filter((name) => !/^NPI$|^Provider First Name$/.test(name));
  expect(registryColumns(lacking)).toEqual({
    ok: false,
    refusal: { type: "ColumnsMissing", lacking: ["NPI", "Provider First Name"] },
  });
  const without = heading.filter((name) => name !== "Provider Other Last Name");
  expect(columnsIn(without).otherFamilyName).toBe(-1);
});
