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

let ask: AskHomeCountry = () => Promise.resolve(null);

/** The app hands in how to ask: this slice knows nothing of communities. */
export function setHomeCountry(asking: AskHomeCountry): void {
  ask = asking;
}

/** ISO 3166-1 alpha-2, or `*` for anywhere else. */
export function useCountry(): [string, (country: string) => void] {
  const [country, setCountry] = useState(knownCountry);
  useEffect(() => {
    if (read(PICKED) !== null) return undefined;
    let isCurrent = true;
    void ask().then((home) => {
      if (home === null) return;
      keep(HOME, home);
      if (isCurrent && read(PICKED) === null) setCountry(home);
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
