/**
 * What somebody picked in the path finder, as it is kept. The ranking is not kept: it follows from the
 * picks by rules that anybody can read, and is worked out anew each time it is shown.
 */
import type { Band } from "#library/check-in.ts";
import type { Picks } from "./path-finder.ts";

export interface KeptFinding extends Picks {
  /** ISO day in the person's own zone. */
  readonly on: string;
  /** 1 for the first; tells apart what was found on one day. */
  readonly nth: number;
  /** Version of the rules that were answered. */
  readonly version: number;
}

export const latestFinding = (kept: readonly unknown[]): KeptFinding | null =>
  kept
    .filter(isKeptFinding)
    .toSorted((a, b) => (a.on === b.on ? a.nth - b.nth : a.on < b.on ? -1 : 1))
    .at(-1) ?? null;

/** What lies in the safe was written by some version of this app; what is no finding is passed over. */
export function isKeptFinding(kept: unknown): kept is KeptFinding {
  if (typeof kept !== "object" || kept === null) return false;
  const { on, nth, version, drivers, wants, care, bands } = kept as Record<string, unknown>;
  return (
    typeof on === "string" &&
    /^\d{4}-\d\d-\d\d$/.test(on) &&
    typeof nth === "number" &&
    typeof version === "number" &&
    [drivers, wants, care].every(isTexts) &&
    typeof bands === "object" &&
    bands !== null &&
    Object.values(bands).every((band) => BANDS.includes(band as Band["id"]))
  );
}

const BANDS: readonly Band["id"][] = ["low", "middle", "high"];

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === "string");
