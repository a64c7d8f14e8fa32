/**
 * The open safe on this device: records in memory, sealed copies in IndexedDB, an outbox to the server. A
 * write is kept here first, so that a network that drops in the middle loses nothing.
 */
import { base64urlToBytes, bytesToBase64url, bytesToHex, hexToBytes } from "#platform/bytes.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { readRecords, writeRecord } from "../contract.ts";
import { RECORD_NONCE_BYTES } from "../record.ts";
import { EMPTY, openCollections, type Home } from "./collections.ts";
import { readKept, readMeta, writeMeta, type Device, type KeptRecord } from "./device.ts";
import { openDrafts, type Drafts } from "./drafts.ts";
import type { OpenKey } from "./keys.ts";
import { LATE, mergeRecords, readWaiting } from "./late-record.ts";
import { openRecord, sealRecord } from "./seal.ts";

export interface SafeRecord<Content> {
  readonly id: string;
  readonly version: number;
  readonly content: Content;
}

export type SyncState = "saved" | "saving" | "offline" | "full" | "tampered";

export interface Safe extends Drafts {
  readonly account: string;
  readonly open: OpenKey;
  /** Decrypted and in memory; the same array until something changes. */
  readonly list: <Content>(collection: string) => readonly SafeRecord<Content>[];
  readonly get: <Content>(collection: string, id: string) => Content | null;
  /** Resolves when it is kept on this device; the outbox takes it to the server. */
  readonly write: (collection: string, id: string, content: unknown) => Promise<void>;
  readonly remove: (collection: string, id: string) => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly sync: () => Promise<void>;
  readonly syncState: () => SyncState;
  /** How many changes are on this device alone; `late` of them wait for their hour. */
  readonly unsent: () => Promise<number>;
  readonly late: () => Promise<number>;
  readonly close: () => void;
}

type Plain = NonNullable<Awaited<ReturnType<typeof openRecord>>>;
type Outcome = "gone" | "full" | "stuck" | "offline";

const SYNC_EVERY_MS = 60_000;
const TRY_AGAIN_MS = 5_000;
const SET_ASIDE = "set-aside";
/** Few enough that a tap in between is heard. */
const SIDE_BY_SIDE = 32;

/**
 * `names`: the collections this version of the app knows; others stay sealed and untouched. `isOurs` asks
 * whether the session is this account's: before it says so, nothing goes to the server or comes from it.
 */
