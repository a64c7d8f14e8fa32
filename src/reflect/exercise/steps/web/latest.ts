/** What is there now, for what is called later: bringing back one thing must not undo what was done since. */
import { useLayoutEffect, useRef, type RefObject } from "react";

export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  }, [value]);
  return latest;
}
