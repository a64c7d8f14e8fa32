/** The learn schema as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { ColumnType } from "kysely";

export interface LearnTables {
  "learn.course": { id: string; course: ColumnType<unknown, string, never> };
}
