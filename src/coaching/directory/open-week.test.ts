import fc from "fast-check";
import { expect, test } from "vitest";
import { openMinutes, weeklyToPatterns } from "../booking/week-pattern.ts";
import { minutesAhead, weeklyHoursToWindows } from "./open-week.ts";
import { hoursToWeeklyHours } from "./weekly-hours.ts";

const JANUARY = Date.UTC(2031, 0, 15);
const JULY = Date.UTC(2031, 6, 15);

test("in the coach's own zone the hours stand as they are", () => {
  const hours = hoursToWeeklyHours([24 + 9, 24 + 10, 48 + 9, 48 + 10]);
  expect(weeklyToPatterns(weeklyHoursToWindows(hours, 0), 1)).toEqual([
    { spans: [{ first: 1, last: 2 }], windows: [{ start: 540, end: 660 }] },
  ]);
});

test("an evening far west is the next morning far east, half hours included", () => {
  const mondayEvening = hoursToWeeklyHours([24 + 19]);
  expect(weeklyHoursToWindows(mondayEvening, 10 * 60 + 30)).toEqual([
    { day: 2, start: 330, end: 390 },
  ]);
});

test("an hour over midnight belongs to both days, also where the week turns", () => {
  const saturdayNight = hoursToWeeklyHours([167]);
  expect(weeklyHoursToWindows(saturdayNight, 30)).toEqual([
    { day: 6, start: 1410, end: 1440 },
    { day: 0, start: 0, end: 30 },
  ]);
  expect(weeklyHoursToWindows(hoursToWeeklyHours([0]), -60)).toEqual([
    { day: 6, start: 1380, end: 1440 },
  ]);
});

test("no open minute is lost or gained between zones", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 167 })),
      fc.integer({ min: -26 * 4, max: 26 * 4 }),
      (hours, quarters) => {
        const windows = weeklyHoursToWindows(hoursToWeeklyHours(hours), quarters * 15);
        expect(openMinutes(windows)).toBe(hours.length * 60);
      },
    ),
  );
});

test("how far one clock is ahead of another follows daylight saving", () => {
  expect(minutesAhead("Europe/London", "America/New_York", JANUARY)).toBe(300);
  expect(minutesAhead("Asia/Kolkata", "UTC", JANUARY)).toBe(330);
  expect(minutesAhead("America/Phoenix", "America/Denver", JANUARY)).toBe(0);
  expect(minutesAhead("America/Phoenix", "America/Denver", JULY)).toBe(-60);
});
