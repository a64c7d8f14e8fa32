import fc from "fast-check";
import { expect, test } from "vitest";
import { slotStartsToIsoByDay } from "./slots-by-day.ts";
import { zoneTransitions } from "./zone.ts";

const MINUTE = 60_000;

test("starts are told on the booker's clock under the booker's dates, as Temporal tells them", () => {
  const zones = [
    "America/New_York",
    "Asia/Kathmandu",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Havana",
  ];
  const start = fc.integer({
    min: Date.UTC(2031, 0, 1) / MINUTE,
    max: Date.UTC(2032, 0, 1) / MINUTE,
  });
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.array(start), (timeZone, unsorted) => {
      const starts = unsorted.toSorted((a, b) => a - b);
      const zone = zoneTransitions(timeZone, Date.UTC(2030, 11, 1), Date.UTC(2032, 1, 1));
      const expected = new Map<string, string[]>();
      for (const minute of starts) {
        const there = Temporal.Instant.fromEpochMilliseconds(minute * MINUTE).toZonedDateTimeISO(
          timeZone,
        );
        const date = there.toPlainDate().toString();
        const iso = there.toString({ timeZoneName: "never", smallestUnit: "second" });
        expected.set(date, [...(expected.get(date) ?? []), iso]);
      }
      expect([...slotStartsToIsoByDay(starts, zone)]).toEqual([...expected]);
    }),
  );
});

test("no starts make no days", () => {
  expect(slotStartsToIsoByDay([], zoneTransitions("UTC", 0, 1)).size).toBe(0);
});
