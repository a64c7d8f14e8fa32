/** The sealed record of what was read, and the eye on where in a text somebody is. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useState, type RefObject } from "react";
import { useCollection, useSafe } from "#vault/web/safe-context.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import { mergeReadings, withPlace, withRead, type KeptReading } from "../kept-reading.ts";

const READING = "learn";

export function useReading(): KeptReading {
  const records = useCollection(READING);
  return useMemo(() => mergeReadings(records.map(({ content }) => content)), [records]);
}

/** Keeps what `change` makes of it, into the record that is there. */
export function useChangeReading(): (change: (reading: KeptReading) => KeptReading) => void {
  const safe = useSafe();
  return useCallback(
    (change) => {
      const records = safe.list(READING).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const reading = mergeReadings(records.map(({ content }) => content));
      const changed = change(reading);
      // A mark that can't be kept for want of room is no loss worth a word.
      if (JSON.stringify(changed) !== JSON.stringify(reading))
        void safe.write(READING, records[0]?.id ?? newRecordId(), changed).catch(() => undefined);
    },
    [safe],
  );
}

/** Nobody reads a text to its end in less. */
const LEAST_MS = 15_000;
/** What lies above this much of the window has been read past. */
const TOP_PX = 96;

/**
 * Remembers where in the text the reader is when they leave it, and that they came to its end: once, on leaving, so
 * that the server sees one change and not how somebody reads. `text` holds the blocks; `end` stands behind them.
 */
export function useReadingPlace(
  name: string,
  text: RefObject<HTMLElement | null>,
  end: RefObject<HTMLElement | null>,
) {
  const change = useChangeReading();
  const reading = useReading();
  // Where it was when the page was opened; what is kept on leaving must not move the line that offers it.
  const [cameBackTo] = useState(() => reading.places[name]?.at ?? null);

  useLayoutEffect(() => {
    const openedAt = performance.now();
    let at = 0;
    let hasSeenEnd = false;
    const watch = new IntersectionObserver((entries) => {
      hasSeenEnd ||= entries.some((entry) => entry.isIntersecting);
    });
    if (end.current !== null) watch.observe(end.current);
    const look = () => {
      const blocks = [...(text.current?.children ?? [])];
      if (blocks.length === 0) return;
      const top = blocks.findIndex((block) => block.getBoundingClientRect().bottom > TOP_PX);
      // The furthest: who leaves by the page's head has scrolled up for it.
      at = Math.max(at, top);
    };
    const keep = () => {
      // The text is still there: what was scrolled in the last moment counts.
      look();
      const on = Temporal.Now.plainDateISO().toString();
      const isRead = hasSeenEnd && performance.now() - openedAt > LEAST_MS;
      change((kept) => {
        const placed = withPlace(kept, name, hasSeenEnd || at < 2 ? null : at, on);
        return isRead && kept.read[name] === undefined ? withRead(placed, name, on) : placed;
      });
    };
    addEventListener("scroll", look, { passive: true });
    addEventListener("pagehide", keep);
    return () => {
      watch.disconnect();
      removeEventListener("scroll", look);
      removeEventListener("pagehide", keep);
      keep();
    };
  }, [name, change, text, end]);

  const goBack = () => text.current?.children[cameBackTo ?? 0]?.scrollIntoView({ block: "start" });
  return { cameBackTo, goBack };
}

/** What a fetch brought, or that it could not be had. */
export type Fetched<Value> =
  | { readonly at: "fetching" }
  | { readonly at: "here"; readonly value: Value }
  | { readonly at: "away" };

/** `load` is one function as long as it fetches the same. The second of the pair fetches it again. */
export function useFetched<Value>(load: () => Promise<Value>): [Fetched<Value>, () => void] {
  const [fetched, setFetched] = useState<Fetched<Value>>({ at: "fetching" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    // What is here stays until the new is.
    setFetched((before) => (before.at === "away" ? { at: "fetching" } : before));
    load().then(
      (value) => {
        if (isCurrent) setFetched({ at: "here", value });
      },
      () => {
        if (isCurrent) setFetched({ at: "away" });
      },
    );
    return () => {
      isCurrent = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another try fetches anew
  }, [load, tries]);
  return [fetched, () => setTries((count) => count + 1)];
}
