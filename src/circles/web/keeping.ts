/**
 * What the circles' screens are handed by the app, since they may know neither accounts nor the vault: a place to
 * keep things that tells no time, and the stewards' public log. The wallet they have from the passes.
 */
import type { ComponentType } from "react";
import type { Result } from "#platform/result.ts";
import type { Community } from "#pass/challenge.ts";
import type { KeyLog } from "#pass/key-log.ts";
import type { Day } from "#pass/period.ts";
import type { StewardKeys } from "../room/seat.ts";

/** Of this member, on all devices. `id` is a name of ours; whoever keeps it makes of it what it needs. */
export interface CircleKeeping {
  /** The newest, this device's before the vault's; null where there is none. */
  readonly read: (id: string) => Promise<unknown>;
  /**
   * Sealed on this device at once, and in the vault with what every member's device writes on its own schedule, so that
   * nothing of a person is written on the named side because of something nameless (rule 1).
   */
  readonly keepLater: (id: string, value: unknown) => void;
}

/** Sealed on this device, and nowhere else. Null clears. */
export interface CircleDrafts {
  readonly readDraft: (key: string) => Promise<unknown>;
  readonly writeDraft: (key: string, content: unknown) => Promise<void>;
}

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

/** Null where they can't be read now; `broken` where the log isn't what this member's devices knew. */
export type ReadStewards = (isAnew: boolean) => Promise<CircleStewards | null | "broken">;

export interface CircleHands {
  readonly keeping: CircleKeeping;
  readonly drafts: CircleDrafts;
  readonly readStewards: ReadStewards;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** IANA, of the member. */
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2, of the community; the hours to choose from go by it. Null while it isn't known. */
  readonly country: string | null;
  /** Languages that a circle can be held in; their ids have two or three letters. */
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  /** Looks at what is being typed, here on the device, and shows whom to call where it seems needed. */
  readonly CrisisAside: ComponentType<{ readonly text: string }>;
}

export const dayOf = (now: number): Day =>
  Temporal.Instant.fromEpochMilliseconds(now).toString().slice(0, 10);
