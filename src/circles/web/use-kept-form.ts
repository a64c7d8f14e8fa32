/** What is being typed, sealed on this device a moment after the last key, until it is cleared. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useHands } from "./hands-context.ts";

const KEEP_AFTER_MS = 250;

export function useKeptForm<Content>(
  key: string,
  empty: Content,
): [Content, (next: (before: Content) => Content) => void, { readonly clear: () => void }] {
  const { drafts } = useHands();
  const [content, setContent] = useState(empty);
  const isTouched = useRef(false);
  const latest = useRef(content);

  useEffect(() => {
    let isCurrent = true;
    void drafts.readDraft(key).then((kept) => {
      if (!isCurrent || kept === null || isTouched.current) return;
      latest.current = kept as Content;
      setContent(kept as Content);
    });
    return () => {
      isCurrent = false;
    };
  }, [drafts, key]);

  useEffect(() => {
    if (!isTouched.current) return undefined;
    const keep = () => void drafts.writeDraft(key, latest.current);
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      removeEventListener("pagehide", keep);
      if (isTouched.current) keep();
    };
    // `content` counts: each change of it starts the moment anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [drafts, key, content]);

  const change = useCallback((next: (before: Content) => Content) => {
    isTouched.current = true;
    latest.current = next(latest.current);
    setContent(latest.current);
  }, []);

  const clear = useCallback(() => {
    isTouched.current = false;
    void drafts.writeDraft(key, null);
  }, [drafts, key]);

  return [content, change, { clear }];
}
