/**
 * Looks at what is being typed, on this device, whenever the typing pauses. What is found goes nowhere
 * but to the page.
 */
import { useEffect, useState } from "react";
import type { CrisisLevel } from "../crisis.ts";

const PAUSE_MS = 700;

/** Between entries, where nobody can type it. */
const APART = "\u0000";

/** A text is one entry; the entries of a list are handed over apart. */
export function useCrisisWatch(...entries: readonly string[]): CrisisLevel | null {
  const typed = entries.join(APART);
  const [level, setLevel] = useState<CrisisLevel | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      void levelOf(typed.split(APART)).then((found) => {
        if (isCurrent) setLevel(found);
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [typed]);
  return level;
}

/** Null too where the signs could not be fetched: the lines are always one tap away in the page's head. */
async function levelOf(entries: readonly string[]): Promise<CrisisLevel | null> {
  if (entries.every((entry) => entry.trim() === "")) return null;
  try {
    return (await import("./crisis-recogniser.ts")).levelOfWords(entries);
  } catch {
    return null;
  }
}
