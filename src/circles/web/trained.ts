/** Whether this member has read how leading goes: kept for all their devices, and told to nobody. */
import { useEffect, useState } from "react";
import facilitating from "virtual:content/circles/facilitating";
import { useHands } from "./hands-context.ts";

const TRAINED = "facilitating";

/** Null until it is known. */
export function useTrained(): [boolean | null, () => void] {
  const { keeping } = useHands();
  const [isTrained, setIsTrained] = useState<boolean | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void keeping.read(TRAINED).then((kept) => {
      const { version } = (kept ?? {}) as { version?: unknown };
      if (isCurrent) setIsTrained(version === facilitating.version);
    });
    return () => {
      isCurrent = false;
    };
  }, [keeping]);
  const promise = () => {
    keeping.keepLater(TRAINED, { version: facilitating.version });
    setIsTrained(true);
  };
  return [isTrained, promise];
}
