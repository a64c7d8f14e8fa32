/**
 * Keeps what follows a nameless act without telling of it: sealed on this device at once, and in one record of the
 * safe, of one size, that every member's device writes by a schedule of its own. No act changes whether or when it
 * is written, so who watches the named side sees the same of somebody in a circle and of somebody who never was.
 *
 * Written when the safe is opened, if this device wrote more than twenty hours ago, and once more between half an
 * hour and six hours after an opening, if the safe is open then.
 */
import { base64urlToBytes, bytesToHex } from "#platform/bytes.ts";
import { serverNow } from "#platform/web/clock.ts";
import { isWiped } from "./device.ts";
import { collectionTag } from "./keys.ts";
import {
  entriesOf,
  entriesToRecord,
  LATE,
  mergeEntries,
  newest,
  readSchedule,
  readWaiting,
  writeSchedule,
  writeWaiting,
} from "./late-record.ts";
import type { Safe } from "./safe.ts";

export interface LateKeeping {
  /** Resolves when it is kept on this device, where it can be read at once. Null removes. */
  readonly keepLater: (name: string, value: unknown) => Promise<void>;
  /** The newest that this device knows of. */
  readonly read: <Value>(name: string) => Promise<Value | null>;
  /** The same of all that are named `kind …`. */
  readonly readAll: <Value>(kind: string) => Promise<readonly Value[]>;
  /** The safe was opened: from now on the schedule is kept to. Again changes nothing. */
  readonly begin: () => Promise<void>;
  /** Writes nothing more; what waits stays where it is. */
  readonly close: () => void;
}

export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 32 random bits. */
  readonly random: () => number;
  /** Gives what calls it off. */
  readonly after: (ms: number, act: () => void) => () => void;
}

const MINUTE = 60_000;
export const WRITE_EVERY_MS = 20 * 60 * MINUTE;
export const SHORTEST_WAIT_MS = 30 * MINUTE;
export const LONGEST_WAIT_MS = 6 * 60 * MINUTE;

const opened = new WeakMap<Safe, LateKeeping>();

/** The one of an open safe, until it is closed. */
export function lateKeepingOf(safe: Safe): LateKeeping {
  const before = opened.get(safe);
  if (before !== undefined) return before;
  const late = openLateKeeping(safe);
  const close = () => {
    opened.delete(safe);
    late.close();
  };
  const one = { ...late, close };
  opened.set(safe, one);
  return one;
}

export function openLateKeeping(safe: Safe, surroundings: Surroundings = BROWSER): LateKeeping {
  const { now, random, after } = surroundings;
  let callOff = () => {};
  let closed = false;
  let begun: Promise<void> | null = null;

  /** One after the other, also among the tabs of this browser, which share what waits and the schedule. */
  const inTurn = <Value>(act: () => Promise<Value>): Promise<Value> =>
    navigator.locks.request(`callroom-late ${safe.account}`, act) as Promise<Value>;

  const entries = async () =>
    mergeEntries(entriesOf(safe.get(LATE, await recordId(safe))), await readWaiting(safe));

  async function keepLater(name: string, value: unknown): Promise<void> {
    await inTurn(async () => {
      const before = (await entries())[name];
      // Whatever the clocks of devices say, what was kept knowing of another goes above it.
      const entry = { value, keptAt: Math.max(now(), (before?.keptAt ?? 0) + 1) };
      const waiting = await readWaiting(safe);
      await writeWaiting(safe, { ...waiting, [name]: newest(entry, waiting[name])! });
    }).catch(unlessWiped);
  }

  /** Only in turn. Sealed anew whether or not anything waited. */
  async function write(): Promise<void> {
    await safe.write(LATE, await recordId(safe), entriesToRecord(await entries()));
    // Only now: what was cut off in between is written once more.
    await writeWaiting(safe, {});
  }

  async function open(): Promise<void> {
    // What other devices wrote comes first: ours goes above it.
    await safe.sync();
    await inTurn(async () => {
      if (closed) return;
      const at = now();
      const before = await readSchedule(safe);
      // A clock that was set back keeps nothing for ever.
      const isRecent = at - WRITE_EVERY_MS < before.wroteAt && before.wroteAt <= at;
      if (!isRecent) await write();
      const isDueStill = at < before.dueAt && before.dueAt <= at + LONGEST_WAIT_MS;
      const dueAt = isDueStill ? before.dueAt : at + anyWait(random);
      await writeSchedule(safe, { wroteAt: isRecent ? before.wroteAt : at, dueAt });
      callOff = after(dueAt - at, () => void writeDue(dueAt).catch(unlessWiped));
    });
  }

  async function writeDue(dueAt: number): Promise<void> {
    if (closed) return;
    await safe.sync();
    await inTurn(async () => {
      // Another tab had it to write too.
      if (closed || (await readSchedule(safe)).dueAt !== dueAt) return;
      await write();
      await writeSchedule(safe, { wroteAt: now(), dueAt: 0 });
    });
  }

  return {
    keepLater,
    read: async <Value>(name: string) => ((await entries())[name]?.value ?? null) as Value | null,
    readAll: async <Value>(kind: string) =>
      Object.entries(await entries())
        .filter(([name, { value }]) => name.startsWith(`${kind} `) && value !== null)
        .map(([, { value }]) => value as Value),
    begin: () => (begun ??= open().catch(unlessWiped)),
    close: () => {
      closed = true;
      callOff();
    },
  };
}

/** The same on every device of the member, and to the server as good as random. */
const recordId = async (safe: Safe): Promise<string> =>
  bytesToHex(base64urlToBytes(await collectionTag(safe.open, "the late record"))!);

/** Among twenty million milliseconds 32 bits favour none noticeably. */
const anyWait = (random: () => number): number =>
  SHORTEST_WAIT_MS + Math.floor((random() / 2 ** 32) * (LONGEST_WAIT_MS - SHORTEST_WAIT_MS));

/** Whoever left took the device's memory along. */
function unlessWiped(error: unknown): void {
  if (!isWiped(error)) throw error;
}

const BROWSER: Surroundings = {
  now: serverNow,
  random: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
