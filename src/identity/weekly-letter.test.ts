import fc from "fast-check";
import { expect, test } from "vitest";
import { weekOfLetter } from "./weekly-letter.ts";

const at = (moment: string, zone: string) => weekOfLetter(Date.parse(moment), zone);

test("it is due on Mondays from six to midnight, on the clock of the zone and not of the server", () => {
  expect(at("2031-03-03T04:59:59Z", "Europe/Berlin")).toBeNull();
  expect(at("2031-03-03T05:00:00Z", "Europe/Berlin")).toBe("2031-W10");
  expect(at("2031-03-03T22:59:59Z", "Europe/Berlin")).toBe("2031-W10");
  expect(at("2031-03-03T23:00:00Z", "Europe/Berlin")).toBeNull();
  // Still Sunday in New York, and Monday evening in Auckland.
  expect(at("2031-03-03T04:59:59Z", "America/New_York")).toBeNull();
  expect(at("2031-03-03T05:00:00Z", "Pacific/Auckland")).toBe("2031-W10");
});

test("around New Year the week has the year that most of its days lie in", () => {
  expect(at("2029-12-31T12:00:00Z", "UTC")).toBe("2030-W01");
  expect(at("2032-12-27T12:00:00Z", "UTC")).toBe("2032-W53");
});

test("a change of clocks moves nobody's six o'clock", () => {
  expect(at("2031-10-27T04:59:59Z", "Europe/Berlin")).toBeNull();
  expect(at("2031-10-27T05:00:00Z", "Europe/Berlin")).toBe("2031-W44");
  expect(at("2031-10-20T04:00:00Z", "Europe/Berlin")).toBe("2031-W43");
});

test("in any zone each Monday has one week of its own, later than the one before, also as text", () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 2000 }), (zone, nth) => {
      const noonOf = (week: number) =>
        Temporal.PlainDateTime.from("2025-01-06T12:00").add({ weeks: week }).toZonedDateTime(zone)
          .epochMilliseconds;
      const one = weekOfLetter(noonOf(nth), zone)!;
      const next = weekOfLetter(noonOf(nth + 1), zone)!;
      expect(one < next).toBe(true);
      expect(one).toMatch(/^\d{4}-W\d\d$/);
    }),
  );
});
