/** Calendar files as their makers write them, with invented contents, and what the tests of the reader share. */
import { readFileSync } from "node:fs";
import type { CalendarLimits, CalendarQuestion } from "../../src/coaching/booking/calendar-file.ts";
import { MOST_CALENDAR_BYTES, MOST_OCCURRENCES } from "../../src/coaching/booking/calendar-file.ts";

export const CALENDAR_FILES = [
  "google",
  "outlook",
  "outlook-web",
  "apple",
  "nextcloud",
  "free-busy",
] as const;
export type CalendarFileName = (typeof CALENDAR_FILES)[number];

export function calendarFileText(name: CalendarFileName): string {
  return readFileSync(new URL(`${name}.ics`, import.meta.url), "utf8");
}

/** The clocks change on 9 March in New York and on 30 March in Berlin. */
export const SPRING: CalendarQuestion = {
  fromMs: Date.parse("2031-03-01T00:00Z"),
  toMs: Date.parse("2031-04-15T00:00Z"),
  timeZone: "America/New_York",
};

export const LIMITS: CalendarLimits = {
  characters: MOST_CALENDAR_BYTES,
  occurrences: MOST_OCCURRENCES,
  isPastDeadline: () => false,
};

export function calendarOf(...lines: string[]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

export function eventOf(...lines: string[]): string {
  return calendarOf("BEGIN:VEVENT", "UID:one", ...lines, "END:VEVENT");
}

export const NINE = "DTSTART;TZID=America/New_York:20310305T090000";
export const TEN = "DTEND;TZID=America/New_York:20310305T100000";
