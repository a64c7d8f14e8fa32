/** The journal in the open safe, and whether earlier years may come back by themselves. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { base64urlToBytes, bytesToHex } from "#platform/bytes.ts";
import { collectionTag } from "#vault/web/keys.ts";
import { useCollection, useSafe } from "#vault/web/safe-context.tsx";
import type { SafeRecord } from "#vault/web/safe.ts";
import { byDay, isJournalEntry, type KeptEntry } from "../entry.ts";

export const JOURNAL = "journal";

/** Names the draft of an entry, or of a new one. */
export const draftKeyOf = (id: string): string => `journal ${id}`;
export const NEW_ENTRY = "new";

/** Entries by the record that holds them, so that one that did not change is the same object. */
const entryByContent = new WeakMap<object, KeptEntry>();

/** Newest first. */
export function useJournal(): readonly KeptEntry[] {
  const records = useCollection(JOURNAL);
  return useMemo(() => records.flatMap(entryOf).toSorted(byDay), [records]);
}

function entryOf({ id, content }: SafeRecord<unknown>): KeptEntry[] {
  if (!isJournalEntry(content)) return [];
  const known = entryByContent.get(content);
  if (known !== undefined) return [known];
  const entry = { on: content.on, text: content.text, tags: content.tags, id };
  entryByContent.set(content, entry);
  return [entry];
}

/** Whether a new entry was begun on this device; null while looking. */
export function useIsEntryBegun(): boolean | null {
  const safe = useSafe();
  const [isBegun, setIsBegun] = useState<boolean | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void safe.readDraft(draftKeyOf(NEW_ENTRY)).then((draft) => {
      if (isCurrent) setIsBegun(draft !== null);
    });
    return () => {
      isCurrent = false;
    };
  }, [safe]);
  return isBegun;
}

const SETTINGS = "settings";

interface JournalSettings {
  readonly journalOnThisDay?: boolean;
}

/** Off until it is switched on: a day of years ago can come at a bad moment. */
export function useOnThisDaySetting(): [boolean, (isOn: boolean) => void] {
  const safe = useSafe();
  const settings = useCollection<JournalSettings>(SETTINGS);
  const isOn = settings.some(({ content }) => content.journalOnThisDay === true);
  const change = useCallback(
    (next: boolean) => {
      void (async () => {
        // The same on every device of the member, and to the server as good as random.
        const tag = await collectionTag(safe.open, "journal on this day");
        const id = bytesToHex(base64urlToBytes(tag)!);
        await safe.write(SETTINGS, id, { journalOnThisDay: next } satisfies JournalSettings);
      })();
    },
    [safe],
  );
  return [isOn, change];
}
