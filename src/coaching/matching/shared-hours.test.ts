import fc from "fast-check";
import { expect, test } from "vitest";
import { hoursToWeeklyHours } from "../directory/weekly-hours.ts";
import { inventedCoaches } from "./invented-coaches.ts";
import { sharedQuarters } from "./shared-hours.ts";

const [card] = inventedCoaches(1, 1);
const coachAt = (timeZone: string, hours: readonly number[]) => ({
  ...card!,
  timeZone,
  weeklyHours: hoursToWeeklyHours(hours),
});
const WINTER = Date.UTC(2031, 0, 15);
const SUMMER = Date.UTC(2031, 6, 15);

test("an evening in New York is a morning in Auckland, across the end of the week", () => {
  // Saturday 19:00 in New York is Sunday 13:00 in Auckland in January.
  const quarters = sharedQuarters(hoursToWeeklyHours([6 * 24 + 19]), "America/New_York", WINTER);
  expect(quarters(coachAt("Pacific/Auckland", [13]))).toBe(4);
  expect(quarters(coachAt("Pacific/Auckland", [12, 14]))).toBe(0);
});

test("when one side changes its clocks the shared hour moves", () => {
  const eight = hoursToWeeklyHours([24 + 8]);
  const kolkata = coachAt("Asia/Kolkata", [24 + 17, 24 + 18]);
  // 08:00 in New York is 18:30 in Kolkata in winter and 17:30 in summer.
  expect(sharedQuarters(eight, "America/New_York", WINTER)(kolkata)).toBe(2);
  expect(sharedQuarters(eight, "America/New_York", SUMMER)(kolkata)).toBe(4);
});

test("quarters of an hour are counted, for zones that need them", () => {
  // 12:00 UTC is 17:45 in Kathmandu.
  const quarters = sharedQuarters(hoursToWeeklyHours([12]), "UTC", WINTER);
  expect(quarters(coachAt("Asia/Kathmandu", [17]))).toBe(1);
  expect(quarters(coachAt("Asia/Kathmandu", [18]))).toBe(3);
});

test("whoever is free at any hour shares all of a coach's hours", () => {
  const quarters = sharedQuarters(null, "America/New_York", WINTER);
  expect(quarters(coachAt("Asia/Tokyo", [0, 80, 167]))).toBe(12);
});

test("the count is what laying both weeks on one clock gives", () => {
  const zones = ["America/New_York", "Asia/Kathmandu", "Australia/Adelaide", "Pacific/Apia", "UTC"];
  const hours = fc.uniqueArray(fc.integer({ min: 0, max: 167 }));
  const zone = fc.constantFrom(...zones);
  fc.assert(
    fc.property(hours, zone, hours, zone, (mine, myZone, theirs, theirZone) => {
      const free = minutesOfUtc(mine, myZone);
      const open = minutesOfUtc(theirs, theirZone);
      const quarters = sharedQuarters(hoursToWeeklyHours(mine), myZone, WINTER);
      const shared = [...free].filter((minute) => open.has(minute));
      expect(quarters(coachAt(theirZone, theirs)) * 15).toBe(shared.length);
    }),
    { numRuns: 50 },
  );
});

/** Every free minute of the week on UTC's clock, by Temporal's own arithmetic. */
function minutesOfUtc(hours: readonly number[], timeZone: string): Set<number> {
  const offset =
    Temporal.Instant.fromEpochMilliseconds(WINTER).toZonedDateTimeISO(timeZone).offsetNanoseconds /
    60e9;
  const minutes = hours.flatMap((hour) =>
    Array.from({ length: 60 }, (_, minute) => (hour * 60 + minute - offset + 10_080) % 10_080),
  );
  return new Set(minutes);
}
