/**
 * The line of a live session: own signals sealed and sent one after the other, and the others' as the room's stream
 * brings them, opened and let through the gate. What can't be sent is dropped: after a break everybody is asked anew.
 */
import type { Result } from "#platform/result.ts";
import { streamNameless } from "#platform/web/nameless-stream.ts";
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { sendSignal } from "../live-contract.ts";
import type { Signal } from "../live/signal-content.ts";
import { makeSignalGate, type Passing } from "../live/signal-gate.ts";
import { openSignal, sealSignal } from "../live/signal.ts";
import type { SealedSignal } from "../live/signal-wire.ts";
import { followRoom } from "../room-contract.ts";
import type { OwnSeat } from "./own-badge.ts";
import type { RoomLog, Trouble } from "./room-log.ts";
import { makeEventReader } from "./server-events.ts";
import type { Visit } from "./visit.ts";

export interface LiveLine {
  readonly send: (signal: Signal) => void;
  /** The last word, which goes out though the session is over here. */
  readonly sayGone: () => void;
  /** Until it is closed; comes back by itself. */
  readonly follow: () => Promise<void>;
  /** The run of somebody who is there. */
  readonly runOf: (member: string) => string | null;
  readonly forget: (member: string) => void;
}

export interface LiveLineParts {
  readonly circle: string;
  readonly start: number;
  readonly own: OwnSeat;
  readonly visit: Visit;
  readonly roomLog: RoomLog;
  readonly random: (length: number) => Bytes;
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onPassed: (from: SealedSignal, said: Signal, passing: Passing) => void;
  /** The stream stands, or has broken off. */
  readonly onLine: (isOnline: boolean) => void;
  /** The member log has been read on. */
  readonly onLog: () => void;
  /** There is no going on. */
  readonly onTrouble: (trouble: Trouble) => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
const MOST_WAITING = 200;
const ENDING: ReadonlySet<string> = new Set(["NoSeat", "NotNow", "Removed", "PassRefused"]);

export function makeLiveLine(parts: LiveLineParts): LiveLine {
  const { circle, start, own, visit, roomLog, signal: ending } = parts;
  const run = bytesToBase64url(parts.random(16));
  const gate = makeSignalGate(own.keys.pseudonym, run);
  const queue: Signal[] = [];
  let count = 0;
  let isSending = false;

  const meet = (trouble: Trouble) => {
    if (trouble.wrong !== undefined || ENDING.has(trouble.type)) parts.onTrouble(trouble);
  };

  /** The log may have grown, and the epoch moved on. */
  async function readOn(): Promise<boolean> {
    const read = await roomLog.readOn();
    if (read.ok) parts.onLog();
    else meet(read.refusal);
    return read.ok;
  }

  async function sealed(said: Signal): Promise<SealedSignal | null> {
    const { epoch, isSettled } = roomLog.log().standings.at(-1)!;
    const key = isSettled ? await roomLog.epochKey(epoch) : null;
    if (!key?.ok) return null;
    const place = { epoch, start, run, count: ++count };
    const made = sealSignal(circle, place, own.keys, key.value, said);
    return made.ok ? made.value : null;
  }

  async function sendOne(said: Signal): Promise<void> {
    for (let tries = 0; tries < 4 && !ending.aborted; tries++) {
      const signal = await sealed(said);
      const sent = signal && (await visit.call(sendSignal, { signal }));
      if (sent?.ok) return;
      const { type, detail } = sent?.refusal ?? { type: "EpochMoved" };
      if (type === "TooMany") await parts.wait(1000 * Number(detail?.["seconds"] ?? 2));
      else if (type !== "EpochMoved") return meet(sent!.refusal);
      else if (!(await readOn())) return;
      // Somebody's device makes the next epoch in a moment.
      else if (!roomLog.log().standings.at(-1)!.isSettled) await parts.wait(2000);
    }
  }

  async function sendAll(): Promise<void> {
    if (isSending) return;
    isSending = true;
    for (let next = queue.shift(); next && !ending.aborted; next = queue.shift())
      await sendOne(next);
    isSending = false;
  }

  async function hear(signal: SealedSignal): Promise<void> {
    if (signal.epoch > roomLog.log().standings.at(-1)!.epoch && !(await readOn())) return;
    const key = await roomLog.epochKey(signal.epoch);
    const opened: Result<Signal, unknown> | null = key.ok
      ? openSignal(roomLog.log(), start, key.value, signal)
      : null;
    if (opened?.ok) parts.onPassed(signal, opened.value, gate.pass(signal, opened.value));
  }

  async function followOnce(): Promise<boolean> {
    const ticket = await visit.ticket();
    if (!ticket.ok) return (meet(ticket.refusal), false);
    const body = { visit: ticket.value, after: roomLog.sequence() };
    const stream = await streamNameless(followRoom, { body, signal: ending });
    if (!stream.ok) {
      if (stream.refusal.type === "VisitOver") await visit.ticket(ticket.value);
      else meet(stream.refusal);
      return false;
    }
    await readOn();
    parts.onLine(true);
    const readEvents = makeEventReader();
    for await (const piece of stream.value)
      for (const { event, data } of readEvents(piece)) {
        if (ending.aborted) return true;
        if (event === "signal") await hear(JSON.parse(data) as SealedSignal);
        if (event === "log") await readOn();
      }
    return true;
  }

  return {
    runOf: gate.runOf,
    forget: gate.forget,
    send: (said) => {
      // Of how somebody is only the last word counts.
      const before = said.kind === "how" ? queue.findIndex(({ kind }) => kind === "how") : -1;
      if (before !== -1) queue.splice(before, 1);
      if (queue.length < MOST_WAITING) queue.push(said);
      void sendAll();
    },
    sayGone: () => {
      queue.length = 0;
      void sealed({ kind: "gone" }).then((signal) => signal && visit.call(sendSignal, { signal }));
    },
    follow: async () => {
      for (let pause = FIRST_PAUSE_MS; !ending.aborted;) {
        const came = await followOnce();
        if (ending.aborted) return;
        parts.onLine(false);
        pause = came ? FIRST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
        await parts.wait(pause * (0.5 + parts.random(1)[0]! / 510));
      }
    },
  };
}
