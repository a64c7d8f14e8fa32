/**
 * A circle's room on this device, without a screen: comes in, checks everything, keeps up with the log and the
 * thread, speaks, and says plainly where something doesn't fit. Nothing that was said is lost without a network, and
 * nothing is said twice.
 */
import { base64urlToBytes, type Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { streamNameless } from "#platform/web/nameless-stream.ts";
import { headOf } from "#pass/key-log.ts";
import {
  dropMessage,
  followRoom,
  pauseSeat,
  postMessage,
  reportMessages,
} from "../room-contract.ts";
import type { Hpke } from "../room/hpke.ts";
import { isMember, type MemberLog } from "../room/member-log.ts";
import { sealMessage } from "../room/message.ts";
import type { Content, Reaction } from "../room/message-content.ts";
import { checkName, shownNames } from "../room/own-name.ts";
import { pseudonymNames, type CircleNames } from "../room/pseudonym-name.ts";
import { sealReport } from "../room/report.ts";
import { mayEdit } from "../room/thread.ts";
import type { CircleDrafts, CircleKeeping, ReadLogs } from "./keeping.ts";
import type { OwnSeat } from "./own-badge.ts";
import { reportOf } from "./room-report.ts";
import { makeRoomLog, type Trouble, type Wrong } from "./room-log.ts";
import { makeOutbox, type Unsent } from "./room-outbox.ts";
import { makeThread, type ThreadItem, type ThreadRow } from "./room-thread.ts";
import { makeUpkeep } from "./room-upkeep.ts";
import { makeEventReader } from "./server-events.ts";
import type { Visit } from "./visit.ts";

export interface RoomMember {
  readonly pseudonym: string;
  readonly name: string;
  /** The generated one. */
  readonly firstName: string;
  readonly isOwn: boolean;
  readonly is: "here" | "paused" | "left" | "removed" | "lapsed";
}

export interface OpenRoom {
  readonly at: "open";
  /** `reading`: no stream can be had, and the thread is asked for every now and then. */
  readonly connection: "live" | "reading" | "offline";
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
  readonly pause: (isPaused: boolean) => Promise<Result<null, Trouble>>;
  readonly leave: () => Promise<Result<null, Trouble>>;
  readonly report: (
    reported: readonly string[],
    context: readonly string[],
    note: string,
  ) => Promise<Result<null, Trouble>>;
}

export interface RoomParts {
  readonly circle: string;
  readonly own: OwnSeat;
  readonly visit: Visit;
  readonly hpke: Hpke;
  readonly names: CircleNames;
  readonly readLogs: ReadLogs;
  readonly keeping: CircleKeeping;
  readonly drafts: CircleDrafts;
  readonly now: () => number;
  readonly random: (length: number) => Bytes;
  /** Tests don't wait as long. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const readUntilId = (circle: string): string => `circle read ${circle}`;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Where only reading works, so often. */
const READ_EVERY_MS = 10_000;

export function makeRoom(parts: RoomParts): Room {
  const { circle, own, visit, hpke, keeping, drafts, now, random } = parts;
  const me = own.keys.pseudonym;
  const listeners = new Set<() => void>();
  const ending = new AbortController();
  const { signal } = ending;
  let waking = new AbortController();
  let state: RoomState = { at: "entering" };
  let hasStream = false;
  let isCutOff = false;
  let readUntil = 0;
  let enteredAt = 0;
  let keptReadUntil = 0;

  const roomLog = makeRoomLog(parts);
  const thread = makeThread(visit, roomLog);
  const pauseFor = parts.wait ?? waited;
  const wait = async (ms: number) => {
    await pauseFor(ms, signal);
    return !signal.aborted;
  };
  const upkeep = makeUpkeep({ own, visit, roomLog, hpke, now, random, wait });
  const outbox = makeOutbox(circle, drafts, random, () => show());

  const set = (next: RoomState) => {
    if (signal.aborted) return;
    state = next;
    for (const listener of listeners) listener();
  };

  /** What was checked stays in sight while the network is away; what doesn't fit closes the room. */
  function meet(trouble: Trouble): void {
    if (trouble.wrong !== undefined) {
      set({ at: "wrong", wrong: trouble.wrong });
      ending.abort();
    } else if (ENDING.has(trouble.type)) {
      set({ at: "shut", trouble });
      ending.abort();
    } else if (state.at === "open") {
      isCutOff = true;
      show();
    } else set({ at: "shut", trouble });
  }

  /** The server answered. */
  function reached(): void {
    isCutOff = false;
    show();
  }

  function show(): void {
    if (state.at !== "open") return;
    set(openState());
  }

  function openState(): OpenRoom {
    const log = roomLog.log();
    const items = thread.items();
    const here = new Set(thread.opened().map(({ message }) => message.id));
    for (const { id, state: is } of outbox.list()) if (is === "sent" && here.has(id)) arrived(id);
    return {
      at: "open",
      connection: isCutOff ? "offline" : hasStream ? "live" : "reading",
      me,
      members: membersShown(log, roomLog.paused(), parts.names, me),
      items,
      hasEarlier: thread.start() > 0,
      unsent: outbox.list(),
      isSettled: log.standings.at(-1)!.isSettled,
      isPaused: roomLog.paused().has(me),
      readUntil,
      enteredAt,
      canReport: roomLog.checked().stewards.latest !== null,
    };
  }

  const arrived = (id: string) => queueMicrotask(() => outbox.drop(id));

  /** One thing at a time for thread and log: what comes in the meantime comes after. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const done = turn.then(act);
    turn = done.catch(() => undefined);
    return done;
  }

  async function enter(): Promise<void> {
    await outbox.restore();
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = longer(pause)) {
      const entered = await inTurn(firstReading);
      if (entered.ok) break;
      meet(entered.refusal);
      await rest(jittered(pause, random));
    }
    if (signal.aborted) return;
    set(openState());
    tend();
    await follow();
  }

  async function firstReading(): Promise<Result<null, Trouble>> {
    const read = await roomLog.readOn();
    if (!read.ok) return read;
    const kept = (await keeping.read(readUntilId(circle))) as { sequence?: unknown } | null;
    if (typeof kept?.sequence === "number") readUntil = keptReadUntil = kept.sequence;
    thread.begin(roomLog.sequence());
    const caught = await thread.catchUp();
    enteredAt = thread.reached();
    return caught;
  }

  /** Makes what is due in the background, and then says what waits. */
  function tend(): void {
    void upkeep.tend().then((done) => {
      if (!done.ok) meet(done.refusal);
      show();
      void flush();
    });
  }

  // The stream -----------------------------------------------------------------------------------------

  async function follow(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !signal.aborted;) {
      const came = await followOnce();
      if (signal.aborted) return;
      pause = came ? FIRST_PAUSE_MS : longer(pause);
      await rest(jittered(Math.min(pause, READ_EVERY_MS), random));
      if (signal.aborted) return;
      // Also where no stream can be had: reading alone keeps up, if more slowly.
      const read = await inTurn(readNow);
      if (!read.ok) {
        meet(read.refusal);
        continue;
      }
      reached();
      tend();
    }
  }

  async function readNow(): Promise<Result<null, Trouble>> {
    const read = await roomLog.readOn();
    return read.ok ? thread.catchUp() : read;
  }

  /** Until the connection ends. True where something came over it. */
  async function followOnce(): Promise<boolean> {
    const ticket = await visit.ticket();
    if (!ticket.ok) {
      meet(ticket.refusal);
      return false;
    }
    const body = { visit: ticket.value, after: thread.reached() };
    const stream = await streamNameless(followRoom, { body, signal });
    if (!stream.ok) {
      if (stream.refusal.type === "VisitOver") await visit.ticket(ticket.value);
      if (stream.refusal.type === "NoSeat") meet(stream.refusal);
      return false;
    }
    hasStream = true;
    reached();
    // What the log told while nobody followed isn't told again.
    hearOfLog();
    const readEvents = makeEventReader();
    for await (const piece of stream.value)
      for (const { event, data } of readEvents(piece)) {
        if (event === "message") await hearMessage(JSON.parse(data) as ThreadRow);
        if (event === "log") hearOfLog();
        if (signal.aborted) return true;
      }
    hasStream = false;
    show();
    return true;
  }

  function hearMessage(row: ThreadRow): Promise<void> {
    return inTurn(async () => {
      if (row.sequence <= thread.reached()) return;
      const isNext = row.sequence === thread.reached() + 1;
      const taken = await (isNext ? thread.take(row) : thread.catchUp());
      if (taken.ok) reached();
      else meet(taken.refusal);
    });
  }

  function hearOfLog(): void {
    void inTurn(() => roomLog.readOn()).then((read) => {
      if (!read.ok) return meet(read.refusal);
      if (!isMember(roomLog.log(), me)) return outOfIt();
      show();
      return tend();
    });
  }

  /** Left on another device, or removed. */
  function outOfIt(): void {
    const seat = roomLog.log().seats.find(({ pseudonym }) => pseudonym === me);
    if (seat?.ended === "left") set({ at: "left" });
    else if (seat?.ended === "removed") set({ at: "shut", trouble: { type: "Removed" } });
    else return;
    ending.abort();
  }

  const rest = async (ms: number) => {
    waking = new AbortController();
    await pauseFor(ms, AbortSignal.any([signal, waking.signal]));
  };

  // Speaking -------------------------------------------------------------------------------------------

  let flushing: Promise<void> | null = null;
  function flush(): Promise<void> {
    flushing ??= sendAll().finally(() => (flushing = null));
    return flushing;
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const next = outbox.list().find(({ state: is }) => is === "waiting");
      if (next === undefined || signal.aborted || state.at !== "open") return;
      if (!(await send(next))) return;
    }
  }

  /** False where the rest has to wait. */
  async function send({ id, content }: Unsent): Promise<boolean> {
    const log = roomLog.log();
    const { epoch, isSettled } = log.standings.at(-1)!;
    const key = isSettled ? await roomLog.epochKey(epoch) : null;
    // Whoever's turn it is makes the next epoch; `tend` comes back here.
    if (!key?.ok) return false;
    const at = { log, keyLog: headOf(roomLog.checked().keyLog) };
    const chance = { id: base64urlToBytes(id)!, frankingKey: random(32) };
    const sealed = sealMessage(at, own.keys, key.value, content, chance);
    if (!sealed.ok) {
      if (sealed.refusal.type !== "BadText") return false;
      outbox.mark(id, "failed", sealed.refusal.type);
      return true;
    }
    outbox.mark(id, "sending");
    const posted = await visit.call(postMessage, { message: sealed.value });
    if (posted.ok) {
      isCutOff = false;
      if (content.kind === "delete") await dropWords(content.target);
      outbox.mark(id, "sent");
      if (posted.value.sequence <= thread.reached()) outbox.drop(id);
      else if (!hasStream) await catchUpNow();
      return true;
    }
    const { type, detail } = posted.refusal;
    if (type === "EpochMoved") {
      outbox.mark(id, "waiting");
      const read = await inTurn(() => roomLog.readOn());
      if (read.ok) await upkeep.tend();
      return read.ok && roomLog.log() !== log;
    }
    if (type === "TooMany") {
      outbox.mark(id, "waiting");
      return wait(1000 * Number(detail?.["seconds"] ?? 5));
    }
    if (WAITING.has(type)) {
      isCutOff = true;
      outbox.mark(id, "waiting");
      return false;
    }
    outbox.mark(id, "failed", type);
    if (ENDING.has(type)) meet(posted.refusal);
    return true;
  }

  const catchUpNow = () =>
    inTurn(async () => {
      const caught = await thread.catchUp();
      if (caught.ok) show();
      else meet(caught.refusal);
    });

  /** The words go from the server as well, with every later wording of them. */
  async function dropWords(target: string): Promise<void> {
    const edits = thread
      .opened()
      .filter(({ message: { sender, content } }) =>
        sender === me && content.kind === "edit" ? content.target === target : false,
      );
    for (const id of [target, ...edits.map(({ message }) => message.id)])
      await visit.call(dropMessage, { id });
  }

  const say = (content: Content) => {
    outbox.add(content);
    void flush();
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    enter: () => void enter(),
    close: () => {
      ending.abort();
      listeners.clear();
    },
    wake: () => {
      waking.abort();
      void flush();
    },
    say,
    react: (post, reaction) => {
      const own = [
        ...thread.opened().flatMap(({ message }) => (message.sender === me ? [message] : [])),
        ...outbox.list(),
      ];
      const given = givenReaction(own, post, reaction);
      if (given === null) say({ kind: "reaction", target: post, reaction });
      else say({ kind: "delete", target: given });
    },
    tryAgain: (id) => {
      outbox.mark(id, "waiting");
      void flush();
    },
    takeBack: (id) => outbox.drop(id),
    markRead: () => {
      const reached = thread.reached();
      if (reached <= keptReadUntil) return;
      keptReadUntil = reached;
      keeping.keepLater(readUntilId(circle), { sequence: reached });
    },
    lookBack: async () => {
      const looked = await inTurn(thread.lookBack);
      if (looked.ok) show();
      else if (looked.refusal.wrong) meet(looked.refusal);
      return looked;
    },
    rename: async (name) => {
      const { seats } = roomLog.log();
      const own = seats.find(({ pseudonym }) => pseudonym === me)!;
      if (name !== null) {
        const names = shownNames(roomLog.log(), parts.names);
        const shown = [...names].filter(([pseudonym]) => pseudonym !== me).map(([, each]) => each);
        const generated = pseudonymNames(parts.names, circle).toSpliced(own.number, 1);
        const checked = checkName(name, [...shown, ...generated]);
        if (!checked.ok) return checked;
      }
      const added = await inTurn(() =>
        upkeep.add((log) => (isMember(log, me) ? { kind: "named", name } : null)),
      );
      show();
      return added;
    },
    pause: async (isPaused) => {
      const paused = await visit.call(pauseSeat, { paused: isPaused });
      if (!paused.ok) return paused;
      const read = await inTurn(() => roomLog.readOn());
      show();
      return read;
    },
    leave: async () => {
      // Who has left may not read the log any more: what the answer would be is known without it.
      const left = await inTurn(() =>
        upkeep.add((log) => (isMember(log, me) ? { kind: "left" } : null)),
      );
      const isOut = left.ok || left.refusal.type === "NoSeat";
      if (!isOut) return left;
      for (const { id } of outbox.list()) outbox.drop(id);
      set({ at: "left" });
      ending.abort();
      return ok(null);
    },
    report: async (reported, context, note) => {
      const report = reportOf(circle, thread.opened(), reported, context, note);
      if (report === null) return refuse({ type: "BadReport" });
      for (const isAnew of [false, true]) {
        if (isAnew) {
          const read = await inTurn(() => roomLog.readOn(true));
          if (!read.ok) return read;
        }
        const { latest } = roomLog.checked().stewards;
        if (latest === null) return refuse({ type: "NoStewards" });
        const sealed = await sealReport(report, latest, hpke);
        const sent = await visit.call(reportMessages, { report: sealed });
        if (sent.ok) return ok(null);
        if (sent.refusal.type !== "StewardsMoved") return sent;
      }
      return refuse({ type: "StewardsMoved" });
    },
  };
}

