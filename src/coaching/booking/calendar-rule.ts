/** A recurrence rule as an iCalendar file writes it; what can't be kept exactly is refused with its line. */
import type { Result } from "#platform/result.ts";
import { ok } from "#platform/result.ts";
import type { BrokenLine, CalendarProperty } from "./calendar-lines.ts";
import { brokenLine } from "./calendar-lines.ts";
import type { CalendarMoment } from "./calendar-values.ts";
import { readMoment } from "./calendar-values.ts";
import type { Frequency, RecurrenceRule, RuleDay } from "./recurrence.ts";

export interface CalendarRule {
  readonly rule: RecurrenceRule;
  /** The last moment an occurrence may begin, in the file's own terms. */
  readonly until: CalendarMoment | null;
  readonly line: number;
}

const FREQUENCIES: readonly Frequency[] = [
  "YEARLY",
  "MONTHLY",
  "WEEKLY",
  "DAILY",
  "HOURLY",
  "MINUTELY",
  "SECONDLY",
];
const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

export function readRule(property: CalendarProperty): Result<CalendarRule, BrokenLine> {
  const { line } = property;
  // ical.js has checked the ranges of the BY parts; jCal gives one value alone and several in an array.
  const parts = property.values[0] as Readonly<Record<string, unknown>>;
  const frequency = FREQUENCIES.find((each) => each === parts["freq"]);
  const interval = parts["interval"] ?? 1;
  const count = parts["count"] ?? null;
  const until = parts["until"] === undefined ? null : readMoment(parts["until"], property);
  const byDay = listed(parts["byday"]).map(readRuleDay);
  if (
    frequency === undefined ||
    !isCount(interval) ||
    !(count === null || isCount(count)) ||
    (parts["until"] !== undefined && until === null) ||
    !byDay.every((day) => day !== null)
  ) {
    return brokenLine(line, "BadRule");
  }
  const numbers = (part: string) =>
    listed(parts[part]).filter((value) => typeof value === "number");
  const rule = {
    frequency,
    interval,
    count,
    bySecond: numbers("bysecond"),
    byMinute: numbers("byminute"),
    byHour: numbers("byhour"),
    byDay,
    byMonthDay: numbers("bymonthday"),
    byYearDay: numbers("byyearday"),
    byWeekNumber: numbers("byweekno"),
    byMonth: numbers("bymonth"),
    bySetPosition: numbers("bysetpos"),
    // ical.js counts Sunday as 1; without a word weeks begin on Monday.
    weekStart: typeof parts["wkst"] === "number" ? parts["wkst"] - 1 : 1,
  };
  return ok({ rule, until, line });
}

function listed(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function readRuleDay(value: unknown): RuleDay | null {
  const parts = typeof value === "string" ? /^([+-]?\d{0,2})([A-Z]{2})$/.exec(value) : null;
  const weekday = WEEKDAYS.indexOf(parts?.[2] ?? "");
  return parts === null || weekday < 0 ? null : { weekday, nth: Number(parts[1]) };
}