export async function openSafe(
  device: Device,
  account: string,
  open: OpenKey,
  names: readonly string[],
  isOurs: () => Promise<boolean>,
): Promise<Safe> {
  const [{ named, homeOf }, drafts] = await Promise.all([
    openCollections(open, names),
    openDrafts(device, account, open),
  ]);
  // The version that the server is known to have, by place. What waits in the outbox is one above it.
  const acknowledged = new Map<string, number>();
  // Nonces of what was sent and not acknowledged: where only the answer was lost, the "other" record is our own.
  const sent = new Map<string, Set<string>>();
  const listeners = new Set<() => void>();
  const otherTabs = new BroadcastChannel(`callroom-safe ${account}`);
  // The version in memory, by place.
  const shown = new Map<string, number>();
  let state: SyncState = "saved";
  let writing: Promise<unknown> = Promise.resolve();
  let syncing: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const tellTabs = (place: string) => {
    if (!closed) otherTabs.postMessage(place);
  };
  const setState = (next: SyncState) => {
    if (state === next || state === "tampered") return;
    state = next;
    tell();
  };

  /** One after the other, so that no two writes take the same version, or one overtakes an acknowledgement. */
  function inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const done = writing.then(act);
    writing = done.catch(() => undefined);
    return done;
  }

  /** The same for what the network brings: a closed safe may have been opened anew, and takes nothing more. */
  const inTurnWhileOpen = <Value>(act: () => Promise<Value>): Promise<Value> =>
    inTurn(() => (closed ? Promise.reject(new Error("The safe was closed")) : act()));

  const opened = ({ collection, id }: Home, { version, sealed }: KeptRecord) =>
    openRecord(collection.key, { safe: account, collection: collection.name, id, version }, sealed);

  /** False where it doesn't open: then what was known before stays. A null content is a removal. */
  async function show(record: KeptRecord): Promise<boolean> {
    const home = homeOf(record.place);
    return home === null || take(record, home, await opened(home, record));
  }

  function take({ place, version }: KeptRecord, home: Home, plain: Plain | null): boolean {
    if (plain === null) {
      setState("tampered");
      return false;
    }
    const { collection, id } = home;
    const { content } = plain;
    const others = shown.has(place)
      ? collection.list.filter((kept) => kept.id !== id)
      : collection.list;
    collection.list = content === null ? others : [...others, { id, version, content }];
    shown.set(place, version);
    return true;
  }

  /** Only in turn. */
  async function keep({ collection, id }: Home, content: unknown): Promise<void> {
    const place = `${collection.tag} ${bytesToBase64url(hexToBytes(id)!)}`;
    const version = (acknowledged.get(place) ?? 0) + 1;
    const at = { safe: account, collection: collection.name, id, version };
    const record = { place, version, sealed: await sealRecord(collection.key, at, content) };
    const both = device.transaction(["records", "outbox"], "readwrite");
    await Promise.all([
      both.objectStore("records").put(record),
      both.objectStore("outbox").put(record),
      both.done,
    ]);
    await show(record);
    tellTabs(place);
    tell();
  }

  async function put(name: string, id: string, content: unknown): Promise<void> {
    const collection = named(name);
    if (!collection || hexToBytes(id)?.length !== 16)
      throw new Error("No such collection, or no record id");
    await inTurn(() => keep({ collection, id }, content));
    void sync();
  }

  function sync(): Promise<void> {
    if (closed) return Promise.resolve();
    if (syncing) {
      again = true;
      return syncing;
    }
    clearTimeout(timer);
    const once = syncOnce().catch((error: unknown) => {
      // Closed in the middle, when the device was wiped or the safe locked: nothing is left to be told.
      if (!closed) throw error;
    });
    syncing = once.finally(() => {
      syncing = null;
      if (closed) return;
      if (again) {
        again = false;
        void sync();
      } else
        timer = setTimeout(() => void sync(), state === "offline" ? TRY_AGAIN_MS : SYNC_EVERY_MS);
    });
    return syncing;
  }

  async function syncOnce(): Promise<void> {
    if (!(await isOurs()) || closed) return;
    const waiting = await device.getAll("outbox");
    if (waiting.length > 0) setState("saving");
    const outcomes: Outcome[] = [];
    for (const record of waiting) {
      const outcome = await send(record);
      if (outcome === "offline") return setState("offline");
      // Where the safe is full the others still go: a removal among them makes room.
      outcomes.push(outcome);
    }
    if (!(await fetchNewer())) return setState("offline");
    const left = await device.count("outbox");
    if (outcomes.includes("full")) setState("full");
    else if (left === 0) setState("saved");
    // Once more where something new waits, or where what went may have made room.
    if (left > 0) again ||= outcomes.includes("gone") || left > outcomes.length;
  }

  async function send(record: KeptRecord): Promise<Outcome> {
    const [collection, id] = record.place.split(" ") as [string, string];
    // From a safe that was closed just after, or another tab.
    if (shown.get(record.place) !== record.version) await inTurnWhileOpen(() => load(record, true));
    sent.set(record.place, (sent.get(record.place) ?? new Set()).add(nonceOf(record)));
    const answered = await call(writeRecord, {
      params: { collection, id },
      body: { version: record.version, sealed: bytesToBase64url(record.sealed) },
    });
    if (answered.ok) {
      await inTurnWhileOpen(() => acknowledge(record));
      return "gone";
    }
    if (answered.refusal.type === "VersionConflict")
      return settle(record.place, Number(answered.refusal.detail?.["sequence"] ?? 1));
    return answered.refusal.type === "SafeFull" ? "full" : "offline";
  }

  async function acknowledge(record: KeptRecord): Promise<void> {
    const known = acknowledged.get(record.place) ?? 0;
    acknowledged.set(record.place, Math.max(known, record.version));
    sent.delete(record.place);
    const waiting = await device.get("outbox", record.place);
    if (waiting && nonceOf(waiting) === nonceOf(record))
      await device.delete("outbox", record.place);
    else if (waiting) await keepAgain(waiting);
    tellTabs(record.place);
  }

  // Written again while the one before was on its way: it goes as the next version.
  async function keepAgain(waiting: KeptRecord): Promise<void> {
    const home = homeOf(waiting.place);
    const plain = home && (await opened(home, waiting));
    if (plain) await keep(home, plain.content);
  }

  /**
   * Another device was first: ours goes on top of theirs, and theirs is set aside, so that neither is lost; what is
   * kept late holds both.
   * Ours stays in the outbox until it is there, also where the network drops in the middle.
   */
  async function settle(place: string, sequence: number): Promise<Outcome> {
    const home = homeOf(place);
    if (!home) return "stuck";
    const page = await call(readRecords, { query: { after: sequence - 1 } });
    const theirs = page.ok
      ? page.value.records.map(toKept).find((one) => one.place === place)
      : null;
    if (!theirs) return "offline";
    const their = await opened(home, theirs);
    if (their === null) {
      setState("tampered");
      return "stuck";
    }
    return inTurnWhileOpen(async () => {
      const waiting = await device.get("outbox", place);
      const our = waiting && (await opened(home, waiting));
      if (!our) return "stuck";
      acknowledged.set(place, Math.max(acknowledged.get(place) ?? 0, theirs.version));
      if (home.collection.name === LATE) {
        // Also where both are alike: that would tell what is in them.
        await keep(home, mergeRecords(our.content, their.content));
        return "gone";
      }
      const isSame = JSON.stringify(our.content) === JSON.stringify(their.content);
      const isOurs = sent.get(place)?.has(nonceOf(theirs)) ?? false;
      sent.delete(place);
      const aside = named(SET_ASIDE);
      if (isSame) {
        await device.put("records", theirs);
        await device.delete("outbox", place);
        await show(theirs);
        return "gone";
      }
      if (!isOurs && aside && their.content !== null)
        await keep(
          { collection: aside, id: newRecordId() },
          { collection: home.collection.name, id: home.id, content: their.content },
        );
      await keep(home, our.content);
      return "gone";
    });
  }

  /** False where the server can't be reached, or talks nonsense. */
  async function fetchNewer(): Promise<boolean> {
    let after = (await readMeta<number>(device, "sequence")) ?? 0;
    // Versions that the server has, where it went back, as after a restore.
    let behind: Map<string, number> | null = null;
    for (;;) {
      const page = await call(readRecords, { query: { after } });
      if (!page.ok) return false;
      const { records, sequence, more } = page.value;
      if (sequence < after && behind === null) {
        behind = new Map();
        after = 0;
        continue;
      }
      for (const record of records.map(toKept)) {
        behind?.set(record.place, record.version);
        await inTurnWhileOpen(() => receive(record));
      }
      if (records.length > 0) tell();
      if (more && sequence <= after) return false;
      after = sequence;
      if (behind === null) await writeMeta(device, "sequence", after);
      if (more) continue;
      if (behind !== null) {
        for (const { place } of await device.getAll("records"))
          if ((behind.get(place) ?? 0) < (acknowledged.get(place) ?? 0))
            await inTurnWhileOpen(() => bringForward(place));
        await writeMeta(device, "sequence", after);
      }
      return true;
    }
  }

  async function receive(record: KeptRecord): Promise<void> {
    const { place, version } = record;
    const known = acknowledged.get(place) ?? 0;
    if (version < known) return bringForward(place);
    // Where ours waits, `settle` compares the two when it is refused.
    if (version === known || (await device.get("outbox", place))) return;
    // What doesn't open is not kept over what does.
    if (!(await show(record))) return;
    acknowledged.set(place, version);
    await device.put("records", record);
    tellTabs(place);
  }

  /** The server forgot what it had acknowledged: it gets it again. */
  async function bringForward(place: string): Promise<void> {
    const kept = await device.get("records", place);
    if (!kept || (await device.get("outbox", place))) return;
    await device.put("outbox", kept);
    again = true;
  }

  /** Reads what this device keeps, when another tab changed it. */
  async function load(record: KeptRecord, isWaiting: boolean): Promise<void> {
    acknowledgeKept(record, isWaiting);
    await show(record);
  }

  /** The same at the beginning: side by side, because one after the other takes a phone long after some years. */
  async function loadAll(): Promise<void> {
    const { kept, waiting } = await readKept(device);
    for (let first = 0; first < kept.length; first += SIDE_BY_SIDE) {
      const some = kept.slice(first, first + SIDE_BY_SIDE).map(async (record) => {
        const home = homeOf(record.place);
        return { record, home, plain: home && (await opened(home, record)) };
      });
      for (const { record, home, plain } of await Promise.all(some)) {
        acknowledgeKept(record, waiting.has(record.place));
        if (home !== null) take(record, home, plain);
      }
    }
  }

  function acknowledgeKept({ place, version }: KeptRecord, isWaiting: boolean): void {
    const known = acknowledged.get(place) ?? 0;
    acknowledged.set(place, Math.max(known, version - (isWaiting ? 1 : 0)));
  }

  const late = async () => Object.keys(await readWaiting(drafts)).length;
  await loadAll();
  const online = () => void sync();
  addEventListener("online", online);
  otherTabs.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const loading = inTurn(async () => {
      const record = closed ? undefined : await device.get("records", data);
      if (record) await load(record, (await device.get("outbox", data)) !== undefined);
    });
    // A device that was wiped in this moment has nothing to read.
    loading.then(tell, () => undefined);
  });

  return {
    account,
    open,
    list: <Content>(collection: string) =>
      (named(collection)?.list ?? EMPTY) as readonly SafeRecord<Content>[],
    get: <Content>(collection: string, id: string) =>
      (named(collection)?.list.find((record) => record.id === id)?.content as
        Content | undefined) ?? null,
    write: put,
    remove: (collection, id) => put(collection, id, null),
    ...drafts,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sync,
    syncState: () => state,
    unsent: async () => (await device.count("outbox")) + (await late()),
    late,
    close: () => {
      closed = true;
      clearTimeout(timer);
      removeEventListener("online", online);
      otherTabs.close();
      listeners.clear();
    },
  };
}

// Nonsense in place of base64url opens as little as altered bytes do.
const toKept = (incoming: AnswerOf<typeof readRecords>["records"][number]): KeptRecord => ({
  place: `${incoming.collection} ${incoming.id}`,
  version: incoming.version,
  sealed: base64urlToBytes(incoming.sealed) ?? new Uint8Array(0),
});

const nonceOf = ({ sealed }: KeptRecord): string =>
  bytesToBase64url(sealed.subarray(0, RECORD_NONCE_BYTES));

/** 32 hex digits. */
export const newRecordId = (): string => bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
