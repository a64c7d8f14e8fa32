/** In place of the safe while a file is previewed: what is written stays in this tab and goes when it is closed. */
import type { Safe, SafeRecord } from "#vault/web/safe.ts";

const KEY = "preview";

export function tabSafe(): Safe {
  const kept = read();
  const lists = new Map<string, readonly SafeRecord<unknown>[]>();
  const listeners = new Set<() => void>();
  const save = () => sessionStorage.setItem(KEY, JSON.stringify(kept));
  const write = (collection: string, id: string, content: unknown): Promise<void> => {
    kept.records[collection] = { ...kept.records[collection], [id]: content };
    lists.delete(collection);
    save();
    for (const listener of listeners) listener();
    return Promise.resolve();
  };
  const list = (collection: string): readonly SafeRecord<unknown>[] => {
    const known = lists.get(collection) ?? recordsOf(kept.records[collection]);
    lists.set(collection, known);
    return known;
  };
  return {
    account: "preview",
    list,
    get: (collection: string, id: string) => kept.records[collection]?.[id] ?? null,
    write,
    remove: (collection: string, id: string) => write(collection, id, null),
    isDraftKept: (key: string) => (kept.drafts[key] ?? null) !== null,
    readDraft: (key: string) => Promise.resolve(kept.drafts[key] ?? null),
    writeDraft: (key: string, content: unknown) => {
      kept.drafts[key] = content;
      save();
      return Promise.resolve();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sync: () => Promise.resolve(),
    syncState: () => "saved",
    unsent: () => Promise.resolve(0),
    late: () => Promise.resolve(0),
    close: () => undefined,
    // Nothing is sealed here, so there is no key; no screen of an exercise asks for it.
  } satisfies Omit<Safe, "open" | "list" | "get"> & Record<string, unknown> as unknown as Safe;
}

interface Kept {
  readonly records: Record<string, Readonly<Record<string, unknown>>>;
  readonly drafts: Record<string, unknown>;
}

const read = (): Kept =>
  JSON.parse(sessionStorage.getItem(KEY) ?? '{"records":{},"drafts":{}}') as Kept;

const recordsOf = (records: Readonly<Record<string, unknown>> = {}): SafeRecord<unknown>[] =>
  Object.entries(records)
    .filter(([, content]) => content !== null)
    .map(([id, content]) => ({ id, version: 1, content }));
