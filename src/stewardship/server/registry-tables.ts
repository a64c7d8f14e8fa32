/** The public registry of physicians as its migration leaves it; tests/tables.test.ts holds it to the database. */
import type { Generated } from "kysely";

export interface RegistryTables {
  "registry.person": {
    npi: number;
    given_name: string;
    family_name: string;
    other_family_name: string;
    physician: boolean;
    student: boolean;
    import: number;
  };
  "registry.import": {
    id: number;
    file: Buffer;
    next_byte: Generated<number>;
    rows_read: Generated<number>;
    rows_kept: Generated<number>;
    finished: Generated<boolean>;
  };
}
