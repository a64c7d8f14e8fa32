/**
 * The open safe on this device: records in memory, sealed copies in IndexedDB, an outbox to the server. A
 * write is kept here first, so that a network that drops in the middle loses nothing.
 */
import { base64urlToBytes, bytesToBase64url, bytesToHex, hexToBytes } from "#platform/bytes.ts";
import { call } from "#platform/web/api.ts";
import { readRecords, writeRecord } from "../contract.ts";
import { readMeta, writeMeta, type Device, type KeptRecord } from "./device.ts";
import { collectionKey, collectionTag, deviceKey, type OpenKey } from "./keys.ts";
import { openBound, openRecord, sealBound, sealRecord } from "./seal.ts";

export interface SafeRecord<Content> {
  readonly id: string;
  readonly version: number;
  readonly content: Content;
}

export type SyncState = "saved" | "saving" | "offline" | "full" | "tampered";

export interface Safe {
  readonly account: string;
  readonly open: OpenKey;
  /** Decrypted and in memory; the same array until something changes. */
  readonly list: <Content>(collection: string) => readonly SafeRecord<Content>[];
  readonly get: <Content>(collection: string, id: string) => Content | null;
  /** Resolves when it is kept on this device; the outbox takes it to the server. */
  readonly write: (collection: string, id: string, content: unknown) => Promise<void>;
  readonly remove: (collection: string, id: string) => Promise<void>;
  readonly readDraft: (key: string) => Promise<unknown>;
  readonly writeDraft: (key: string, content: unknown) => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly sync: () => Promise<void>;
  readonly syncState: () => SyncState;
  readonly close: () => void;
}

interface Collection {
  readonly name: string;
  readonly key: CryptoKey;
  readonly tag: string;
  list: readonly SafeRecord<unknown>[];
}

const EMPTY: readonly never[] = [];
const SYNC_EVERY_MS = 60_000;
const TRY_AGAIN_MS = 5_000;

