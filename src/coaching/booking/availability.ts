/**
 * When a coach can be booked, in the coach's own words: weekly windows and exceptions on the coach's wall
 * clock, and the rules a booking must keep. What doesn't make sense is refused with the field at fault.
 */
import type { Result } from "#platform/result.ts";
import { ok, refuse } from "#platform/result.ts";
import { isoDateToDay } from "./civil-day.ts";
import { isTimeZone } from "./zone.ts";

/** Minutes after local midnight; 1440 is the next midnight. */
export interface LocalWindow {
  readonly start: number;
  readonly end: number;
}

export interface WeeklyWindow extends LocalWindow {
  /** 0 = Sunday to 6 = Saturday. */
  readonly day: number;
}

/** Replaces the weekly windows of one date. No windows: a day off. */
interface AvailabilityException {
  /** 2031-03-09 */
  readonly date: string;
  readonly windows: readonly LocalWindow[];
}

export interface Availability {
  readonly timeZone: string;
  readonly weekly: readonly WeeklyWindow[];
  readonly exceptions: readonly AvailabilityException[];
}

export const SESSION_KINDS = ["chemistry", "session"] as const;
/** The free call to see whether two people fit, and the session proper. */
export type SessionKind = (typeof SESSION_KINDS)[number];

export interface BookingRules {
  readonly lengthMinutes: Readonly<Record<SessionKind, number>>;
  /** Sessions start on multiples of this on the coach's clock. */
  readonly stepMinutes: number;
  /** Kept free before and after every session; two sessions in a row keep both. */
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly minimumNoticeMinutes: number;
  /** Sessions on one of the coach's days; null: no cap. */
  readonly dailyCap: number | null;
  /** How many days ahead can be booked, counted from the coach's today. */
  readonly horizonDays: number;
}

type AvailabilityField = "timeZone" | "weekly" | "exceptions";

export type AvailabilityRefusal =
  | { readonly type: "UnknownTimeZone"; readonly field: "timeZone" }
  | { readonly type: "TooMany"; readonly field: AvailabilityField; readonly most: number }
  /** `at` counts from 0 in the list named by `field`. */
  | { readonly type: "NotAWeekday"; readonly field: "weekly"; readonly at: number }
  | { readonly type: "NotADate"; readonly field: "exceptions"; readonly at: number }
  | { readonly type: "SameDateTwice"; readonly field: "exceptions"; readonly at: number }
  | { readonly type: "NotATimeOfDay"; readonly field: AvailabilityField; readonly at: number }
  | { readonly type: "EndsBeforeStart"; readonly field: AvailabilityField; readonly at: number }
  | { readonly type: "Overlapping"; readonly field: AvailabilityField; readonly at: number };

const MOST_WINDOWS = 70;
const MOST_EXCEPTIONS = 1000;

export function checkAvailability(
  availability: Availability,
): Result<Availability, AvailabilityRefusal> {
  const { timeZone, weekly, exceptions } = availability;
  if (!isTimeZone(timeZone)) return refuse({ type: "UnknownTimeZone", field: "timeZone" });
  if (weekly.length > MOST_WINDOWS)
    return refuse({ type: "TooMany", field: "weekly", most: MOST_WINDOWS });
  if (exceptions.length > MOST_EXCEPTIONS)
    return refuse({ type: "TooMany", field: "exceptions", most: MOST_EXCEPTIONS });

  for (const [at, window] of weekly.entries()) {
    if (!isWholeBetween(window.day, 0, 6))
      return refuse({ type: "NotAWeekday", field: "weekly", at });
    const sameDay = weekly.slice(0, at).filter((other) => other.day === window.day);
    const fault = windowFault(window, sameDay);
    if (fault !== null) return refuse({ type: fault, field: "weekly", at });
  }
  const dates = new Set<string>();
  for (const [at, { date, windows }] of exceptions.entries()) {
    if (isoDateToDay(date) === null) return refuse({ type: "NotADate", field: "exceptions", at });
    if (dates.has(date)) return refuse({ type: "SameDateTwice", field: "exceptions", at });
    dates.add(date);
    if (windows.length > MOST_WINDOWS)
      return refuse({ type: "TooMany", field: "exceptions", most: MOST_WINDOWS });
    for (const [nth, window] of windows.entries()) {
      const fault = windowFault(window, windows.slice(0, nth));
      if (fault !== null) return refuse({ type: fault, field: "exceptions", at });
    }
  }
  return ok(availability);
}

function windowFault(window: LocalWindow, others: readonly LocalWindow[]) {
  if (!isWholeBetween(window.start, 0, 1440) || !isWholeBetween(window.end, 0, 1440))
    return "NotATimeOfDay";
  if (window.end <= window.start) return "EndsBeforeStart";
  if (others.some((other) => window.start < other.end && other.start < window.end))
    return "Overlapping";
  return null;
}

export type RulesField = keyof BookingRules;

export type RulesRefusal =
  | {
      readonly type: "OutOfRange";
      readonly field: RulesField;
      readonly least: number;
      readonly most: number;
    }
  | { readonly type: "NotAStep"; readonly field: "stepMinutes"; readonly steps: readonly number[] };

/** Divisors of the hour, so that every hour offers the same times. */
export const STEPS = [5, 10, 15, 20, 30, 60] as const;

const RANGES = {
  lengthMinutes: [10, 240],
  bufferBeforeMinutes: [0, 120],
  bufferAfterMinutes: [0, 120],
  minimumNoticeMinutes: [0, 30 * 1440],
  dailyCap: [1, 24],
  horizonDays: [1, 365],
} as const satisfies Partial<Record<RulesField, readonly [number, number]>>;

export function checkRules(rules: BookingRules): Result<BookingRules, RulesRefusal> {
  if (!STEPS.some((step) => step === rules.stepMinutes))
    return refuse({ type: "NotAStep", field: "stepMinutes", steps: STEPS });
  const outOfRange = (Object.keys(RANGES) as (keyof typeof RANGES)[]).find((field) => {
    const value = rules[field];
    if (value === null) return false;
    const values = typeof value === "number" ? [value] : Object.values(value);
    return values.some((each) => !isWholeBetween(each, RANGES[field][0], RANGES[field][1]));
  });
  if (outOfRange === undefined) return ok(rules);
  const [least, most] = RANGES[outOfRange];
  return refuse({ type: "OutOfRange", field: outOfRange, least, most });
}

function isWholeBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
