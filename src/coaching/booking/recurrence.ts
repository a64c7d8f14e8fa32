/**
 * Recurrence rules (RFC 5545 section 3.3.10) on a wall clock of whole seconds. It starts near the span asked for
 * instead of at the beginning, and counts its work: libraries that step from the first occurrence take minutes
 * over an old calendar, and some never come back from a rule that no date can satisfy.
 */
import type { CalendarWork } from "./calendar-work.ts";
import { civilToDay, dayToCivil, daysInMonth, isLeapYear, weekdayOfDay } from "./civil-day.ts";

export type Frequency =
  "YEARLY" | "MONTHLY" | "WEEKLY" | "DAILY" | "HOURLY" | "MINUTELY" | "SECONDLY";

export interface RecurrenceRule {
  readonly frequency: Frequency;
  /** At least 1. */
  readonly interval: number;
  readonly count: number | null;
  /** Empty where the rule doesn't say. */
  readonly bySecond: readonly number[];
  readonly byMinute: readonly number[];
  readonly byHour: readonly number[];
  readonly byDay: readonly RuleDay[];
  readonly byMonthDay: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byWeekNumber: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPosition: readonly number[];
  /** 0 = Sunday to 6. */
  readonly weekStart: number;
}

export interface RuleDay {
  readonly weekday: number;
  /** Second Tuesday: 2; last: -1; every one: 0. */
  readonly nth: number;
}

