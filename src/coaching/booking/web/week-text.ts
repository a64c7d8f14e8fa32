/** Weekdays and times of day the reader's own way: "Mon–Fri 9:00–12:00", with the week beginning where theirs does. */
import type { LocalWindow, WeeklyWindow } from "../availability.ts";
import { MINUTES_A_DAY } from "../time-of-day.ts";
import { weeklyToPatterns, type DaySpan } from "../week-pattern.ts";

/** 0 = Sunday to 6; Monday where the device doesn't say. */
const firstDayOfWeek: number = readFirstDay();

/** All seven, in the reader's order. */
export const weekdays: readonly number[] = [0, 1, 2, 3, 4, 5, 6].map(
  (nth) => (firstDayOfWeek + nth) % 7,
);

export function weekdayName(day: number, form: "long" | "short"): string {
  return namers[form].format(SUNDAY + day * DAY_MS);
}

export function timeOfDayText(minute: number): string {
  return times.format(SUNDAY + (minute % MINUTES_A_DAY) * 60_000);
}

export function windowText({ start, end }: LocalWindow): string {
  const last = SUNDAY + end * 60_000;
  // A range that reaches midnight would be written with its dates.
  return end < MINUTES_A_DAY
    ? times.formatRange(SUNDAY + start * 60_000, last)
    : `${timeOfDayText(start)} – ${timeOfDayText(end)}`;
}

/** One line for a whole week; empty for a closed one. */
export function weekText(weekly: readonly WeeklyWindow[]): string {
  return weeklyToPatterns(weekly, firstDayOfWeek)
    .map(
      ({ spans, windows }) =>
        `${spans.map(spanText).join(", ")} ${windows.map(windowText).join(", ")}`,
    )
    .join("; ");
}

function spanText({ first, last }: DaySpan): string {
  const name = weekdayName(first, "short");
  return first === last ? name : `${name}–${weekdayName(last, "short")}`;
}

const DAY_MS = 86_400_000;
/** 4 January 1970. */
const SUNDAY = 3 * DAY_MS;

const times = new Intl.DateTimeFormat(undefined, {
  hour: "numeric",
  minute: "2-digit",
  timeZone: "UTC",
});
const namers = {
  long: new Intl.DateTimeFormat(undefined, { weekday: "long", timeZone: "UTC" }),
  short: new Intl.DateTimeFormat(undefined, { weekday: "short", timeZone: "UTC" }),
};

function readFirstDay(): number {
  const locale = new Intl.Locale(navigator.language) as Intl.Locale & {
    readonly weekInfo?: { readonly firstDay: number };
    getWeekInfo?(): { readonly firstDay: number };
  };
  return ((locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1) % 7;
}
