/**
 * Where the focus goes once a change has moved, or taken away, the control that had it: without this a keyboard
 * would be thrown back to the top of the page.
 */
import { useLayoutEffect, useRef } from "react";

/** What can take the focus is named by `data-focus`, within what the `ref` is set to. */
export function useFocusAfter<Root extends HTMLElement>(changed: unknown) {
  const root = useRef<Root>(null);
  const wanted = useRef<readonly string[]>([]);
  const seen = useRef(changed);
  useLayoutEffect(() => {
    if (seen.current === changed) return;
    seen.current = changed;
    if (wanted.current.length === 0) return;
    const found = firstOf(root.current, wanted.current);
    wanted.current = [];
    if (found !== document.activeElement) found?.focus();
  }, [changed]);
  /** To be called before the change; the first name that is there after it is taken. */
  const focusAfter = (...names: readonly string[]) => {
    wanted.current = names;
  };
  return { root, focusAfter };
}

function firstOf(root: HTMLElement | null, names: readonly string[]): HTMLElement | undefined {
  const all = [...(root?.querySelectorAll<HTMLElement>("[data-focus]") ?? [])];
  return names.flatMap((name) => all.find((each) => each.dataset["focus"] === name) ?? [])[0];
}
