/** The pass schema of the named cluster as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { Generated } from "kysely";
import type { IdentityTables } from "#identity/server/tables.ts";

interface PassTables {
  "pass.community": {
    only_one: Generated<boolean>;
    issuer_name: string;
    origin_info: string;
  };
  "pass.issuer_key": {
    purpose: string;
    name: string;
    issued_from: string;
    issued_until: string;
    begins_from: string;
    begins_until: string;
    ends_on: string;
    spki: Buffer;
    sealed: Buffer | null;
    position: number | null;
    closed: Generated<boolean>;
  };
  "pass.issued": {
    account: string;
    purpose: string;
    period: string;
    counted_by: string;
    slot: number;
    request: Buffer;
  };
}

/** With what issuing may see of identity: who is verified. */
export type IssuingTables = PassTables & Pick<IdentityTables, "identity.verification">;