/** `names`: the collections this version of the app knows; others stay sealed and untouched. */
export async function openSafe(
  device: Device,
  account: string,
  open: OpenKey,
  names: readonly string[],
): Promise<Safe> {
  const collections = await Promise.all(
    names.map(async (name): Promise<Collection> => {
      const [key, tag] = await Promise.all([collectionKey(open, name), collectionTag(open, name)]);
      return { name, key, tag, list: EMPTY };
    }),
  );
  const byTag = new Map(collections.map((collection) => [collection.tag, collection]));
  const byName = new Map(collections.map((collection) => [collection.name, collection]));
  const drafts = await deviceKey(open);
  const versions = new Map<string, number>();
  const listeners = new Set<() => void>();
  let state: SyncState = "saved";
  let syncing: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const setState = (next: SyncState) => {
    if (state === next || state === "tampered") return;
    state = next;
    tell();
  };

  async function take(record: KeptRecord): Promise<void> {
    versions.set(record.place, record.version);
    const [tag, id] = record.place.split(" ") as [string, string];
    const collection = byTag.get(tag);
    if (!collection) return;
    const hex = bytesToHex(base64urlToBytes(id)!);
    const others = collection.list.filter((kept) => kept.id !== hex);
    if (record.sealed === null) {
      collection.list = others;
      return;
    }
    const at = { safe: account, collection: collection.name, id: hex, version: record.version };
    const content = await openRecord(collection.key, at, record.sealed);
    if (content === null) {
      setState("tampered");
      return;
    }
    collection.list = [...others, { id: hex, version: record.version, content }];
  }

  async function put(collection: string, id: string, content: unknown): Promise<void> {
    const home = byName.get(collection);
    const bytes = hexToBytes(id);
    if (!home || bytes?.length !== 16) throw new Error("No such collection, or no record id");
    const place = `${home.tag} ${bytesToBase64url(bytes)}`;
    const version = (versions.get(place) ?? 0) + 1;
    const at = { safe: account, collection, id, version };
    const sealed = content === null ? null : await sealRecord(home.key, at, content);
    const record: KeptRecord = { place, version, sealed };
    const both = device.transaction(["records", "outbox"], "readwrite");
    await Promise.all([
      both.objectStore("records").put(record),
      both.objectStore("outbox").put(record),
      both.done,
    ]);
    await take(record);
    tell();
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
    const waiting = await device.getAll("outbox");
    if (waiting.length > 0) setState("saving");
    for (const record of waiting) if (!(await send(record))) return;
    if (!(await fetchNewer())) return;
    if ((await device.count("outbox")) === 0) setState("saved");
    else again = true;
  }

  /** True where the next one may be tried. */
  async function send(record: KeptRecord): Promise<boolean> {
    const [collection, id] = record.place.split(" ") as [string, string];
    const sent = await call(writeRecord, {
      params: { collection, id },
      body: {
        version: record.version,
        sealed: record.sealed === null ? null : bytesToBase64url(record.sealed),
      },
    });
    if (sent.ok) {
      const waiting = await device.get("outbox", record.place);
      if (waiting?.version === record.version) await device.delete("outbox", record.place);
      return true;
    }
    if (sent.refusal.type === "VersionConflict") return settle(record);
    setState(sent.refusal.type === "SafeFull" ? "full" : "offline");
    return false;
  }

  // Another device was first: ours goes on top of theirs, and theirs is set aside, so that neither is lost.
  async function settle(record: KeptRecord): Promise<boolean> {
    const [tag, id] = record.place.split(" ") as [string, string];
    const collection = byTag.get(tag);
    const hex = bytesToHex(base64urlToBytes(id)!);
    const ours = collection?.list.find((kept) => kept.id === hex)?.content ?? null;
    await device.delete("outbox", record.place);
    versions.set(record.place, record.version - 1);
    if (!(await fetchNewer())) return false;
    const theirs = collection?.list.find((kept) => kept.id === hex)?.content ?? null;
    if (!collection || JSON.stringify(ours) === JSON.stringify(theirs)) return true;
    if (theirs !== null)
      await put("set-aside", newRecordId(), {
        collection: collection.name,
        id: hex,
        content: theirs,
      });
    await put(collection.name, hex, ours);
    return true;
  }

  async function fetchNewer(): Promise<boolean> {
    for (;;) {
      const after = (await readMeta<number>(device, "sequence")) ?? 0;
      const page = await call(readRecords, { query: { after } });
      if (!page.ok) {
        setState("offline");
        return false;
      }
      const waiting = new Set(await device.getAllKeys("outbox"));
      for (const incoming of page.value.records) {
        const record: KeptRecord = {
          place: `${incoming.collection} ${incoming.id}`,
          version: incoming.version,
          sealed: incoming.sealed === null ? null : base64urlToBytes(incoming.sealed),
        };
        const known = versions.get(record.place) ?? 0;
        if (record.version < known && !waiting.has(record.place)) setState("tampered");
        if (record.version <= known) continue;
        await device.put("records", record);
        await take(record);
      }
      if (page.value.records.length > 0) tell();
      await writeMeta(device, "sequence", page.value.sequence);
      if (!page.value.more) return true;
    }
  }

  for (const record of await device.getAll("records")) await take(record);
  const online = () => void sync();
  addEventListener("online", online);

  return {
    account,
    open,
    list: <Content>(collection: string) =>
      (byName.get(collection)?.list ?? EMPTY) as readonly SafeRecord<Content>[],
    get: <Content>(collection: string, id: string) =>
      (byName.get(collection)?.list.find((record) => record.id === id)?.content as
        Content | undefined) ?? null,
    write: put,
    remove: (collection, id) => put(collection, id, null),
    readDraft: async (key) => {
      const sealed = await device.get("drafts", key);
      const plain = sealed && (await openBound(drafts, draftBinding(account, key), sealed));
      return plain ? (JSON.parse(new TextDecoder().decode(plain)) as unknown) : null;
    },
    writeDraft: async (key, content) => {
      if (content === null) return device.delete("drafts", key);
      const plain = new TextEncoder().encode(JSON.stringify(content));
      await device.put("drafts", await sealBound(drafts, draftBinding(account, key), plain), key);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sync,
    syncState: () => state,
    close: () => {
      closed = true;
      clearTimeout(timer);
      removeEventListener("online", online);
      listeners.clear();
    },
  };
}

const draftBinding = (account: string, key: string) =>
  new TextEncoder().encode(`callroom/v1/draft ${account} ${key}`);

/** 32 hex digits. */
export const newRecordId = (): string => bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
