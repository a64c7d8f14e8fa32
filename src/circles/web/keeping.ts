/**
 * What the circles' screens are handed by the app, since they may know neither accounts nor the vault: a place to
 * keep things that tells no time, the wallet's badges, and the public logs that this device has checked.
 */
import type { ComponentType } from "react";
import type { Bytes } from "#platform/bytes.ts";
import type { Result } from "#platform/result.ts";
import type { Community } from "#pass/challenge.ts";
import type { KeyLog } from "#pass/key-log.ts";
import type { Day, Period } from "#pass/period.ts";
import type { Slot } from "#pass/slot.ts";
import type { StewardKeys } from "../room/seat.ts";

/** Of this member, on all devices. `id` is a name of ours; whoever keeps it makes of it what it needs. */
export interface CircleKeeping {
  /** The newest, this device's before the vault's; null where there is none. */
  readonly read: (id: string) => Promise<unknown>;
  /**
   * Sealed on this device at once and in the vault hours later, so that nothing of a person is written on the named
   * side at the moment of something nameless (rule 1).
   */
  readonly keepLater: (id: string, value: unknown) => void;
}

/** Sealed on this device, and nowhere else. Null clears. */
export interface CircleDrafts {
  readonly readDraft: (key: string) => Promise<unknown>;
  readonly writeDraft: (key: string, content: unknown) => Promise<void>;
}

export interface HeldBadge {
  readonly pass: Bytes;
  /** Where the pseudonym comes from that the badge is for. */
  readonly bornIn: Slot;
  readonly period: Period;
}

export type CircleWallet =
  | { readonly at: "looking" }
  | { readonly at: "not-verified" }
  /** The logs of issuer keys don't fit together, and nothing was fetched. */
  | { readonly at: "trouble" }
  | { readonly at: "offline" }
  | {
      readonly at: "open";
      readonly walletSecret: Bytes;
      readonly badges: readonly HeldBadge[];
      /** How many hold one of that period, by the operator's word; null where it isn't known. */
      readonly crowdOf: (
        period: Period,
      ) => { readonly holders: number; readonly open: boolean } | null;
    };

/** The stewards' log, with the keys that a report is sealed to. */
export interface CircleStewards extends StewardKeys {
  readonly latest: { readonly epoch: number; readonly hpkeKey: string } | null;
}

export interface CheckedLogs {
  readonly keyLog: KeyLog;
  readonly community: Community;
  readonly stewards: CircleStewards;
}

/** `isAnew`: somebody has seen more than was read before. */
export type ReadLogs = (
  isAnew: boolean,
) => Promise<Result<CheckedLogs, { readonly type: "Offline" | "LogsBroken" }>>;

export interface CircleHands {
  readonly wallet: CircleWallet;
  /** The pseudonym that sits or waits: the wallet asks for its next badges on the same key. */
  readonly renewOn: (bornIn: Slot) => void;
  readonly keeping: CircleKeeping;
  readonly drafts: CircleDrafts;
  readonly readLogs: ReadLogs;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** IANA, of the member. */
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2, of the community; the hours to choose from go by it. Null while it isn't known. */
  readonly country: string | null;
  /** Languages that a circle can be held in. */
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  /** Looks at what is being typed, here on the device, and shows whom to call where it seems needed. */
  readonly CrisisAside: ComponentType<{ readonly text: string }>;
}

export const dayOf = (now: number): Day =>
  Temporal.Instant.fromEpochMilliseconds(now).toString().slice(0, 10);
