import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { circleHoursSchema } from "#library/circle-content.ts";
import { BLOCKS } from "../waiting.ts";
import { closesAt, hoursOf, isRoomOpen, meetingsFrom, opensAt } from "./meetings.ts";

const file = join(import.meta.dirname, "../../../content/circles/hours.yaml");
const hours = v.parse(circleHoursSchema, parse(readFileSync(file, "utf8")));
const berlin = hoursOf(hours, "DE");
const at = (text: string) => Date.parse(text);
const texts = (starts: readonly number[]) =>
  starts.map((start) => new Date(start * 60_000).toISOString().slice(0, 16));

test("a country without hours of its own meets at those of everybody else", () => {
  expect(hoursOf(hours, "FR").zone).toBe("UTC");
  expect(hoursOf(hours, null).zone).toBe("UTC");
  expect(berlin.zone).toBe("Europe/Berlin");
});

test("an evening stays the same evening hour across both changes of clocks", () => {
  // Sundays at 20:00 in Berlin; the clocks change on 28 March and 31 October 2027.
  expect(texts(meetingsFrom(berlin, 20, at("2027-03-20T00:00Z"), 3))).toEqual([
    "2027-03-21T19:00",
    "2027-03-28T18:00",
    "2027-04-04T18:00",
  ]);
  expect(texts(meetingsFrom(berlin, 20, at("2027-10-23T00:00Z"), 3))).toEqual([
    "2027-10-24T18:00",
    "2027-10-31T19:00",
    "2027-11-07T19:00",
  ]);
});

test("an hour that the clocks leave out is held an hour later, one that comes twice is held once", () => {
  const night = { zone: "Europe/Berlin", times: ["02:30", "12:00", "20:00"] };
  expect(texts(meetingsFrom(night, 18, at("2027-03-27T00:00Z"), 2))).toEqual([
    "2027-03-28T01:30",
    "2027-04-04T00:30",
  ]);
  expect(texts(meetingsFrom(night, 18, at("2027-10-30T00:00Z"), 2))).toEqual([
    "2027-10-31T00:30",
    "2027-11-07T01:30",
  ]);
});

test("the meeting that goes on is the first, until its room closes", () => {
  const start = meetingsFrom(berlin, 2, at("2026-12-01T00:00Z"), 1)[0]!;
  expect(texts([start])).toEqual(["2026-12-07T19:00"]);
  expect(meetingsFrom(berlin, 2, closesAt(start) - 1, 1)).toEqual([start]);
  expect(meetingsFrom(berlin, 2, closesAt(start), 1)).toEqual([start + 7 * 24 * 60]);
  expect(isRoomOpen(start, opensAt(start) - 1)).toBe(false);
  expect(isRoomOpen(start, opensAt(start))).toBe(true);
  expect(isRoomOpen(start, closesAt(start))).toBe(false);
});

test("a late meeting is still on after midnight", () => {
  const late = { zone: "UTC", times: ["07:00", "12:00", "23:30"] };
  // Monday's last block, at a quarter past midnight of Tuesday.
  expect(texts(meetingsFrom(late, 2, at("2026-12-08T00:15Z"), 1))).toEqual(["2026-12-07T23:30"]);
});

test("for every zone, block and moment: the right weekday and time there, each about a week after the other", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(hours.hours)),
      fc.integer({ min: 0, max: BLOCKS - 1 }),
      fc.integer({ min: at("2026-01-01"), max: at("2036-01-01") }),
      (country, block, now) => {
        const ours = hoursOf(hours, country);
        const starts = meetingsFrom(ours, block, now, 4);
        expect(closesAt(starts[0]!)).toBeGreaterThan(now);
        expect(starts[0]! * 60_000 - now).toBeLessThan((7 * 24 + 2) * 3_600_000);
        for (const [place, start] of starts.entries()) {
          const there = Temporal.Instant.fromEpochMilliseconds(start * 60_000).toZonedDateTimeISO(
            ours.zone,
          );
          expect(there.dayOfWeek).toBe(Math.floor(block / 3) + 1);
          expect(there.toPlainTime().toString({ smallestUnit: "minute" })).toBe(
            ours.times[block % 3],
          );
          if (place > 0)
            expect(Math.abs(start - starts[place - 1]! - 7 * 24 * 60)).toBeLessThanOrEqual(60);
        }
      },
    ),
    { numRuns: 300 },
  );
});
