/** A new page begins at its top; going back finds the place that was left, as the browser kept it. */
import { useLayoutEffect, useRef } from "react";
import { useLocation } from "wouter";

// Listens from the moment this file is read, so that it hears of going back before the router does.
let wentBack = false;
addEventListener("popstate", () => {
  wentBack = true;
});

export function useScrollToTop(): void {
  const [path] = useLocation();
  const shownPath = useRef(path);
  useLayoutEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    if (!wentBack && location.hash === "") scrollTo(0, 0);
    wentBack = false;
  }, [path]);
}
