/** The coaching schema as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { ColumnType, Generated } from "kysely";

type Json<Value> = ColumnType<Value, string, string>;

export interface CoachingTables {
  "coaching.coach": {
    account: string;
    state: Generated<string>;
    profile: ColumnType<unknown, string | null | undefined, string>;
    kind: Generated<string>;
    returned_because: string | null;
    time_zone: string;
    rules: Json<unknown>;
    cancel_notice_hours: Generated<number>;
  };
  "coaching.credential": {
    id: string;
    coach: string;
    place: number;
    body: string;
    level: string;
    number: string;
    expires: string | null;
    verified: Generated<boolean>;
    reminded: number | null;
  };
  "coaching.availability": {
    coach: string;
    day: number;
    start_minute: number;
    end_minute: number;
  };
  "coaching.exception": { coach: string; on_date: string; windows: number[] };
  "coaching.calendar": {
    id: string;
    coach: string;
    kind: string;
    label: string;
    address_sealed: Buffer | null;
    busy: Generated<number[]>;
    problem: ColumnType<unknown, string | null, string | null>;
    read_at: Date | null;
  };
  "coaching.booking": {
    id: string;
    coach: string;
    client: string;
    during: string;
    kind: string;
    state: string;
    held_until: Date | null;
    cancel_notice_hours: number;
    sequence: Generated<number>;
    cancelled_by: string | null;
  };
  "coaching.agreement": { client: string; coach: string; version: string; accepted_on: string };
  "coaching.feed": { account: string; secret_hash: Buffer };
  "coaching.space": { id: string; coach: string; client: string; sequence: Generated<number> };
  "coaching.space_key": { space: string; member: string; sealed: Buffer };
  "coaching.message": {
    space: string;
    sequence: number;
    id: string;
    sender: string;
    sealed: Buffer;
  };
}
