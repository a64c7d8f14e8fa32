/**
 * What somebody picked in the path finder, as it is kept: one record, written over when the picks change.
 * The ranking is not kept: it follows from the picks by rules that anybody can read.
 */
import type { Band } from "#library/check-in.ts";
import type { PathId } from "#library/path.ts";
import type { Picks } from "./path-finder.ts";

export interface KeptFinding extends Picks {
  /** ISO day in the person's own zone. */
  readonly on: string;
  /** Version of the rules that were answered. */
  readonly version: number;
  /** The path that fitted best, for the rooms that begin from it; null where several tied or none did. */
  readonly path: PathId | null;
}

/** What lies in the safe was written by some version of this app; what is no finding is passed over. */
export function isKeptFinding(kept: unknown): kept is KeptFinding {
  if (typeof kept !== "object" || kept === null) return false;
  const { on, version, drivers, wants, care, bands } = kept as Record<string, unknown>;
  return (
    typeof on === "string" &&
    /^\d{4}-\d\d-\d\d$/.test(on) &&
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
