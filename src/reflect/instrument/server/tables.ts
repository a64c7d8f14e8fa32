/** The reflect schema as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { ColumnType } from "kysely";

export interface InstrumentTables {
  "reflect.instrument": {
    id: string;
    questionnaire: string;
    licence: ColumnType<unknown, string, string>;
  };
}
