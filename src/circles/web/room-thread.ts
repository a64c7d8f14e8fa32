/**
 * The thread on this device: sealed messages as the server has them in order, opened and checked one by one, and
 * what is shown of them. Nothing that doesn't fit is shown, and nothing of it is kept.
 */
import { ok, type Result } from "#platform/result.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { readThread } from "../room-contract.ts";
import { openMessage, type MessageRefusal, type OpenedMessage } from "../room/message.ts";
import { memberLogHead } from "../room/member-log.ts";
import type { MemberLogEntry, SealedMessage, Stamp } from "../room/wire.ts";
import { threadOf, type Post } from "../room/thread.ts";
import { wrong, type RoomLog, type Trouble } from "./room-log.ts";
import type { Visit } from "./visit.ts";

export type ThreadRow = AnswerOf<typeof readThread>["messages"][number];

/** As much as is read when somebody comes in, and again for each look further back. */
const WINDOW = 300;

export interface Opened {
  readonly sequence: number;
  readonly message: OpenedMessage;
  readonly stamp: Stamp;
  /** How long the member log was when it was sealed. */
  readonly logLength: number;
}

export type ThreadItem =
  | { readonly kind: "post"; readonly sequence: number; readonly post: Post }
  /** There is something, and it can't be shown. */
  | { readonly kind: "unreadable"; readonly sequence: number; readonly why: Unreadable }
  /** What the member log tells, where it falls in the thread. */
  | { readonly kind: "told"; readonly entry: MemberLogEntry };

type Unreadable = "CouldNotBeOpened" | "Unreportable" | "NotInEpoch";

interface Known {
  readonly row: ThreadRow;
  /** `before`: said when this member wasn't there; `gone`: its words were taken away. */
  readonly is:
    | { readonly at: "opened"; readonly opened: Opened }
    | { readonly at: "unreadable"; readonly why: Unreadable }
    | { readonly at: "before" | "gone" };
}

export interface Thread {
  /** The place that is shown from; 0 where that is the beginning. */
  readonly start: () => number;
  /** Up to here nothing is missing. */
  readonly reached: () => number;
  readonly begin: (sequence: number) => void;
  /** One that follows; others are left for reading on. */
  readonly take: (row: ThreadRow) => Promise<Result<null, Trouble>>;
  readonly catchUp: () => Promise<Result<null, Trouble>>;
  readonly lookBack: () => Promise<Result<null, Trouble>>;
  readonly items: () => readonly ThreadItem[];
  readonly opened: () => readonly Opened[];
}

export function makeThread(visit: Visit, roomLog: RoomLog): Thread {
  const known = new Map<number, Known>();
  let start = 0;
  let reached = 0;

  const view = () => ({ log: roomLog.log(), keyLog: roomLog.checked().keyLog });

  /** Epochs never go back in a thread; of what was said before this place, the highest. */
  function latestEpochBefore(sequence: number): number {
    for (let at = sequence - 1; at > start; at--) {
      const before = known.get(at)?.is;
      if (before?.at === "opened") return before.opened.message.epoch;
    }
    return 0;
  }

  async function open(
    sequence: number,
    message: SealedMessage,
    isLastTry = false,
  ): Promise<Result<OpenedMessage, MessageRefusal> | Result<never, Trouble>> {
    if (message.log.length > memberLogHead(roomLog.log()).length && !isLastTry) {
      const read = await roomLog.readOn();
      if (!read.ok) return read;
    }
    const key = await roomLog.epochKey(message.epoch);
    if (!key.ok && key.refusal.type === "WrapsWrong")
      return wrong({ what: "WrapsWrong", at: message.epoch });
    if (!key.ok) return key;
    const opened = openMessage(view(), key.value, message, latestEpochBefore(sequence));
    if (opened.ok || opened.refusal.type !== "LogBehind" || isLastTry) return opened;
    const read = await roomLog.readOn(opened.refusal.log === "keys");
    return read.ok ? open(sequence, message, true) : read;
  }

  async function keep(row: ThreadRow): Promise<Result<null, Trouble>> {
    const { sequence, message, stamp } = row;
    if (message === null) {
      known.set(sequence, { row, is: { at: "gone" } });
      return ok(null);
    }
    const opened = await open(sequence, message);
    if (opened.ok) {
      const found = {
        sequence,
        stamp,
        message: opened.value,
        logLength: message.log.length,
      };
      known.set(sequence, { row, is: { at: "opened", opened: found } });
      return ok(null);
    }
    const { refusal } = opened;
    switch (refusal.type) {
      case "LogForked":
      case "LogBehind":
        return wrong({ what: refusal.type, at: sequence });
      case "NotInEpoch":
        known.set(sequence, { row, is: isFromBefore(message) ? { at: "before" } : unreadable });
        return ok(null);
      case "CouldNotBeOpened":
      case "Unreportable":
        known.set(sequence, { row, is: { at: "unreadable", why: refusal.type } });
        return ok(null);
      default:
        return { ok: false, refusal };
    }
  }

  const isFromBefore = ({ epoch }: SealedMessage): boolean => {
    const { epochs, seats } = roomLog.log();
    const made = epochs[epoch - 1];
    return made !== undefined && seats.length > 0 && !mine(made.members);
  };
  const mine = (members: readonly string[]) => members.includes(roomLog.me);

  const take = async (row: ThreadRow): Promise<Result<null, Trouble>> => {
    if (row.sequence !== reached + 1) return ok(null);
    const kept = await keep(row);
    if (kept.ok) reached = row.sequence;
    return kept;
  };

  async function readPages(
    after: number,
    until: number | null,
  ): Promise<Result<ThreadRow[], Trouble>> {
    const rows: ThreadRow[] = [];
    for (let at = after; ;) {
      const read = await visit.call(readThread, { after: at });
      if (!read.ok) return read;
      const { messages, more } = read.value;
      const wanted = messages.filter(({ sequence }) => until === null || sequence <= until);
      rows.push(...wanted);
      at = messages.at(-1)?.sequence ?? at;
      if (!more || messages.length === 0 || wanted.length < messages.length) return ok(rows);
    }
  }

  return {
    start: () => start,
    reached: () => reached,
    begin: (sequence) => {
      start = Math.max(0, sequence - WINDOW);
      reached = start;
    },
    take,
    catchUp: async () => {
      const rows = await readPages(reached, null);
      if (!rows.ok) return rows;
      for (const row of rows.value) {
        const taken = await take(row);
        if (!taken.ok) return taken;
      }
      return ok(null);
    },
    lookBack: async () => {
      const from = Math.max(0, start - WINDOW);
      const rows = await readPages(from, start);
      if (!rows.ok) return rows;
      start = from;
      for (const row of rows.value) {
        const kept = await keep(row);
        if (!kept.ok) return kept;
      }
      return ok(null);
    },
    items: () => itemsOf(known, start, reached, roomLog.entries()),
    opened: () => openedOf(known, start, reached),
  };
}

