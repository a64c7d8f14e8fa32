/** Keeps sealed records, those that arrive together in one commit. */
import { commitTogether } from "#platform/server/commit-together.ts";
import { keepRecords, type NewRecord, type VaultDb } from "./store.ts";

/** The record's place in its safe's sequence; null where it isn't above what is kept, or there is no room. */
export type Keep = (record: NewRecord) => Promise<number | null>;

export function makeKeep(db: VaultDb): Keep {
  return commitTogether({
    commit: (records) => keepRecords(db, records),
    order: (one, other) => (one.safe < other.safe ? -1 : 1),
    bytesOf: ({ sealed }) => sealed.length,
    mostBytes: 2 * 1024 * 1024,
    mostItems: 16,
    mostCommits: 2,
  });
}
