/**
 * A week as a tired person marks it: seven days in five parts, and the hours that these stand for. A night
 * belongs to the evening it follows, so that Saturday's last hours are Sunday's first.
 */
import { HOURS_A_WEEK, hoursToWeeklyHours, weeklyHoursToHours } from "../directory/weekly-hours.ts";
import type { WeeklyHours } from "../directory/weekly-hours.ts";

export const DAY_PARTS = ["early", "morning", "afternoon", "evening", "night"] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** Hours of the day, the end left out; beyond 24 they are the next day's. */
export const HOURS_BY_PART: Readonly<Record<DayPart, readonly [from: number, to: number]>> = {
  early: [5, 8],
  morning: [8, 12],
  afternoon: [12, 17],
  evening: [17, 21],
  night: [21, 29],
};

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** "0 early" to "6 night"; 0 is Sunday. */
export type MarkedPart = `${number} ${DayPart}`;

export const markedPart = (day: number, part: DayPart): MarkedPart => `${day} ${part}`;

export const ALL_PARTS: readonly MarkedPart[] = DAYS.flatMap((day) =>
  DAY_PARTS.map((part) => markedPart(day, part)),
);

/** What is not a part of the week is passed over: a draft may come from an older version. */
export function partsToWeeklyHours(marked: readonly string[]): WeeklyHours {
  return hoursToWeeklyHours(ALL_PARTS.filter((part) => marked.includes(part)).flatMap(hoursOf));
}

/** The parts all of whose hours are there. */
export function weeklyHoursToParts(weeklyHours: WeeklyHours): MarkedPart[] {
  const hours = new Set(weeklyHoursToHours(weeklyHours));
  return ALL_PARTS.filter((part) => hoursOf(part).every((hour) => hours.has(hour)));
}

function hoursOf(marked: MarkedPart): number[] {
  const [day, part] = marked.split(" ") as [string, DayPart];
  const [from, to] = HOURS_BY_PART[part];
  return Array.from(
    { length: to - from },
    (_, nth) => (Number(day) * 24 + from + nth) % HOURS_A_WEEK,
  );
}
