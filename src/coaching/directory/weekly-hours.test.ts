import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { weeklyHoursField } from "./coach.ts";
import { hoursToWeeklyHours, weeklyHoursToHours, windowsToWeeklyHours } from "./weekly-hours.ts";

const someHours = fc.uniqueArray(fc.integer({ min: 0, max: 167 }));

test("any set of hours comes back as it went in, and is valid on a card", () => {
  fc.assert(
    fc.property(someHours, (hours) => {
      const text = hoursToWeeklyHours(hours);
      expect(v.is(weeklyHoursField, text)).toBe(true);
      expect(weeklyHoursToHours(text)).toEqual(hours.toSorted((a, b) => a - b));
    }),
  );
});

test("an hour is open when half of it or more is", () => {
  const hours = (start: number, end: number) =>
    weeklyHoursToHours(windowsToWeeklyHours([{ day: 2, start, end }]));
  expect(hours(9 * 60, 11 * 60)).toEqual([57, 58]);
  expect(hours(9 * 60 + 30, 10 * 60 + 29)).toEqual([57]);
  expect(hours(9 * 60 + 31, 10 * 60 + 30)).toEqual([58]);
  expect(hours(9 * 60 + 31, 10 * 60 + 29)).toEqual([]);
});

test("two windows that share an hour open it together", () => {
  const windows = [
    { day: 0, start: 0, end: 15 },
    { day: 0, start: 40, end: 55 },
  ];
  expect(weeklyHoursToHours(windowsToWeeklyHours(windows))).toEqual([0]);
});

test("a window up to the end of Saturday stays within the week", () => {
  const text = windowsToWeeklyHours([{ day: 6, start: 22 * 60, end: 1440 }]);
  expect(weeklyHoursToHours(text)).toEqual([166, 167]);
});

test("text of another length is a defect", () => {
  expect(() => weeklyHoursToHours("AAAA")).toThrow("Not weekly hours");
});
