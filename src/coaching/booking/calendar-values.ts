/** Times and durations as iCalendar writes them (RFC 5545 section 3.3), before any zone is known. */
import type { Result } from "#platform/result.ts";
import { ok } from "#platform/result.ts";
import type { BrokenLine, CalendarProperty } from "./calendar-lines.ts";
import { brokenLine, parameterText } from "./calendar-lines.ts";
import { civilToDay, daysInMonth } from "./civil-day.ts";

export const DAY_SECONDS = 86_400;

export interface CalendarMoment {
  /** A whole day, a time on some wall clock, or an instant. */
  readonly kind: "day" | "wall" | "instant";
  /** Seconds since 1970-01-01T00:00 on the clock it is written for; UTC's where it is an instant. */
  readonly seconds: number;
  /** TZID; empty for a floating time. */
  readonly zone: string;
  readonly line: number;
}

export function readMoments(property: CalendarProperty): Result<CalendarMoment[], BrokenLine> {
  const moments: CalendarMoment[] = [];
  for (const value of property.values) {
    const moment = readMoment(value, property);
    if (moment === null) return brokenLine(property.line, "BadTime");
    moments.push(moment);
  }
  return moments.length > 0 ? ok(moments) : brokenLine(property.line, "BadTime");
}

/** ical.js leaves a date-time that lacks its time as "2031-03-09T::"; it can only be meant as a day. */
const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:T(?::|(\d\d):(\d\d)):(\d\d)?(Z?))?$/;

export function readMoment(value: unknown, property: CalendarProperty): CalendarMoment | null {
  const parts = typeof value === "string" ? MOMENT.exec(value) : null;
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const midnight = civilToDay(year, month, day) * DAY_SECONDS;
  const { line } = property;
  if (parts[4] === undefined) return { kind: "day", seconds: midnight, zone: "", line };

  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60) return null;
  // A leap second counts as the one before it.
  const seconds = midnight + hour * 3600 + minute * 60 + Math.min(second, 59);
  if (parts[7] === "Z") return { kind: "instant", seconds, zone: "", line };
  return { kind: "wall", seconds, zone: parameterText(property, "tzid"), line };
}

/** Days are nominal, a day on the wall clock; seconds are exact (RFC 5545 section 3.3.6). */
export interface CalendarDuration {
  readonly days: number;
  readonly seconds: number;
}

const DURATION =
  /^([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/;

export function readDuration(value: unknown): CalendarDuration | null {
  const parts = typeof value === "string" ? DURATION.exec(value.trim().toUpperCase()) : null;
  if (parts === null) return null;
  const sign = parts[1] === "-" ? -1 : 1;
  const [weeks, days, hours, minutes, seconds] = parts.slice(2).map((part) => Number(part ?? 0));
  return {
    days: sign * (weeks! * 7 + days!),
    seconds: sign * (hours! * 3600 + minutes! * 60 + seconds!),
  };
}

/** "-05:00" or "+05:53:28", as ical.js writes an offset; in minutes, seconds cut off. */
export function readOffset(value: unknown): number | null {
  const parts = typeof value === "string" ? /^([+-])(\d\d):(\d\d)(?::\d\d)?$/.exec(value) : null;
  if (parts === null || Number(parts[2]) > 23 || Number(parts[3]) > 59) return null;
  return (parts[1] === "-" ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}
