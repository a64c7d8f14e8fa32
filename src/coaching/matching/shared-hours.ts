/**
 * How many hours a week two people in two zones share. Zones differ by quarters of an hour (Kathmandu,
 * Adelaide), so the member's week is laid out in 672 quarters of UTC, and counted once for each offset that
 * coaches live at.
 */
import { HOURS_A_WEEK, weeklyHoursToHours } from "../directory/weekly-hours.ts";
import type { WeeklyHours } from "../directory/weekly-hours.ts";

const QUARTERS_A_WEEK = HOURS_A_WEEK * 4;
const NANOSECONDS_A_QUARTER = 900e9;
const BYTES_A_WEEK = HOURS_A_WEEK / 8;

/** What a zone is ahead of UTC at that moment. A typical week is meant: booking later counts the exact one. */
export function offsetQuarters(timeZone: string, now: number): number {
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  return Math.round(there.offsetNanoseconds / NANOSECONDS_A_QUARTER);
}

export interface SharedHours {
  /** Quarters of an hour a week shared with coach `at`. */
  readonly quarters: (at: number) => number;
}

/** `freeHours` null: the member is free at any hour. */
export function sharedHours(
  coaches: { readonly hours: Uint8Array; readonly offsets: Int8Array },
  freeHours: WeeklyHours | null,
  memberOffset: number,
): SharedHours {
  const free = new Uint8Array(QUARTERS_A_WEEK);
  if (freeHours === null) free.fill(1);
  else {
    for (const hour of weeklyHoursToHours(freeHours)) {
      for (let quarter = 0; quarter < 4; quarter++) {
        free[inWeek(hour * 4 + quarter - memberOffset)] = 1;
      }
    }
  }
  const tableByOffset = new Map<number, Uint8Array>();
  return {
    quarters: (at) => {
      const offset = coaches.offsets[at]!;
      let table = tableByOffset.get(offset);
      if (table === undefined) {
        table = quartersByByte(free, offset);
        tableByOffset.set(offset, table);
      }
      let sum = 0;
      for (let byte = 0; byte < BYTES_A_WEEK; byte++) {
        sum += table[(byte << 8) | coaches.hours[at * BYTES_A_WEEK + byte]!]!;
      }
      return sum;
    },
  };
}

/** For each of the 21 bytes of a week at this offset and each of its 256 values: free quarters in the hours it opens. */
function quartersByByte(free: Uint8Array, offset: number): Uint8Array {
  const table = new Uint8Array(BYTES_A_WEEK * 256);
  for (let byte = 0; byte < BYTES_A_WEEK; byte++) {
    for (let bit = 0; bit < 8; bit++) {
      const first = (byte * 8 + bit) * 4 - offset;
      let quarters = 0;
      for (let quarter = 0; quarter < 4; quarter++) quarters += free[inWeek(first + quarter)]!;
      for (let value = 0; value < 256; value++) {
        if ((value & (0x80 >> bit)) !== 0) table[(byte << 8) | value]! += quarters;
      }
    }
  }
  return table;
}

function inWeek(quarter: number): number {
  return (quarter + QUARTERS_A_WEEK) % QUARTERS_A_WEEK;
}
