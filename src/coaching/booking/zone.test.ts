import fc from "fast-check";
import { expect, test } from "vitest";
import { isTimeZone, localToInstant, offsetAt, zoneTransitions } from "./zone.ts";

/** Zones whose clocks change by an hour, by half of one, by two, at midnight, twice around Ramadan, or never. */
const ZONES = [
  "America/New_York",
  "America/Havana",
  "America/Santiago",
  "America/St_Johns",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Antarctica/Troll",
  "Asia/Beirut",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Europe/Berlin",
  "Europe/Dublin",
  "Pacific/Apia",
  "Pacific/Chatham",
  "UTC",
];
const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2033, 0, 1);
const tables = new Map(ZONES.map((name) => [name, zoneTransitions(name, FROM, TO)]));
const aZone = fc.constantFrom(...ZONES);
/** Any minute, and more often one close to a change of clocks. */
const aMoment = aZone.chain((name) => {
  const anywhere = fc.integer({ min: FROM / 60_000 + 1440, max: TO / 60_000 - 1440 });
  const changes = tables.get(name)!.starts.slice(1);
  const nearChange = fc
    .tuple(fc.nat(), fc.integer({ min: -900, max: 900 }))
    .map(([nth, by]) => changes[nth % changes.length]! + by);
  return fc.record({
    name: fc.constant(name),
    minute: changes.length > 0 ? fc.oneof(anywhere, nearChange) : anywhere,
  });
});

test("the offset at an instant is Temporal's", () => {
  fc.assert(
    fc.property(aMoment, ({ name, minute }) => {
      const there = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(
        name,
      );
      expect(offsetAt(tables.get(name)!, minute)).toBe(there.offsetNanoseconds / 6e10);
    }),
    { numRuns: 400 },
  );
});

test("a wall-clock minute becomes Temporal's compatible instant, also one skipped or repeated", () => {
  fc.assert(
    fc.property(aMoment, ({ name, minute }) => {
      const table = tables.get(name)!;
      const local = minute + offsetAt(table, minute);
      // Around a change, minutes on both sides of it are tried as wall-clock minutes too.
      for (const wall of [
        local,
        minute + offsetAt(table, minute - 900),
        minute + offsetAt(table, minute + 900),
      ]) {
        const there = Temporal.PlainDateTime.from("1970-01-01T00:00").add({ minutes: wall });
        expect(localToInstant(table, wall) * 60_000).toBe(
          there.toZonedDateTime(name, { disambiguation: "compatible" }).epochMilliseconds,
        );
      }
    }),
    { numRuns: 400 },
  );
});

test("a skipped minute moves forward and a repeated one is the earlier", () => {
  const newYork = tables.get("America/New_York")!;
  const wall = (iso: string) => Date.parse(`${iso}Z`) / 60_000;
  const instant = (iso: string) => Date.parse(iso) / 60_000;
  expect(localToInstant(newYork, wall("2031-03-09T02:30"))).toBe(instant("2031-03-09T03:30-04:00"));
  expect(localToInstant(newYork, wall("2031-11-02T01:30"))).toBe(instant("2031-11-02T01:30-04:00"));
});

test("a zone is known by its name, and an offset is not a zone", () => {
  for (const name of ZONES) expect(isTimeZone(name), name).toBe(true);
  for (const name of [
    "",
    "Mars/Olympus_Mons",
    "+02:00",
    "2031-03-09",
    "Europe",
    "Eastern Standard Time",
  ]) {
    expect(isTimeZone(name), name).toBe(false);
  }
});
