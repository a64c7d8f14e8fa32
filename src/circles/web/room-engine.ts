/**
 * A circle's room on this device, without a screen: comes in, checks everything, keeps up with the log and the
 * thread, speaks, and says plainly where something doesn't fit. Nothing that was said is lost without a network, and
 * nothing is said twice.
 */
import type { Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { streamNameless } from "#platform/web/nameless-stream.ts";
import { followRoom, pauseSeat, reportMessages } from "../room-contract.ts";
import type { Hpke } from "../room/hpke.ts";
import { isMember, type MemberLog } from "../room/member-log.ts";
import { checkName, shownNames } from "../room/own-name.ts";
import { pseudonymNames, type CircleNames } from "../room/pseudonym-name.ts";
import { sealReport } from "../room/report.ts";
import type { CircleDrafts, CircleKeeping, ReadLogs } from "./keeping.ts";
import { readUntilId } from "./kept-of-circle.ts";
import type { OwnSeat } from "./own-badge.ts";
import { reportOf } from "./room-report.ts";
import { makeRoomLog, type Trouble } from "./room-log.ts";
import { membersShown } from "./room-members.ts";
import { makeOutbox } from "./room-outbox.ts";
import { jittered, longer, waited } from "./room-pauses.ts";
import { makeSpeaking } from "./room-speaking.ts";
import { ENDING, type OpenRoom, type Room, type RoomState } from "./room-state.ts";
import { makeThread, type ThreadRow } from "./room-thread.ts";
import { makeUpkeep } from "./room-upkeep.ts";
import { makeEventReader } from "./server-events.ts";
import type { Visit } from "./visit.ts";

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

const FIRST_PAUSE_MS = 1_000;
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
      circle,
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
    const sits = await upkeep.sitDown();
    if (!sits.ok) return sits;
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

  const speaking = makeSpeaking({
    own,
    visit,
    roomLog,
    thread,
    upkeep,
    outbox,
    now,
    random,
    wait,
    inTurn,
    isOpen: () => state.at === "open" && !signal.aborted,
    onAnswer: async (sequence) => {
      isCutOff = false;
      if (hasStream || sequence <= thread.reached()) return;
      await inTurn(async () => {
        const caught = await thread.catchUp();
        if (caught.ok) show();
        else meet(caught.refusal);
      });
    },
    meet,
  });
  const { flush } = speaking;

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
    say: speaking.say,
    react: speaking.react,
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
    offerToLead: async (on) => {
      const isNews = ({ seats }: MemberLog) =>
        seats.some(({ pseudonym, leads }) => pseudonym === me && leads !== on);
      const added = await inTurn(() =>
        upkeep.add((log) => (isMember(log, me) && isNews(log) ? { kind: "leads", on } : null)),
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
