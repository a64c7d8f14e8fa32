/**
 * Search over everything that can be read or done, on this device: titles at once, the words of the texts as soon
 * as they are fetched and filled in, a few milliseconds at a time.
 */
import { useEffect, useState } from "react";
import { makeTextIndex, type IndexedText, type TextIndex } from "#library/text-index.ts";
import { inSlices } from "#library/web/in-slices.ts";
import type { ContentEntry } from "../learn-text.ts";
import { unpackWords } from "../search-words.ts";
import { allEntries, entriesNamed } from "./entry-cards.tsx";

export type LibrarySearch =
  | { readonly at: "idle" }
  | {
      readonly at: "found";
      readonly entries: readonly ContentEntry[];
      /** Whether the words of all texts were searched, are still coming, or could not be had. */
      readonly reach: "all" | "coming" | "titles";
    };

/** The index of all words, made once a visit. */
let whole: Promise<TextIndex> | null = null;

/** Begins to fetch the words; call it when somebody turns to the search. */
export function prepareSearch(): Promise<TextIndex> {
  whole ??= fillWhole().catch((error: unknown) => {
    whole = null;
    throw error;
  });
  return whole;
}

export function useLibrarySearch(query: string): LibrarySearch {
  const [titles] = useState(titleIndex);
  const [index, setIndex] = useState<TextIndex | null>(null);
  const [isAway, setIsAway] = useState(false);
  const isAsked = query.trim() !== "";
  useEffect(() => {
    if (!isAsked || index !== null) return undefined;
    let isCurrent = true;
    prepareSearch().then(
      (filled) => {
        if (isCurrent) setIndex(filled);
      },
      () => {
        if (isCurrent) setIsAway(true);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [isAsked, index]);
  if (!isAsked) return { at: "idle" };
  return {
    at: "found",
    entries: entriesNamed((index ?? titles).find(query)),
    reach: index !== null ? "all" : isAway ? "titles" : "coming",
  };
}

function titleIndex(): TextIndex {
  const index = makeTextIndex();
  for (const entry of allEntries) index.add(entryToText(entry, ""));
  return index;
}

async function fillWhole(): Promise<TextIndex> {
  const { default: packed } = await import("virtual:learn/words");
  const index = makeTextIndex({ common: new Set(packed.common) });
  const words = unpackWords(packed);
  await inSlices(
    allEntries,
    (entry) => index.add(entryToText(entry, words.get(entry.name) ?? "")),
    () => false,
  );
  return index;
}

const entryToText = (entry: ContentEntry, text: string): IndexedText => ({
  id: entry.name,
  title: `${entry.title} ${entry.inOneLine}`,
  tags: entry.tags,
  text,
});
