import fc from "fast-check";
import { expect, test } from "vitest";
import {
  civilToDay,
  dayToCivil,
  dayToIsoDate,
  daysInMonth,
  isoDateToDay,
  weekdayOfDay,
} from "./civil-day.ts";

const EPOCH = Temporal.PlainDate.from("1970-01-01");
const anyDay = fc.integer({ min: -719_528, max: 2_932_896 });

test("days and dates agree with Temporal from the year 0 to 9999", () => {
  fc.assert(
    fc.property(anyDay, (days) => {
      const date = EPOCH.add({ days });
      expect(dayToCivil(days)).toEqual({ year: date.year, month: date.month, day: date.day });
      expect(civilToDay(date.year, date.month, date.day)).toBe(days);
      expect(weekdayOfDay(days)).toBe(date.dayOfWeek % 7);
      expect(daysInMonth(date.year, date.month)).toBe(date.daysInMonth);
      expect(isoDateToDay(dayToIsoDate(days))).toBe(days);
    }),
  );
});

test("a date that no calendar has is none", () => {
  for (const text of [
    "2031-02-29",
    "2031-13-01",
    "2031-00-10",
    "2031-04-31",
    "2031-4-1",
    "",
    "2031-04-00",
  ]) {
    expect(isoDateToDay(text), text).toBeNull();
  }
  expect(isoDateToDay("2032-02-29")).not.toBeNull();
});