const unreadable = { at: "unreadable", why: "NotInEpoch" } as const;

/** In order. What was read in two parts is held to its epochs across them too. */
function openedOf(known: ReadonlyMap<number, Known>, start: number, reached: number): Opened[] {
  const all: Opened[] = [];
  for (let at = start + 1; at <= reached; at++) {
    const is = known.get(at)?.is;
    const latestEpoch = all.at(-1)?.message.epoch ?? 0;
    if (is?.at === "opened" && is.opened.message.epoch >= latestEpoch) all.push(is.opened);
  }
  return all;
}

/** Posts in order, what can't be read in its place, and what the log tells before the first that knew of it. */
function itemsOf(
  known: ReadonlyMap<number, Known>,
  start: number,
  reached: number,
  entries: readonly MemberLogEntry[],
): readonly ThreadItem[] {
  const opened = openedOf(known, start, reached);
  const shown = new Set(opened);
  const posts = threadOf(opened.map(({ message }) => message));
  const postsById = new Map(posts.map((post) => [post.id, post]));
  const items: ThreadItem[] = [];
  // Where the look goes back to is no beginning: what the log told before belongs further back.
  let told = start === 0 ? 0 : (opened[0]?.logLength ?? 0);
  const tellUntil = (length: number) => {
    for (; told < length; told++) {
      const entry = entries[told];
      if (entry && isTold(entry, entries)) items.push({ kind: "told", entry });
    }
  };
  for (let sequence = start + 1; sequence <= reached; sequence++) {
    const is = known.get(sequence)?.is;
    if (is?.at === "unreadable") items.push({ kind: "unreadable", sequence, why: is.why });
    if (is?.at !== "opened") continue;
    if (!shown.has(is.opened)) items.push({ kind: "unreadable", sequence, why: "NotInEpoch" });
    const post = postsById.get(is.opened.message.id);
    if (post === undefined) continue;
    tellUntil(is.opened.logLength);
    items.push({ kind: "post", sequence, post });
    // A message that is shown twice would be two.
    postsById.delete(post.id);
  }
  tellUntil(entries.length);
  return items;
}

function isTold(entry: MemberLogEntry, entries: readonly MemberLogEntry[]): boolean {
  if (entry.kind === "epoch") return false;
  if (entry.kind !== "renewed") return true;
  // A badge renewed in time is nobody's news; only who had lapsed is back.
  const last = entries
    .slice(0, entry.sequence - 1)
    .findLast(
      (each) =>
        (each.kind === "lapsed" && each.member === entry.signer) ||
        (each.kind === "renewed" && each.signer === entry.signer),
    );
  return last?.kind === "lapsed";
}
