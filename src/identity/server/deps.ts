/** What identity's routes are handed by the composition root. */
import type { Clock } from "#platform/clock.ts";
import type { Redacted } from "#platform/redacted.ts";
import type { Tickets } from "#platform/server/tickets.ts";
import type { Addresses } from "./addresses.ts";
import type { Claims } from "./claims.ts";
import type { Opaque } from "./opaque.ts";
import type { Sessions } from "./sessions.ts";
import type { IdentityDb, IdentityWithin } from "./store.ts";

export interface IdentityDeps {
  readonly db: IdentityDb;
  readonly clock: Clock;
  readonly opaque: Opaque;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly addresses: Addresses;
  readonly claims: Claims;
  readonly letterKey: Redacted<Uint8Array>;
  /** The public address, such as https://room.example.org; passkeys are bound to its host. */
  readonly origin: () => string;
  readonly oneServer: boolean;
  /**
   * Deletes the account in every slice; upper slices hang their part in here. `first` is done in the same
   * transaction, and stops it by throwing.
   */
  readonly deleteEverything: (
    account: string,
    first: (within: IdentityWithin) => Promise<void>,
  ) => Promise<void>;
  /** Fills a fresh community with the sample one. */
  readonly loadSample: () => Promise<void>;
}

export const today = (clock: Clock): string => new Date(clock.now()).toISOString().slice(0, 10);
