/** What coaching's routes, tasks and deletion are handed by the composition root. */
import type { Kysely, Transaction } from "kysely";
import type { Addresses } from "#identity/server/addresses.ts";
import type { IdentityTables } from "#identity/server/tables.ts";
import type { Clock } from "#platform/clock.ts";
import type { Redacted } from "#platform/redacted.ts";
import type { NamedCluster } from "#platform/server/db.ts";
import type { Log } from "#platform/server/log.ts";
import type { CalendarReader } from "../booking/server/calendars.ts";
import type { CoachingTables } from "./tables.ts";

/** The columns of identity that coaching's role has been granted. */
interface GrantedTables {
  "identity.account": Pick<
    IdentityTables["identity.account"],
    "id" | "name" | "stage" | "roles" | "time_zone" | "hpke_key" | "signing_key" | "email_sealed"
  >;
}

export type CoachingDb = Kysely<CoachingTables & GrantedTables>;
export type CoachingWithin = CoachingDb | Transaction<CoachingTables & GrantedTables>;

/** What the stewards decide about coaches, told to all members without a name. */
export type CoachDecision =
  | { readonly kind: "coach-published"; readonly detail: "physician" | "other-certified-coach" }
  | { readonly kind: "coach-returned"; readonly detail: "not-yet-published" }
  | { readonly kind: "coach-withdrawn"; readonly detail: "published-before" }
  | {
      readonly kind: "credential-checked";
      readonly detail: "confirmed" | "no-longer-confirmed";
    };

export interface CoachingDeps {
  readonly db: CoachingDb;
  readonly cluster: NamedCluster;
  readonly clock: Clock;
  readonly letterKey: Redacted<Uint8Array>;
  /** Opens the addresses that letters go to, and seals calendars' addresses at rest. */
  readonly addresses: Addresses;
  readonly origin: () => string;
  /** Turns a booking into the UIDs of calendar files, another for each of the two. */
  readonly feedKey: Redacted<Uint8Array>;
  /** Of the agreement in content, as accepted by a client. */
  readonly agreementVersion: string;
  readonly readCalendarAddress: CalendarReader;
  /** In the transaction that decides. */
  readonly logDecision: (within: CoachingWithin, decision: CoachDecision) => Promise<void>;
  readonly log: Log;
}

export const today = (clock: Clock): string => new Date(clock.now()).toISOString().slice(0, 10);
