/**
 * Search over the journal, in memory: the index belongs to the open safe and goes when that is locked. It is filled
 * newest first, a few milliseconds at a time, so thousands of entries neither hold up the page nor the first answers.
 */
import { useEffect, useState } from "react";
import { makeTextIndex } from "#library/text-index.ts";
import { inSlices } from "#library/web/in-slices.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { KeptEntry } from "../entry.ts";

interface JournalIndex {
  /** Takes in what is new or changed, and drops what is gone. */
  readonly catchUp: (
    entries: readonly KeptEntry[],
    isCalledOff: () => boolean,
    onSlice?: () => void,
  ) => Promise<void>;
  readonly find: (query: string) => ReadonlySet<string>;
}

function openJournalIndex(): JournalIndex {
  const index = makeTextIndex();
  const taken = new Map<string, KeptEntry>();
  return {
    catchUp: async (entries, isCalledOff, onSlice) => {
      const ids = new Set(entries.map(({ id }) => id));
      for (const id of taken.keys())
        if (!ids.has(id)) {
          index.remove(id);
          taken.delete(id);
        }
      await inSlices(
        entries.filter((entry) => taken.get(entry.id) !== entry),
        (entry) => {
          index.replace({ id: entry.id, title: "", tags: entry.tags, text: entry.text });
          taken.set(entry.id, entry);
        },
        isCalledOff,
        onSlice,
      );
    },
    find: index.matching,
  };
}

const indexBySafe = new WeakMap<object, JournalIndex>();

const indexOf = (safe: object): JournalIndex => {
  const index = indexBySafe.get(safe) ?? openJournalIndex();
  indexBySafe.set(safe, index);
  return index;
};

export interface JournalSearch {
  /** Null where nothing is asked. Newest first. */
  readonly found: readonly KeptEntry[] | null;
  /** False while older entries are still being taken in. */
  readonly isWhole: boolean;
}

/** While the index fills, answers are brought up to date no more often than somebody reads. */
const TELL_EVERY_MS = 250;

export function useJournalSearch(entries: readonly KeptEntry[], query: string): JournalSearch {
  const index = indexOf(useSafe());
  const [isWhole, setIsWhole] = useState(false);
  const [, tell] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    let toldAt = performance.now();
    const onSlice = () => {
      if (!isCurrent || performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      tell((count) => count + 1);
    };
    setIsWhole(false);
    void index
      .catchUp(entries, () => !isCurrent, onSlice)
      .then(() => {
        if (isCurrent) setIsWhole(true);
      });
    return () => {
      isCurrent = false;
    };
  }, [index, entries]);
  if (query.trim() === "") return { found: null, isWhole };
  const ids = index.find(query);
  return { found: entries.filter(({ id }) => ids.has(id)), isWhole };
}
