/** The nameless pass schema as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { ColumnType, Generated } from "kysely";

export interface NamelessPassTables {
  "pass.cluster": {
    only_one: Generated<boolean>;
    purpose: string;
  };
  "pass.logged_key": {
    position: number;
    purpose: string;
    name: string;
    issued_from: string;
    issued_until: string;
    begins_from: string;
    begins_until: string;
    ends_on: string;
    spki: Buffer;
    holders: Generated<number>;
    opened: Generated<boolean>;
    standing: Generated<KeyStanding>;
  };
  "pass.spent": {
    key: string;
    pass: Buffer;
    act: Buffer;
    answer: ColumnType<unknown, string | null, string>;
  };
  "pass.challenge_root": {
    only_one: Generated<boolean>;
    root: Buffer;
  };
  "pass.used_challenge": {
    nonce: Buffer;
  };
}

/** `closed`: a restored backup may not know what was spent. `over`: what was spent is destroyed. */
export type KeyStanding = "counts" | "closed" | "over";
