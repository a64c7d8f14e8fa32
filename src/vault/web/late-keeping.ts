/**
 * Keeps what follows a nameless act without telling its time: sealed on this device at once, and written to the
 * safe between half an hour and six hours later, together with what else waits. Who watches the named side sees a
 * few records arrive, and not when anything was done. Where the device was closed by then, they go when the safe
 * is next opened.
 */
import { isWiped } from "./device.ts";
import { readLate, writeLate, type LateBatch, type LateEntry } from "./late-batch.ts";
import { newRecordId, type Safe } from "./safe.ts";

export interface LateKeeping {
  /** Resolves when it is kept on this device. Null removes. `id` has 32 hex digits. */
  readonly keepLater: (collection: string, id: string, content: unknown) => Promise<void>;
  /** What waits here, and else what the safe holds. */
  readonly read: <Content>(collection: string, id: string) => Promise<Content | null>;
  /** Sends nothing more; what waits stays where it is. */
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
export const SHORTEST_WAIT_MS = 30 * MINUTE;
export const LONGEST_WAIT_MS = 6 * 60 * MINUTE;

export function openLateKeeping(safe: Safe, surroundings: Surroundings = BROWSER): LateKeeping {
  const { now, random, after } = surroundings;
  let callOff = () => {};
  let closed = false;

  const dueAt = () =>
    now() + SHORTEST_WAIT_MS + randomBelow(random, LONGEST_WAIT_MS - SHORTEST_WAIT_MS);
  /** One after the other, also among the tabs of this browser, which all keep the one batch. */
  const inTurn = <Value>(act: () => Promise<Value>): Promise<Value> =>
    navigator.locks.request(`callroom-late ${safe.account}`, act) as Promise<Value>;

  async function keepLater(collection: string, id: string, content: unknown): Promise<void> {
    await inTurn(async () => {
      const batch = await readLate(safe);
      const before = batch.entries.find((entry) => isAt(entry, collection, id));
      const over = before?.over ?? versionOf(safe, collection, id);
      const others = batch.entries.filter((entry) => entry !== before);
      const entries = [...others, { collection, id, content, keptAt: now(), over }];
      await keep({ dueAt: batch.entries.length === 0 ? dueAt() : batch.dueAt, entries });
    }).catch(unlessWiped);
  }

  async function keep(batch: LateBatch): Promise<void> {
    await writeLate(safe, batch);
    wakeFor(batch);
  }

  function wakeFor({ dueAt: at, entries }: LateBatch): void {
    callOff();
    if (closed || entries.length === 0) return;
    // A clock that was set back must not keep anything for ever.
    const wait = Math.min(Math.max(at - now(), 0), LONGEST_WAIT_MS);
    callOff = after(wait, () => void goOut().catch(unlessWiped));
  }

  async function goOut(): Promise<void> {
    await inTurn(async () => {
      const batch = await readLate(safe);
      if (closed) return;
      const at = now();
      if (at < batch.dueAt && batch.dueAt <= at + LONGEST_WAIT_MS) return wakeFor(batch);
      const isYoung = ({ keptAt }: LateEntry) => keptAt <= at && at < keptAt + SHORTEST_WAIT_MS;
      for (const entry of batch.entries) if (!isYoung(entry)) await send(entry);
      // Only now: what was cut off in between is sent once more, as it was.
      await keep({ dueAt: dueAt(), entries: batch.entries.filter(isYoung) });
    });
  }

  /** Where another device wrote meanwhile, its words are set aside, as the safe does. */
  async function send({ collection, id, content, over }: LateEntry): Promise<void> {
    const theirs = safe.get(collection, id);
    const isSame = JSON.stringify(theirs) === JSON.stringify(content);
    if (isSame) return;
    if (theirs !== null && versionOf(safe, collection, id) !== over)
      await safe.write(SET_ASIDE, newRecordId(), { collection, id, content: theirs });
    await safe.write(collection, id, content);
  }

  void inTurn(async () => wakeFor(await readLate(safe))).catch(unlessWiped);
  return {
    keepLater,
    read: async <Content>(collection: string, id: string) => {
      const { entries } = await readLate(safe);
      const waiting = entries.find((entry) => isAt(entry, collection, id));
      return waiting ? (waiting.content as Content | null) : safe.get<Content>(collection, id);
    },
    close: () => {
      closed = true;
      callOff();
    },
  };
}

const SET_ASIDE = "set-aside";

const isAt = (entry: LateEntry, collection: string, id: string): boolean =>
  entry.collection === collection && entry.id === id;

const versionOf = (safe: Safe, collection: string, id: string): number =>
  safe.list(collection).find((record) => record.id === id)?.version ?? 0;

/** Among half a million milliseconds and more, so few bits that none is favoured noticeably. */
const randomBelow = (random: () => number, bound: number): number =>
  Math.floor((random() / 2 ** 32) * bound);

/** Whoever left took the device's memory along. */
function unlessWiped(error: unknown): void {
  if (!isWiped(error)) throw error;
}

const BROWSER: Surroundings = {
  now: () => Date.now(),
  random: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
