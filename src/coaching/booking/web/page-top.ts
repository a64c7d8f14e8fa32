/** Steps of one address: each begins at its top, as a page of its own would. */
import { useLayoutEffect, useRef } from "react";

export function usePageTop(step: string): void {
  const shown = useRef(step);
  useLayoutEffect(() => {
    if (shown.current !== step) scrollTo(0, 0);
    shown.current = step;
  }, [step]);
}
