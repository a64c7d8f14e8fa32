import fc from "fast-check";
import { expect, test } from "vitest";
import { weeklyHoursToHours } from "../directory/weekly-hours.ts";
import { ALL_PARTS, partsToWeeklyHours, weeklyHoursToParts } from "./day-part.ts";

test("the parts of a week are every hour of it once", () => {
  expect(weeklyHoursToHours(partsToWeeklyHours(ALL_PARTS))).toHaveLength(168);
  const singles = ALL_PARTS.map((part) => weeklyHoursToHours(partsToWeeklyHours([part])).length);
  expect(singles.reduce((sum, hours) => sum + hours)).toBe(168);
});

test("Saturday night runs into Sunday", () => {
  expect(weeklyHoursToHours(partsToWeeklyHours(["6 night"]))).toEqual([
    0, 1, 2, 3, 4, 165, 166, 167,
  ]);
});

test("Monday evening is five till nine", () => {
  expect(weeklyHoursToHours(partsToWeeklyHours(["1 evening"]))).toEqual([41, 42, 43, 44]);
});

test("what was marked comes back as it was marked", () => {
  fc.assert(
    fc.property(fc.subarray([...ALL_PARTS]), (marked) => {
      expect(weeklyHoursToParts(partsToWeeklyHours(marked))).toEqual(marked);
    }),
  );
});

test("what is no part of a week marks nothing", () => {
  expect(weeklyHoursToHours(partsToWeeklyHours(["7 early", "1 noon", ""]))).toEqual([]);
});
