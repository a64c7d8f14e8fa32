/** What stewardship's routes are handed by the composition root. */
import type pg from "pg";
import type { Clock } from "#platform/clock.ts";
import type { Redacted } from "#platform/redacted.ts";
import type { Addresses } from "#identity/server/addresses.ts";
import type { Claims } from "#identity/server/claims.ts";
import type { StewardshipDb } from "./store.ts";

export interface StewardshipDeps {
  readonly db: StewardshipDb;
  /** The owner's pool: the queue's rows belong to no slice. Only the failed ones are read or moved. */
  readonly queue: pg.Pool;
  readonly clock: Clock;
  readonly addresses: Addresses;
  readonly claims: Claims;
  readonly letterKey: Redacted<Uint8Array>;
  /** The public address, such as https://room.example.org. */
  readonly origin: () => string;
}
