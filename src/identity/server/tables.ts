/** The identity schema as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { Generated } from "kysely";

export interface IdentityTables {
  "identity.community": {
    only_one: Generated<boolean>;
    name: string;
    country: string;
    floor: number;
    sample: Generated<boolean>;
  };
  "identity.set_up": { only_one: Generated<boolean>; token_hash: Buffer };
  "identity.account": {
    id: string;
    login_id: Buffer;
    opaque_record: string | null;
    email_index: Buffer;
    email_sealed: Buffer;
    name: string;
    stage: string;
    roles: Generated<string[]>;
    time_zone: string;
    hpke_key: Buffer;
    signing_key: Buffer;
    recovery_key: Buffer;
    failed_sign_ins: Generated<number>;
    address_confirmed: Generated<boolean>;
    weekly_letter: Generated<boolean>;
  };
  "identity.letter_week": { only_one: Generated<boolean>; week: string };
  "identity.session": {
    token_hash: Buffer;
    id: string;
    account: string;
    label: string;
    expires_month: string;
  };
  "identity.passkey": {
    id: Buffer;
    account: string;
    public_key: Buffer;
    counter: number;
    transports: Generated<string[]>;
    label: string;
  };
  "identity.roster": {
    id: string;
    sponsor: string;
    code_hash: Buffer;
    letter_on: string;
    window_ends: string;
    uses_left: number;
    kind: Generated<string>;
  };
  "identity.roster_line": {
    roster: string;
    email_index: Buffer;
    email_sealed: Buffer;
    stage: string;
  };
  "identity.invitation": {
    id: string;
    code_hash: Buffer;
    email_index: Buffer | null;
    email_sealed: Buffer | null;
    roles: Generated<string[]>;
    stage: string | null;
    expires_on: string;
    address_proven: Generated<boolean>;
  };
  "identity.verification": {
    account: string;
    asking: string;
    state: string;
    way: string;
    claim_sealed: Buffer | null;
    confirmed_at: string | null;
    refused_for: string | null;
  };
  "identity.arrival": {
    account: string;
    roster: string;
    sponsor: string;
    kind: string;
    code_use: number;
  };
  "identity.vouch_code": { account: string; code_hash: Buffer };
  "identity.vouch": { account: string; voucher: string; quarter: string };
  "identity.institution": { domain: string; name: string };
  "identity.licence_quarter": { quarter: string; secret_sealed: Buffer };
  "identity.licence_mark": { quarter: string; mark: Buffer; account: string | null };
}

/** What verification touches, from identity and from the slices that stand on it. */
export type VerificationTables = Pick<
  IdentityTables,
  | "identity.verification"
  | "identity.arrival"
  | "identity.vouch_code"
  | "identity.vouch"
  | "identity.licence_quarter"
  | "identity.licence_mark"
>;
