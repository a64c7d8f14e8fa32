/**
 * How many hours a week two people in two zones share. Zones differ by quarters of an hour (Kathmandu,
 * Adelaide), so the member's week is laid out in 672 quarters of UTC; for every offset that coaches live at
 * it is summed once per letter of their weekly hours, so that a coach costs 28 look-ups.
 */
import type { Coach } from "../directory/coach.ts";
import { bitsByLetter, HOURS_A_WEEK, weeklyHoursToHours } from "../directory/weekly-hours.ts";
import type { WeeklyHours } from "../directory/weekly-hours.ts";

const QUARTERS_A_WEEK = HOURS_A_WEEK * 4;
const NANOSECONDS_A_QUARTER = 900e9;
const HOURS_A_LETTER = 6;
const LETTERS_A_WEEK = HOURS_A_WEEK / HOURS_A_LETTER;
/** Room for every ASCII code, so that a letter's own code is its place. */
const CODES = 128;

/** Quarters of an hour a week that a coach shares with the member. */
export type SharedQuarters = (coach: Coach) => number;

/**
 * `freeHours` null: free at any hour. `now`: milliseconds since the epoch; a week at that moment's offsets is
 * meant, booking later counts the exact one.
 */
export function sharedQuarters(
  freeHours: WeeklyHours | null,
  timeZone: string,
  now: number,
): SharedQuarters {
  const free = new Uint8Array(QUARTERS_A_WEEK);
  if (freeHours === null) free.fill(1);
  else {
    const offset = offsetQuarters(timeZone, now);
    for (const hour of weeklyHoursToHours(freeHours)) {
      for (let quarter = 0; quarter < 4; quarter++) free[inWeek(hour * 4 + quarter - offset)] = 1;
    }
  }
  const tableByZone = new Map<string, Uint8Array>();
  return (coach) => {
    let table = tableByZone.get(coach.timeZone);
    if (table === undefined) {
      table = quartersByLetter(free, offsetQuarters(coach.timeZone, now));
      tableByZone.set(coach.timeZone, table);
    }
    let sum = 0;
    for (let place = 0; place < LETTERS_A_WEEK; place++) {
      sum += table[place * CODES + coach.weeklyHours.charCodeAt(place)]!;
    }
    return sum;
  };
}

/** For each place in the weekly hours and each letter that can stand there: free quarters in the hours it opens. */
function quartersByLetter(free: Uint8Array, offset: number): Uint8Array {
  const table = new Uint8Array(LETTERS_A_WEEK * CODES);
  for (let hour = 0; hour < HOURS_A_WEEK; hour++) {
    let quarters = 0;
    for (let quarter = 0; quarter < 4; quarter++) {
      quarters += free[inWeek(hour * 4 + quarter - offset)]!;
    }
    const place = Math.floor(hour / HOURS_A_LETTER);
    const mask = 0b100000 >> (hour % HOURS_A_LETTER);
    for (const [code, bits] of bitsByCode) {
      if ((bits & mask) !== 0) table[place * CODES + code]! += quarters;
    }
  }
  return table;
}

const bitsByCode: readonly (readonly [code: number, bits: number])[] = Array.from(
  bitsByLetter,
  ([letter, bits]) => [letter.charCodeAt(0), bits] as const,
);

/** What a zone is ahead of UTC. */
function offsetQuarters(timeZone: string, now: number): number {
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  return Math.round(there.offsetNanoseconds / NANOSECONDS_A_QUARTER);
}

function inWeek(quarter: number): number {
  return (quarter + QUARTERS_A_WEEK) % QUARTERS_A_WEEK;
}
