/**
 * Looks at what is being typed, on this device, whenever the typing pauses. The signs are fetched the
 * first time there is something to look at. What is found goes nowhere but to the page.
 */
import { useEffect, useState } from "react";
import { crisisLevelOf, type CrisisLevel, type CrisisRecogniser } from "../crisis.ts";

const PAUSE_MS = 700;

let recogniser: Promise<CrisisRecogniser> | null = null;

export function useCrisisWatch(text: string): CrisisLevel | null {
  const [level, setLevel] = useState<CrisisLevel | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      void levelOfWords(text).then((found) => {
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
async function levelOfWords(text: string): Promise<CrisisLevel | null> {
  if (text.trim() === "") return null;
  try {
    recogniser ??= loadRecogniser();
    return crisisLevelOf((await recogniser)(text));
  } catch {
    recogniser = null;
    return null;
  }
}

async function loadRecogniser(): Promise<CrisisRecogniser> {
  const [{ crisisRecogniser }, { default: signs }] = await Promise.all([
    import("../crisis.ts"),
    import("virtual:content/crisis/signs"),
  ]);
  return crisisRecogniser(signs);
}
