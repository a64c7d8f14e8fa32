/** The slices' table types name exactly the columns that the migrated database has. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { expect, test } from "vitest";
import { useNamedDatabase, useNamelessDatabase, type TestDatabase } from "./database.ts";

const named = useNamedDatabase();
const nameless = useNamelessDatabase();

test.each([
  ["vault", "vault/server/tables.ts"],
  ["identity", "identity/server/tables.ts"],
  ["pass", "pass/server/issue-tables.ts"],
  ["reflect", "reflect/instrument/server/tables.ts"],
  ["learn", "learn/server/tables.ts"],
  ["coaching", "coaching/server/tables.ts"],
  ["stewardship", "stewardship/server/tables.ts"],
  ["registry", "stewardship/server/registry-tables.ts"],
])("the types of %s name every column and no other", (schema, path) =>
  compare(named, schema, path),
);

test.each([["pass", "pass/server/nameless-tables.ts"]])(
  "the types of nameless %s name every column and no other",
  (schema, path) => compare(nameless, schema, path),
);

async function compare(
  database: Pick<TestDatabase<{ readonly owner: pg.Pool }>, "cluster">,
  schema: string,
  path: string,
): Promise<void> {
  const file = join(import.meta.dirname, "../src", path);
  const found = await database.cluster().owner.query<{ name: string; columns: string[] }>(
    `select table_schema || '.' || table_name as name, array_agg(column_name::text order by column_name) as columns
       from information_schema.columns
       -- Parts come with their whole.
       where table_schema = $1 and not (select relispartition from pg_class
         where oid = format('%I.%I', table_schema, table_name)::regclass)
       group by 1`,
    [schema],
  );
  const stored = new Map(found.rows.map(({ name, columns }) => [name, columns]));
  expect(columnsByTable(await readFile(file, "utf8"))).toEqual(stored);
  expect(stored.size).toBeGreaterThan(0);
}

/** Reads `"vault.safe": { id: string; … }` out of the source. */
function columnsByTable(source: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const [, name, body] of source.matchAll(/"(\w+\.\w+)": \{([^}]*)\}/g)) {
    const plain = body!.replace(/\/\*\*?[\s\S]*?\*\/|\/\/.*$/gm, "");
    tables.set(name!, [...plain.matchAll(/(\w+)\??:/g)].map((match) => match[1]!).toSorted());
  }
  return tables;
}
