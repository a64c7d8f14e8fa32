import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { expect, test } from "vitest";
import * as v from "valibot";
import { circleHoursSchema } from "#library/circle-content.ts";
import { circleWeek } from "./circle-week.ts";

const file = join(import.meta.dirname, "../../../content/circles/hours.yaml");
const hours = v.parse(circleHoursSchema, parse(readFileSync(file, "utf8")));

const shown = (week: ReturnType<typeof circleWeek>, zone: string) =>
  week.map((day) => day.map(({ at }) => at.toZonedDateTimeISO(zone).toPlainTime().toString()));

test("at home every day has its three hours, and blocks count from Monday", () => {
  const week = circleWeek(hours, "GB", "Europe/London", "2026-12-05");
  expect(shown(week, "Europe/London")).toEqual(
    Array.from({ length: 7 }, () => ["07:00:00", "12:30:00", "20:00:00"]),
  );
  expect(week.flat().map(({ block }) => block)).toEqual(Array.from({ length: 21 }, (_, at) => at));
  expect(week[0]![0]!.at.toString()).toBe("2026-12-07T07:00:00Z");
});

test("elsewhere an evening may be another day's small hours", () => {
  const week = circleWeek(hours, "US", "Europe/London", "2026-12-05");
  // Nine in the evening of Monday in New York.
  expect(week[1]![0]!.block).toBe(2);
  expect(shown(week, "Europe/London")[1]).toEqual(["02:00:00", "12:00:00", "17:00:00"]);
});

test("wherever somebody is, all 21 are there once", () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
  const countries = fc.constantFrom(null, "XX", ...Object.keys(hours.hours));
  const days = fc.integer({ min: 0, max: 800 });
  fc.assert(
    fc.property(zones, countries, days, (zone, country, add) => {
      const today = Temporal.PlainDate.from("2026-11-22").add({ days: add }).toString();
      const week = circleWeek(hours, country, zone, today);
      expect(week).toHaveLength(7);
      const blocks = week.flat().map(({ block }) => block);
      expect(blocks.toSorted((one, other) => one - other)).toEqual([...Array(21).keys()]);
    }),
  );
});
