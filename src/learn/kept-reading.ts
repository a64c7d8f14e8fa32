/** What somebody has read of Learn and where they stopped: one sealed record, for nobody's eyes but theirs. */
import { isRecord } from "#platform/record.ts";

export interface KeptReading {
  /** By the name of a text: the block that was on top of the screen, from 0, and the ISO day. */
  readonly places: Readonly<Record<string, { readonly at: number; readonly on: string }>>;
  /** By the name of a text: the ISO day on which it was read to its end. */
  readonly read: Readonly<Record<string, string>>;
}

export const emptyReading: KeptReading = { places: {}, read: {} };

/** So many texts are remembered where one stopped; the oldest make room. */
const MOST_PLACES = 20;

/** `at` null: nothing to come back to, because it was left at its beginning or at its end. */
export function withPlace(
  reading: KeptReading,
  name: string,
  at: number | null,
  on: string,
): KeptReading {
  const { [name]: _, ...others } = reading.places;
  if (at === null) return { ...reading, places: others };
  const newest = Object.entries(others)
    .toSorted(([, a], [, b]) => (a.on < b.on ? 1 : -1))
    .slice(0, MOST_PLACES - 1);
  return { ...reading, places: { ...Object.fromEntries(newest), [name]: { at, on } } };
}

export function withRead(reading: KeptReading, name: string, on: string | null): KeptReading {
  const { [name]: _, ...others } = reading.read;
  return { ...reading, read: on === null ? others : { ...others, [name]: on } };
}

/** Two devices that were both without a connection may have kept one each: nothing read is lost, later days count. */
export function mergeReadings(kept: readonly unknown[]): KeptReading {
  const readings = kept.filter(isKeptReading);
  const later = <Value>(
    day: (value: Value) => string,
    records: readonly Record<string, Value>[],
  ) => {
    const merged: Record<string, Value> = {};
    for (const [name, value] of records.flatMap((record) => Object.entries(record)))
      if (merged[name] === undefined || day(merged[name]) < day(value)) merged[name] = value;
    return merged;
  };
  return {
    places: later(
      ({ on }) => on,
      readings.map(({ places }) => places),
    ),
    read: later(
      (on) => on,
      readings.map(({ read }) => read),
    ),
  };
}

function isKeptReading(kept: unknown): kept is KeptReading {
  if (!isRecord(kept)) return false;
  const { places, read } = kept;
  return (
    isRecord(places) &&
    Object.values(places).every(
      (place) => isRecord(place) && Number.isInteger(place["at"]) && isDay(place["on"]),
    ) &&
    isRecord(read) &&
    Object.values(read).every(isDay)
  );
}

const isDay = (value: unknown): boolean =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
