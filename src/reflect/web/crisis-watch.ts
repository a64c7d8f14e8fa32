/**
 * Looks at what is being typed, on this device, whenever the typing pauses. What is found goes nowhere
 * but to the page.
 */
import { useEffect, useState } from "react";
import type { CrisisLevel } from "../crisis.ts";

const PAUSE_MS = 700;

export function useCrisisWatch(text: string): CrisisLevel | null {
  const [level, setLevel] = useState<CrisisLevel | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      void levelOf(text).then((found) => {
        if (isCurrent) setLevel(found);
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return level;
}

/** Null too where the signs could not be fetched: the lines are always one tap away in the page's head. */
async function levelOf(text: string): Promise<CrisisLevel | null> {
  if (text.trim() === "") return null;
  try {
    return (await import("./crisis-recogniser.ts")).levelOfWords(text);
  } catch {
    return null;
  }
}
