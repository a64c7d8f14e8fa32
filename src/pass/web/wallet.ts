/**
 * The wallet of whoever's safe is open: the passes that the vault keeps, and what is known of their keys. It says
 * nothing of who they belong to, so that whatever acts without a name can stand on it; what fills it is handed in.
 */
import type { AnswerOf, WireRefusal } from "#platform/contract.ts";
import type { Bytes } from "#platform/bytes.ts";
import { refuse, type Result } from "#platform/result.ts";
import type { Community } from "../challenge.ts";
import type { readNamelessKeys } from "../contract.ts";
import type { HeadRefusal, KeyLog, KeyLogRefusal } from "../key-log.ts";
import type { Day, Period } from "../period.ts";
import type { Slot } from "../slot.ts";
import { heldBadges, standingOf, type HeldBadge, type Standing } from "../wallet.ts";
import type { WalletKeeping } from "./wallet-keeping.ts";

export type Crowd = AnswerOf<typeof readNamelessKeys>["crowds"][number];

export type WalletTrouble =
  /** The log itself breaks our rules. */
  | KeyLogRefusal["type"]
  /** It isn't what this member's devices knew. */
  | HeadRefusal["type"]
  /** The named and the nameless side tell two different logs. */
  | "SidesDiffer"
  /** Passes were bound to other names before: new ones would tell their holders apart. */
  | "OtherNames"
  /** What came back was not signed with the key of the log. */
  | "WrongSignature"
  /** A slot was issued, and to none of our devices. */
  | "NotOurs";

export type WalletState =
  | { readonly at: "looking" }
  /** The member has no right to passes, so that no key was looked at. */
  | { readonly at: "not-verified" }
  /** What was fetched before is still there. */
  | { readonly at: "unread"; readonly refusal: WireRefusal }
  /** Nothing was asked for. */
  | { readonly at: "trouble"; readonly trouble: WalletTrouble }
  | KeysRead;

/** Both sides told one log, and it goes on from what was known. */
export interface KeysRead {
  readonly at: "read";
  readonly isVerified: boolean;
  /** Keys that the nameless side hasn't heard of yet: passes under them are fetched another time. */
  readonly isBehind: boolean;
  readonly keyLog: KeyLog;
  readonly community: Community;
  readonly crowds: readonly Crowd[];
  /** Periods whose keys were closed because the server was brought back from a backup. */
  readonly closed: readonly Pick<Period, "purpose" | "name">[];
}

export interface BadgeState {
  readonly badge: HeldBadge;
  readonly standing: Standing | "closed";
  /** The operator's word; null where it isn't told yet, or couldn't be read. */
  readonly crowd: Crowd | null;
}

export interface Wallet {
  readonly state: () => WalletState;
  /** The newest period first, also those that are over: who comes back reads with them. The same array until it changes. */
  readonly badges: () => readonly HeldBadge[];
  readonly subscribe: (listener: () => void) => () => void;
  /** 32 bytes; `pseudonymKeys` and the circles' `memberKeys` are made of them. */
  readonly secret: () => Promise<Bytes>;
  /** The pseudonym that waits or sits: the next badges are for the same. Kept late, as all that follows such an act. */
  readonly renewOn: (bornIn: Slot) => Promise<void>;
  /** It left, or was removed: the next badge is for a fresh one. */
  readonly letGo: (bornIn: Slot) => Promise<void>;
  /**
   * Another badge for whoever left a circle well, in place of `old`, and the period that it is of. `ask` hands on what
   * is asked, namelessly. Broken off or done again, on any device, it comes to the same badge. Where the logs are
   * amiss it is `LogsBroken`, and the state tells more.
   */
  readonly replace: (
    old: Period,
    today: Day,
    ask: AskForReplacement,
  ) => Promise<Result<Period, WireRefusal>>;
  /** Reads the logs again, asks for nothing and writes nothing now: for whoever is without a name at the moment. */
  readonly readLogs: () => Promise<void>;
  /** Reads the logs again, and fetches what is due. One at a time; what is refused becomes the state. */
  readonly refresh: () => Promise<void>;
}

/** Hands a blinded badge of that month to whoever signs it: 256 bytes, as base64url, there and back. */
export type AskForReplacement = (
  month: string,
  blinded: string,
) => Promise<Result<{ readonly signature: string }, WireRefusal>>;

/** Why no pass came. */
export type Stop =
  | { readonly type: "Unread"; readonly refusal: WireRefusal }
  | { readonly type: "Trouble"; readonly trouble: WalletTrouble };

export const stopToState = (stop: Stop): WalletState =>
  stop.type === "Unread"
    ? { at: "unread", refusal: stop.refusal }
    : { at: "trouble", trouble: stop.trouble };

/** The half that asks: all of it reads the logs of both sides first, and checks them. */
export interface WalletFilling {
  readonly fetchDue: () => Promise<WalletState>;
  readonly checkLogs: () => Promise<WalletState>;
  readonly fetchReplacement: (
    old: Period,
    today: Day,
    ask: AskForReplacement,
  ) => Promise<Result<Period, Stop>>;
}

export function openWallet(
  keeping: WalletKeeping,
  filling: WalletFilling,
  before: WalletState = { at: "looking" },
): Wallet {
  const listeners = new Set<() => void>();
  let state = before;
  let fetching: Promise<void> | null = null;
  let shown: { of: unknown; badges: readonly HeldBadge[] } = { of: null, badges: [] };

  const become = (next: WalletState) => {
    // What is known stays known where only looking again failed.
    if (next.at === "unread" && (state.at === "read" || state.at === "trouble")) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const fetchOnce = async () => become(await filling.fetchDue());

  return {
    state: () => state,
    badges: () => {
      const of = keeping.passes();
      if (shown.of !== of) shown = { of, badges: heldBadges(of, "circle-badge") };
      return shown.badges;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      const stop = keeping.subscribe(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    secret: keeping.secret,
    renewOn: (bornIn) => keeping.keepRenewal(bornIn, false),
    letGo: (bornIn) => keeping.keepRenewal(bornIn, true),
    replace: async (old, today, ask) => {
      const done = await filling.fetchReplacement(old, today, ask);
      if (done.ok) return done;
      const { refusal } = done;
      if (refusal.type === "Unread") return refuse(refusal.refusal);
      become(stopToState(refusal));
      return refuse({ type: "LogsBroken" });
    },
    readLogs: async () => {
      await fetching;
      const next = await filling.checkLogs();
      // Whether somebody is verified was not asked.
      const isVerified = state.at === "read" ? state.isVerified : keeping.passes().length > 0;
      become(next.at === "read" ? { ...next, isVerified } : next);
    },
    refresh: () =>
      (fetching ??= fetchOnce().finally(() => {
        fetching = null;
      })),
  };
}

export const crowdOf = (
  state: WalletState,
  { purpose, name }: Pick<Period, "purpose" | "name">,
): Crowd | null =>
  (state.at === "read" &&
    state.crowds.find((crowd) => crowd.purpose === purpose && crowd.name === name)) ||
  null;

export const badgeStates = (
  state: WalletState,
  badges: readonly HeldBadge[],
  today: Day,
): BadgeState[] =>
  badges.map((badge) => {
    const { period } = badge;
    const isClosed =
      state.at === "read" &&
      state.closed.some(({ purpose, name }) => purpose === period.purpose && name === period.name);
    const standing = standingOf(period, today);
    return {
      badge,
      standing: isClosed && standing !== "over" ? "closed" : standing,
      crowd: crowdOf(state, period),
    };
  });
