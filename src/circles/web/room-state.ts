/** What a room is to its screen: what is shown of it, and what can be done in it. */
import type { Result } from "#platform/result.ts";
import type { Content, Reaction } from "../room/message-content.ts";
import { mayEdit } from "../room/thread.ts";
import type { Trouble, Wrong } from "./room-log.ts";
import type { Unsent } from "./room-outbox.ts";
import type { ThreadItem } from "./room-thread.ts";

export interface RoomMember {
  readonly pseudonym: string;
  readonly name: string;
  /** The generated one. */
  readonly firstName: string;
  readonly isOwn: boolean;
  readonly is: "here" | "paused" | "left" | "removed" | "lapsed";
  /** Offers to lead the hour. */
  readonly leads: boolean;
}

export interface OpenRoom {
  readonly at: "open";
  /** `reading`: no stream can be had, and the thread is asked for every now and then. */
  readonly connection: "live" | "reading" | "offline";
  readonly circle: string;
  readonly me: string;
  /** In the order of their seats, those who are gone last. */
  readonly members: readonly RoomMember[];
  readonly items: readonly ThreadItem[];
  /** There is more before the first item. */
  readonly hasEarlier: boolean;
  readonly unsent: readonly Unsent[];
  /** False while the members' devices make the next epoch: what is said meanwhile waits. */
  readonly isSettled: boolean;
  readonly isPaused: boolean;
  /** The places that were read last before this visit, and that the thread had reached when it began. */
  readonly readUntil: number;
  readonly enteredAt: number;
  readonly canReport: boolean;
}

export type RoomState =
  | { readonly at: "entering" }
  /** With what the server, or the lack of one, said. Offline it is tried again by itself. */
  | { readonly at: "shut"; readonly trouble: Trouble }
  | { readonly at: "wrong"; readonly wrong: Wrong }
  | { readonly at: "left" }
  | OpenRoom;

export interface Room {
  readonly state: () => RoomState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Goes on by itself until `close`. */
  readonly enter: () => void;
  readonly close: () => void;
  /** A connection has come back, or a screen was looked at again. */
  readonly wake: () => void;
  readonly say: (content: Content) => void;
  readonly react: (post: string, reaction: Reaction) => void;
  readonly tryAgain: (id: string) => void;
  readonly takeBack: (id: string) => void;
  readonly markRead: () => void;
  readonly lookBack: () => Promise<Result<null, Trouble>>;
  /** Null goes back to the generated one. */
  readonly rename: (name: string | null) => Promise<Result<null, Trouble>>;
  readonly offerToLead: (on: boolean) => Promise<Result<null, Trouble>>;
  readonly pause: (isPaused: boolean) => Promise<Result<null, Trouble>>;
  readonly leave: () => Promise<Result<null, Trouble>>;
  readonly report: (
    reported: readonly string[],
    context: readonly string[],
    note: string,
  ) => Promise<Result<null, Trouble>>;
}

/** Also on a device whose clock is behind that of the one it was said on. */
export const isEditable = (post: Parameters<typeof mayEdit>[0], me: string, now: number): boolean =>
  mayEdit(post, me, Math.max(post.minute, Math.floor(now / 60_000)));

/** As many messages as a report can hold. */
export const MOST_REPORTED = 10;

/** There is no going on after these. */
export const ENDING: ReadonlySet<string> = new Set([
  "NoSeat",
  "Merged",
  "Removed",
  "PassRefused",
  "CrowdTooSmall",
]);
