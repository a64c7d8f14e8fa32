/** Gives screens the open safe. Rooms render only while it is open, so its absence is a defect. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Safe, SafeRecord, SyncState } from "./safe.ts";

export const SafeContext = createContext<Safe | null>(null);

export function useSafe(): Safe {
  const safe = useContext(SafeContext);
  if (!safe) throw new Error("A room was shown while the safe is locked");
  return safe;
}

export function useCollection<Content>(collection: string): readonly SafeRecord<Content>[] {
  const safe = useSafe();
  return useSyncExternalStore(safe.subscribe, () => safe.list<Content>(collection));
}

export function useSync(): SyncState {
  const safe = useSafe();
  return useSyncExternalStore(safe.subscribe, safe.syncState);
}

export interface Draft {
  /** True once what was kept has been read; until then the form shows its empty state and must not save. */
  readonly ready: boolean;
  /** True where something typed earlier came back. */
  readonly restored: boolean;
  readonly clear: () => void;
}

const KEEP_AFTER_MS = 250;

/** A form's content, kept sealed on this device across reloads until it is cleared. */
export function useDraft<Content>(
  key: string,
  empty: Content,
): [Content, (next: Content | ((previous: Content) => Content)) => void, Draft] {
  const safe = useSafe();
  const [content, setContent] = useState(empty);
  const [ready, setReady] = useState(false);
  const [restored, setRestored] = useState(false);
  const touched = useRef(false);
  const latest = useRef(content);

  useEffect(() => {
    let current = true;
    void safe.readDraft(key).then((kept) => {
      if (!current) return;
      if (kept !== null && !touched.current) {
        latest.current = kept as Content;
        setContent(kept as Content);
        setRestored(true);
      }
      setReady(true);
    });
    return () => {
      current = false;
    };
  }, [safe, key]);

  // Kept a moment after the last key, and at once when the page goes away.
  useEffect(() => {
    if (!touched.current) return;
    const keep = () => void safe.writeDraft(key, latest.current);
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      removeEventListener("pagehide", keep);
      if (touched.current) keep();
    };
    // `content` counts: each change of it starts the moment anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [safe, key, content]);

  const change = useCallback((next: Content | ((previous: Content) => Content)) => {
    touched.current = true;
    latest.current =
      typeof next === "function" ? (next as (previous: Content) => Content)(latest.current) : next;
    setContent(latest.current);
  }, []);

  const clear = useCallback(() => {
    touched.current = false;
    setRestored(false);
    void safe.writeDraft(key, null);
  }, [safe, key]);

  return [content, change, { ready, restored, clear }];
}
