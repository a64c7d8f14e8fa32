/**
 * Whose crisis lines to show: the country somebody picked on this device, else the community's, else the
 * one their browser is set to. All three are kept here only, and they work without a connection.
 */
import { useEffect, useState } from "react";

/** Asks which country the community said it is in; null where that can't be known now. */
export type AskHomeCountry = () => Promise<string | null>;

const PICKED = "crisis-country";
const HOME = "home-country";
const ELSEWHERE = "*";
const FIRST_ASKED_AFTER_MS = 4_000;

let ask: AskHomeCountry = () => Promise.resolve(null);

/**
 * The app hands in how to ask: this slice knows nothing of communities. It is asked once soon after the
 * first visit, so that the lines are the right ones when they are needed without a connection.
 */
export function setHomeCountry(asking: AskHomeCountry): void {
  ask = asking;
  if (read(HOME) === null) setTimeout(() => void learnHome(), FIRST_ASKED_AFTER_MS);
}

/** ISO 3166-1 alpha-2, or `*` for anywhere else. */
export function useCountry(): [string, (country: string) => void] {
  const [country, setCountry] = useState(knownCountry);
  useEffect(() => {
    if (read(PICKED) !== null) return undefined;
    let isCurrent = true;
    void learnHome().then((home) => {
      if (home !== null && isCurrent && read(PICKED) === null) setCountry(home);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  const pick = (picked: string) => {
    keep(PICKED, picked);
    setCountry(picked);
  };
  return [country, pick];
}

async function learnHome(): Promise<string | null> {
  const home = await ask();
  if (home !== null) keep(HOME, home);
  return home;
}

const knownCountry = (): string => read(PICKED) ?? read(HOME) ?? browserCountry() ?? ELSEWHERE;

function browserCountry(): string | null {
  try {
    return new Intl.Locale(navigator.language).region ?? null;
  } catch {
    return null;
  }
}

function read(key: string): string | null {
  try {
    const kept = localStorage.getItem(key);
    return kept !== null && /^([A-Z]{2}|\*)$/.test(kept) ? kept : null;
  } catch {
    return null;
  }
}

function keep(key: string, country: string) {
  try {
    localStorage.setItem(key, country);
  } catch {
    // Then it holds until the page is left.
  }
}
