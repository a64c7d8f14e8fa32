/** Clocks of the live hour: the moment, anew every so often, and spans as people say them. */
import { useEffect, useState } from "react";
import { words } from "./live-words.ts";

export function useNow(now: () => number, everyMs: number): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), everyMs);
    return () => clearInterval(timer);
  }, [now, everyMs]);
  return at;
}

/** 12:05, of minutes and seconds. */
export function clockText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** To the day above two days, to the hour above two hours. */
export function untilText(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes > 48 * 60) return words.next.days(Math.round(minutes / (24 * 60)));
  if (minutes > 120) return words.next.hours(Math.round(minutes / 60));
  return words.next.minutes(minutes);
}
