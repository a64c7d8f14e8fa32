/** The stewardship schema as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { ColumnType, Generated } from "kysely";

export interface StewardshipTables {
  "stewardship.sponsor": { id: string; name: string; kind: Generated<string> };
  "stewardship.document": { asking: string; epoch: number; sealed: Buffer };
  "stewardship.steward_log_entry": {
    sequence: number;
    entry: ColumnType<unknown, string, never>;
  };
  "stewardship.epoch_wrap": { epoch: number; account: string; sealed: Buffer };
  "stewardship.key_binding": { account: string; binding: Buffer };
  "stewardship.decision": {
    sequence: number;
    quarter: string;
    kind: string;
    detail: string;
    hash: Buffer;
  };
}
