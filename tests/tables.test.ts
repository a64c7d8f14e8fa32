/** The slices' table types name exactly the columns that the migrated database has. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useNamedDatabase } from "./database.ts";

const database = useNamedDatabase();

test.each([
  ["vault", "vault/server/tables.ts"],
  ["identity", "identity/server/tables.ts"],
  ["coaching", "coaching/server/tables.ts"],
  ["stewardship", "stewardship/server/tables.ts"],
  ["registry", "stewardship/server/registry-tables.ts"],
])("the types of %s name every column and no other", async (schema, path) => {
  const file = join(import.meta.dirname, "../src", path);
  const found = await database.cluster().owner.query<{ name: string; columns: string[] }>(
    `select table_schema || '.' || table_name as name, array_agg(column_name::text order by column_name) as columns
       from information_schema.columns where table_schema = $1 group by 1`,
    [schema],
  );
  const stored = new Map(found.rows.map(({ name, columns }) => [name, columns]));
  expect(columnsByTable(await readFile(file, "utf8"))).toEqual(stored);
  expect(stored.size).toBeGreaterThan(0);
});

/** Reads `"vault.safe": { id: string; … }` out of the source. */
function columnsByTable(source: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const [, name, body] of source.matchAll(/"(\w+\.\w+)": \{([^}]*)\}/g)) {
    const plain = body!.replace(/\/\*\*?[\s\S]*?\*\/|\/\/.*$/gm, "");
    tables.set(name!, [...plain.matchAll(/(\w+)\??:/g)].map((match) => match[1]!).toSorted());
  }
  return tables;
}