/** There is no going on after these. */
const ENDING: ReadonlySet<string> = new Set(["NoSeat", "Removed", "PassRefused", "CrowdTooSmall"]);
/** These pass, and what was said waits for it. */
const WAITING: ReadonlySet<string> = new Set(["Offline", "Closing", "SomethingWentWrong"]);

function membersShown(
  log: MemberLog,
  paused: ReadonlySet<string>,
  names: CircleNames,
  me: string,
): readonly RoomMember[] {
  const shown = shownNames(log, names);
  const generated = pseudonymNames(names, log.circle);
  const members = log.seats.map(({ pseudonym, number, ended }): RoomMember => {
    const is = ended ?? (paused.has(pseudonym) ? "paused" : "here");
    return {
      pseudonym,
      name: shown.get(pseudonym)!,
      firstName: generated[number]!,
      isOwn: pseudonym === me,
      is,
    };
  });
  const isGone = ({ is }: RoomMember) => is === "left" || is === "removed" || is === "lapsed";
  return [...members.filter((each) => !isGone(each)), ...members.filter(isGone)];
}

/** The message that gave it, where it still stands: among one's own, also those that are on their way. */
function givenReaction(
  own: readonly { readonly id: string; readonly content: Content }[],
  post: string,
  reaction: Reaction,
): string | null {
  const withdrawn = new Set(
    own.flatMap(({ content }) => (content.kind === "delete" ? [content.target] : [])),
  );
  const given = own.findLast(
    ({ id, content }) =>
      content.kind === "reaction" &&
      content.target === post &&
      content.reaction === reaction &&
      !withdrawn.has(id),
  );
  return given?.id ?? null;
}

export const isEditable = (post: Parameters<typeof mayEdit>[0], me: string, now: number): boolean =>
  mayEdit(post, me, Math.floor(now / 60_000));

const longer = (pause: number) => Math.min(2 * pause, LONGEST_PAUSE_MS);

/** Between half and all of it, so that a server that comes back isn't met by everybody at once. */
const jittered = (ms: number, random: (length: number) => Bytes): number =>
  ms * (0.5 + random(1)[0]! / 510);

const waited = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