/** Seconds since 1970-01-01T00:00 on the wall clock; both ends count. */
export interface WallSpan {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400;
const UNITS = { DAILY: DAY, HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 } as const;

/**
 * The occurrences within a span, ascending, in wall seconds. The start itself always is one and is the first
 * that counts. Null when the work ran out.
 */
export function expandRule(
  rule: RecurrenceRule,
  start: number,
  span: WallSpan,
  work: CalendarWork,
): number[] | null {
  const found: number[] = start >= span.from && start <= span.to ? [start] : [];
  if (lastPossible(rule, start) < span.from) return found;
  const full = withDefaults(rule, start);
  let left = (rule.count ?? Infinity) - 1;
  // Counting has to begin at the beginning; everything else may begin where it matters.
  let period = rule.count === null ? periodsBefore(full, start, span.from) : 0;
  while (left > 0) {
    const { begins, next, occurrences, steps } = readPeriod(full, start, period);
    if (begins > span.to) break;
    if (!work.spend(steps + occurrences.length)) return null;
    for (const occurrence of occurrences) {
      if (occurrence <= start) continue;
      if (left-- <= 0 || occurrence > span.to) return found;
      if (occurrence < span.from) continue;
      if (!work.occur()) return null;
      found.push(occurrence);
    }
    period = next;
  }
  return found;
}

/** Calendars are full of series that were counted out long ago. Exact where every period has its occurrence. */
function lastPossible(rule: RecurrenceRule, start: number): number {
  const { frequency, interval, count, byDay, byHour, byMinute, bySecond } = rule;
  if (count === null || frequency === "YEARLY" || frequency === "MONTHLY") return Infinity;
  const mayBeEmpty = [rule.byMonth, rule.byMonthDay, rule.byYearDay, rule.byWeekNumber];
  mayBeEmpty.push(rule.bySetPosition);
  if (frequency === "WEEKLY") {
    if (mayBeEmpty.some((part) => part.length > 0)) return Infinity;
    return start + count * interval * 7 * DAY;
  }
  const narrowsTime =
    frequency !== "DAILY" && [byHour, byMinute, bySecond].some((part) => part.length > 0);
  if (narrowsTime || byDay.length > 0 || mayBeEmpty.some((part) => part.length > 0))
    return Infinity;
  return start + count * interval * UNITS[frequency];
}

interface Period {
  /** No occurrence of this period or a later one is before this. */
  readonly begins: number;
  readonly next: number;
  readonly occurrences: readonly number[];
  /** Days and times looked at. */
  readonly steps: number;
}

/** What a rule leaves unsaid is taken from its start. */
function withDefaults(rule: RecurrenceRule, start: number): RecurrenceRule {
  const day = Math.floor(start / DAY);
  const { month, day: monthDay } = dayToCivil(day);
  const second = start - day * DAY;
  const { frequency, byDay, byMonthDay, byYearDay, byWeekNumber } = rule;
  const saysDay = byDay.length > 0 || byMonthDay.length > 0 || byYearDay.length > 0;
  const isWholeDays =
    frequency !== "HOURLY" && frequency !== "MINUTELY" && frequency !== "SECONDLY";
  const filled = { ...rule };
  if (isWholeDays && rule.byHour.length === 0) filled.byHour = [Math.floor(second / 3600)];
  if (frequency !== "MINUTELY" && frequency !== "SECONDLY" && rule.byMinute.length === 0)
    filled.byMinute = [Math.floor(second / 60) % 60];
  if (frequency !== "SECONDLY" && rule.bySecond.length === 0) filled.bySecond = [second % 60];

  if (frequency === "WEEKLY" && byDay.length === 0)
    filled.byDay = [{ weekday: weekdayOfDay(day), nth: 0 }];
  if (frequency === "MONTHLY" && !saysDay) filled.byMonthDay = [monthDay];
  if (frequency === "YEARLY" && !saysDay) {
    if (byWeekNumber.length > 0) filled.byDay = [{ weekday: weekdayOfDay(day), nth: 0 }];
    else filled.byMonthDay = [monthDay];
    if (byWeekNumber.length === 0 && rule.byMonth.length === 0) filled.byMonth = [month];
  }
  return filled;
}

/** A period no later than the one that holds `from`: one is left for what a clock change may move. */
function periodsBefore(rule: RecurrenceRule, start: number, from: number): number {
  const day = (seconds: number) => Math.floor(seconds / DAY);
  const year = (seconds: number) => dayToCivil(day(seconds)).year;
  const month = (seconds: number) => dayToCivil(day(seconds)).month + 12 * year(seconds);
  const { frequency, interval } = rule;
  const passed =
    frequency === "YEARLY"
      ? year(from) - year(start)
      : frequency === "MONTHLY"
        ? month(from) - month(start)
        : Math.floor((from - start) / (frequency === "WEEKLY" ? 7 * DAY : UNITS[frequency]));
  return Math.max(0, Math.floor(passed / interval) - 1);
}

function readPeriod(rule: RecurrenceRule, start: number, period: number): Period {
  const { frequency, interval, weekStart } = rule;
  const startDay = Math.floor(start / DAY);
  const { year: startYear, month: startMonth } = dayToCivil(startDay);
  switch (frequency) {
    case "YEARLY": {
      const year = startYear + period * interval;
      const months = rule.byMonth.length > 0 ? rule.byMonth : ALL_MONTHS;
      const days = months.flatMap((month) => daysOfMonth(year, month));
      return wholeDays(rule, civilToDay(year, 1, 1), days, period);
    }
    case "MONTHLY": {
      const months = startYear * 12 + startMonth - 1 + period * interval;
      const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
      return wholeDays(rule, civilToDay(year, month, 1), daysOfMonth(year, month), period);
    }
    case "WEEKLY": {
      const weekBegan = startDay - ((weekdayOfDay(startDay) - weekStart + 7) % 7);
      const first = weekBegan + 7 * period * interval;
      return wholeDays(
        rule,
        first,
        [0, 1, 2, 3, 4, 5, 6].map((day) => first + day),
        period,
      );
    }
    case "DAILY": {
      const day = startDay + period * interval;
      return wholeDays(rule, day, [day], period);
    }
    case "HOURLY":
    case "MINUTELY":
    case "SECONDLY":
      return partOfDay(rule, start, period);
    default:
      return frequency satisfies never;
  }
}

const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function daysOfMonth(year: number, month: number): number[] {
  const first = civilToDay(year, month, 1);
  return Array.from({ length: daysInMonth(year, month) }, (_, at) => first + at);
}

function wholeDays(
  rule: RecurrenceRule,
  begins: number,
  candidates: readonly number[],
  period: number,
): Period {
  const days = candidates.filter((day) => isRuleDay(rule, day)).toSorted((a, b) => a - b);
  const times = days.length > 0 ? timesOfDay(rule) : [];
  const all = days.flatMap((day) => times.map((time) => day * DAY + time));
  return {
    begins: begins * DAY,
    next: period + 1,
    occurrences: atPositions(rule, all),
    steps: 1 + candidates.length + all.length,
  };
}

/** An hour, a minute or a second; where a day or an hour doesn't qualify, the next comes next. */
function partOfDay(rule: RecurrenceRule, start: number, period: number): Period {
  const unit = UNITS[rule.frequency as "HOURLY" | "MINUTELY" | "SECONDLY"];
  const begins = (Math.floor(start / unit) + period * rule.interval) * unit;
  const day = Math.floor(begins / DAY);
  const hour = Math.floor(begins / 3600);
  const none = (later: number) => ({
    begins,
    next: period + Math.max(1, Math.ceil((later - begins) / unit / rule.interval)),
    occurrences: [],
    steps: 1,
  });
  if (!isRuleDay(rule, day)) return none((day + 1) * DAY);
  if (!allows(rule.byHour, hour - day * 24)) return none((hour + 1) * 3600);
  if (unit < 3600 && !allows(rule.byMinute, Math.floor(begins / 60) % 60)) return none(begins);
  if (unit === 1 && !allows(rule.bySecond, begins - Math.floor(begins / 60) * 60))
    return none(begins);
  const minutes = unit === 3600 ? ascending(rule.byMinute) : [0];
  const seconds = unit === 1 ? [0] : ascending(rule.bySecond);
  const all = minutes.flatMap((minute) => seconds.map((second) => begins + minute * 60 + second));
  return {
    begins,
    next: period + 1,
    occurrences: atPositions(rule, all),
    steps: 1 + all.length,
  };
}

function timesOfDay({ byHour, byMinute, bySecond }: RecurrenceRule): number[] {
  return ascending(byHour).flatMap((hour) =>
    ascending(byMinute).flatMap((minute) =>
      ascending(bySecond).map((second) => hour * 3600 + minute * 60 + second),
    ),
  );
}

/** A minute's second 60 counts as 59. */
function ascending(values: readonly number[]): number[] {
  return [...new Set(values.map((value) => Math.min(value, 59)))].toSorted((a, b) => a - b);
}

function allows(values: readonly number[], value: number): boolean {
  return values.length === 0 || values.includes(value);
}

function allowsEither(values: readonly number[], value: number, fromEnd: number): boolean {
  return values.length === 0 || values.includes(value) || values.includes(fromEnd);
}

function atPositions({ bySetPosition }: RecurrenceRule, all: number[]): number[] {
  if (bySetPosition.length === 0) return all;
  return all.filter(
    (_, at) => bySetPosition.includes(at + 1) || bySetPosition.includes(at - all.length),
  );
}

/** Every part that speaks of days, whether it widens or narrows, holds for each day (RFC 5545's table). */
function isRuleDay(rule: RecurrenceRule, day: number): boolean {
  const { byMonth, byMonthDay, byYearDay, byWeekNumber, byDay } = rule;
  if (byMonth.length > 0 || byMonthDay.length > 0 || byYearDay.length > 0) {
    const date = dayToCivil(day);
    if (!allows(byMonth, date.month)) return false;
    const monthFromEnd = date.day - daysInMonth(date.year, date.month) - 1;
    if (!allowsEither(byMonthDay, date.day, monthFromEnd)) return false;
    const yearDay = day - civilToDay(date.year, 1, 1) + 1;
    const yearFromEnd = yearDay - (isLeapYear(date.year) ? 366 : 365) - 1;
    if (!allowsEither(byYearDay, yearDay, yearFromEnd)) return false;
  }
  if (byWeekNumber.length > 0 && !isRuleWeek(rule, day)) return false;
  return byDay.length === 0 || byDay.some((each) => isNthWeekday(rule, day, each));
}

/** Week 1 is the first with at least four days in the year; the last holds 28 December. */
function isRuleWeek({ byWeekNumber, weekStart }: RecurrenceRule, day: number): boolean {
  const middleOfWeek = day - ((weekdayOfDay(day) - weekStart + 7) % 7) + 3;
  const { year } = dayToCivil(middleOfWeek);
  const week = Math.floor((middleOfWeek - civilToDay(year, 1, 1)) / 7) + 1;
  const lastDay = civilToDay(year, 12, 28);
  const middleOfLast = lastDay - ((weekdayOfDay(lastDay) - weekStart + 7) % 7) + 3;
  const weeks = Math.floor((middleOfLast - civilToDay(year, 1, 1)) / 7) + 1;
  return byWeekNumber.includes(week) || byWeekNumber.includes(week - weeks - 1);
}

/** The nth is counted within the month or, in a yearly rule without months, the year. */
function isNthWeekday(rule: RecurrenceRule, day: number, { weekday, nth }: RuleDay): boolean {
  if (weekdayOfDay(day) !== weekday) return false;
  const { frequency, byMonth, byWeekNumber } = rule;
  const countsNth = frequency === "MONTHLY" || frequency === "YEARLY";
  if (nth === 0 || !countsNth || byWeekNumber.length > 0) return true;
  const { year, month } = dayToCivil(day);
  const withinYear = frequency === "YEARLY" && byMonth.length === 0;
  const first = withinYear ? civilToDay(year, 1, 1) : civilToDay(year, month, 1);
  const last = withinYear ? civilToDay(year, 12, 31) : first + daysInMonth(year, month) - 1;
  return nth > 0
    ? Math.floor((day - first) / 7) + 1 === nth
    : Math.floor((last - day) / 7) + 1 === -nth;
}
