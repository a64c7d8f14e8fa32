/** The vault schema as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { Generated } from "kysely";

export interface VaultTables {
  "vault.safe": { id: string; sequence: Generated<number>; bytes_used: Generated<number> };
  "vault.wrap": { safe: string; slot: string; sealed: Buffer };
  "vault.record": {
    safe: string;
    collection: Buffer;
    id: Buffer;
    version: number;
    sequence: number;
    sealed: Buffer;
  };
}
