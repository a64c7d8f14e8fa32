/** What the circles' routes and their nightly job are handed by the composition root. */
import type { Kysely, Transaction } from "kysely";
import type { Community } from "#pass/challenge.ts";
import type { Challenges } from "#pass/server/challenges.ts";
import type { CurrentLog } from "#pass/server/nameless-origin.ts";
import type { NamelessPassTables } from "#pass/server/nameless-tables.ts";
import type { Clock } from "#platform/clock.ts";
import type { Redacted } from "#platform/redacted.ts";
import type { Result } from "#platform/result.ts";
import type { NamelessCluster } from "#platform/server/db.ts";
import type { Log } from "#platform/server/log.ts";
import type { Tickets } from "#platform/server/tickets.ts";
import type { CircleHoursOfCountry } from "#library/circle-content.ts";
import type { ReportDecision } from "../judging.ts";
import type { StewardKeys } from "../room/seat.ts";
import type { Relay } from "./relay.ts";
import type { CirclesTables } from "./tables.ts";

export type CirclesDb = Kysely<CirclesTables>;
export type CirclesTransaction = Transaction<CirclesTables>;
export type CirclesWithin = CirclesDb | CirclesTransaction;

/** The same transaction, for what a pass is spent on. */
export const asPassTransaction = (within: CirclesTransaction): Transaction<NamelessPassTables> =>
  within as unknown as Transaction<NamelessPassTables>;

export interface CirclesDeps {
  readonly db: CirclesDb;
  readonly cluster: NamelessCluster;
  readonly clock: Clock;
  readonly log: Log;
  readonly tickets: Tickets;
  readonly community: Community;
  readonly currentLog: CurrentLog;
  readonly challenges: Challenges;
  /** What devices send as their employer's mark is keyed once more with this. */
  readonly employerKey: Redacted<Uint8Array>;
  readonly stampSealKey: Redacted<Uint8Array>;
  /** The stewards' public log: their keys, and how many hold them. Of nobody else. */
  readonly readStewards: () => Promise<StewardKeys & { readonly count: number }>;
  /** Blindly, in place of a badge of the month `old`; it isn't told whose. `isAgain`: the very same was signed before. */
  readonly signReplacement: (
    wanted: {
      readonly old: string;
      readonly month: string;
      readonly blinded: Uint8Array;
      readonly isAgain: boolean;
    },
    today: string,
  ) => Promise<Result<Uint8Array, { readonly type: "NextQuarter" | "NotIssuing" | "BadInput" }>>;
  /** Into the stewards' public log, which lies on the named side and learns nothing but what was decided. */
  readonly logDecision: (decision: ReportDecision) => Promise<void>;
  /** Ids of content/circles/themes.yaml: nothing else can be waited for. */
  readonly themes: ReadonlySet<string>;
  /** When circles meet: the hours of the community's country. */
  readonly readHours: () => Promise<CircleHoursOfCountry>;
  /** Nodes pass live signals on to each other under it. */
  readonly signalKey: Redacted<Uint8Array>;
  /** What voices go through; null where none is set up. */
  readonly relay: Relay | null;
}

export const today = (clock: Clock): string => new Date(clock.now()).toISOString().slice(0, 10);
