/** The circles schema as its migrations leave it; tests/tables.test.ts holds it to the database. */
import type { ColumnType, Generated } from "kysely";
import type { SeatReasons } from "../fit.ts";
import type { MemberLogEntry } from "../room/wire.ts";

export interface CirclesTables {
  "circles.pseudonym": {
    key: Buffer;
    badge: Buffer;
    hpke_key: Buffer;
    binding: Buffer;
    begins_until: string;
    ends_on: string;
    removed: Generated<boolean>;
    replaced_by: Buffer | null;
    replaced_in: string | null;
  };
  "circles.waiting": {
    pseudonym: Buffer;
    themes: string[];
    blocks: number[];
    stage: number;
    language: string;
    employer: Buffer | null;
  };
  "circles.forming": {
    only_one: Generated<boolean>;
    share: number | null;
    lacks_stewards: boolean;
  };
  "circles.circle": {
    id: string;
    block: number;
    language: string;
    themes: string[];
    willing_since: string | null;
    meetings: Generated<number>;
    ended: Generated<boolean>;
    log_length: Generated<number>;
    epoch: Generated<number>;
    sequence: Generated<number>;
  };
  "circles.seat": {
    circle: string;
    number: number | null;
    pseudonym: Buffer;
    state: Generated<string>;
    offered_on: string | null;
    reasons: ColumnType<SeatReasons, string, string>;
    warned: Generated<boolean>;
  };
  "circles.merging": {
    pseudonym: Buffer;
    blocks: number[];
    employer: Buffer | null;
  };
  "circles.log_entry": {
    circle: string;
    sequence: number;
    entry: ColumnType<MemberLogEntry, string, string>;
  };
  "circles.epoch": {
    circle: string;
    number: number;
    wraps: ColumnType<string[], string, string>;
  };
  "circles.message": {
    circle: string;
    sequence: number;
    id: Buffer;
    epoch: number;
    mark: Buffer;
    commitment: Buffer;
    month: string;
    stamp: Buffer;
    sealed: string | null;
    /** The month in which its sender took it back; null while it stands. */
    dropped_in: string | null;
  };
  "circles.stamp_key": {
    month: string;
    key_sealed: Buffer;
  };
  "circles.report": {
    id: string;
    circle: string;
    steward_epoch: number;
    sealed: Buffer;
    decision: string | null;
  };
}
