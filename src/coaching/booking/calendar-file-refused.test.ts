import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CALENDAR_FILES,
  LIMITS,
  NINE,
  SPRING,
  TEN,
  calendarFileText,
  calendarOf,
  eventOf,
} from "../../../tests/calendar-files/calendar-files.ts";
import type { CalendarLimits, CalendarRefusal } from "./calendar-file.ts";
import { MOST_OCCURRENCES, readCalendar } from "./calendar-file.ts";

function refusalOf(text: string, limits: Partial<CalendarLimits> = {}): CalendarRefusal {
  const read = readCalendar(text, SPRING, { ...LIMITS, ...limits });
  if (read.ok) throw new Error("It was read");
  return read.refusal;
}

const refused: [string, string, CalendarRefusal][] = [
  ["nothing", "", { type: "NotACalendar" }],
  ["a web page", "<!doctype html>\n<title>Sign in</title>", { type: "NotACalendar" }],
  ["a contact", "BEGIN:VCARD\r\nEND:VCARD\r\n", { type: "NotACalendar" }],
  [
    "a line that is no property",
    eventOf(NINE, TEN, "what is this"),
    { type: "BrokenLine", line: 7, reason: "NotAProperty" },
  ],
  [
    "an end that doesn't fit",
    calendarOf("BEGIN:VEVENT", "END:VTODO"),
    { type: "BrokenLine", line: 4, reason: "WrongEnd" },
  ],
  [
    "half a file",
    eventOf(NINE, TEN).slice(0, -40),
    { type: "BrokenLine", line: 6, reason: "EndsTooSoon" },
  ],
  [
    "lines after the end",
    `${calendarOf()}SUMMARY:more`,
    { type: "BrokenLine", line: 4, reason: "OutsideCalendar" },
  ],
  [
    "a time that no clock shows",
    eventOf("DTSTART:20310305T250000Z"),
    { type: "BrokenLine", line: 5, reason: "BadTime" },
  ],
  [
    "a date that no calendar has",
    eventOf("DTSTART;VALUE=DATE:20310230"),
    { type: "BrokenLine", line: 5, reason: "BadTime" },
  ],
  [
    "a start that is a word",
    eventOf("DTSTART:tomorrow"),
    { type: "BrokenLine", line: 5, reason: "BadTime" },
  ],
  [
    "an exception that is no time",
    eventOf(NINE, "EXDATE:20310305T090000Z,soon"),
    { type: "BrokenLine", line: 6, reason: "BadTime" },
  ],
  [
    "a duration that is none",
    eventOf(NINE, "DURATION:an hour"),
    { type: "BrokenLine", line: 6, reason: "BadDuration" },
  ],
  [
    "a rule without a frequency",
    eventOf(NINE, "RRULE:BYDAY=MO"),
    { type: "BrokenLine", line: 6, reason: "BadRule" },
  ],
  [
    "a rule with a thirteenth month",
    eventOf(NINE, "RRULE:FREQ=DAILY;BYMONTH=13"),
    { type: "BrokenLine", line: 6, reason: "BadRule" },
  ],
  [
    "a rule that ends at no time",
    eventOf(NINE, "RRULE:FREQ=DAILY;UNTIL=later"),
    { type: "BrokenLine", line: 6, reason: "BadRule" },
  ],
  [
    "a line that never ends",
    eventOf(`EXDATE:${"20310305T090000Z,".repeat(4000)}20310305T090000Z`),
    { type: "BrokenLine", line: 5, reason: "TooLong" },
  ],
  [
    "a period that is none",
    calendarOf("BEGIN:VFREEBUSY", "FREEBUSY:20310305T090000Z/x", "END:VFREEBUSY"),
    { type: "BrokenLine", line: 4, reason: "BadPeriod" },
  ],
  [
    "a zone without offsets",
    calendarOf(
      "BEGIN:VTIMEZONE",
      "TZID:Ward",
      "BEGIN:STANDARD",
      "DTSTART:20200101T000000",
      "END:STANDARD",
      "END:VTIMEZONE",
    ),
    { type: "BrokenLine", line: 5, reason: "BadZone" },
  ],
];

test.each(refused)("%s is refused with its place", (_, text, refusal) => {
  expect(refusalOf(text)).toEqual(refusal);
});

test("the line of a folded property is its first", () => {
  const folded = eventOf("SUMMARY:one\r\n  two\r\n  three", "DTSTART:2031\r\n 0230");
  expect(refusalOf(folded)).toEqual({ type: "BrokenLine", line: 8, reason: "BadTime" });
});

test("a file over its limits is refused: size, occurrences, time", () => {
  const everySecond = eventOf(NINE, TEN, "RRULE:FREQ=SECONDLY");
  expect(refusalOf(everySecond, { characters: 100 })).toEqual({ type: "TooLarge", most: 100 });
  expect(refusalOf(everySecond)).toEqual({
    type: "TooManyOccurrences",
    most: MOST_OCCURRENCES,
    line: 3,
  });
  expect(refusalOf(everySecond, { isPastDeadline: () => true })).toEqual({ type: "TooSlow" });
});

const hostile: [string, string][] = [
  [
    "a hundred rules without end",
    eventOf(NINE, TEN, ...Array.from({ length: 100 }, () => "RRULE:FREQ=SECONDLY;BYMONTH=3")),
  ],
  [
    "a count beyond counting",
    eventOf("DTSTART:19700101T000000Z", "RRULE:FREQ=SECONDLY;COUNT=2000000000"),
  ],
  [
    "rules of every second of the day",
    eventOf(
      NINE,
      TEN,
      `RRULE:FREQ=DAILY;BYHOUR=${range(0, 23)};BYMINUTE=${range(0, 59)};BYSECOND=${range(0, 59)}`,
    ),
  ],
  [
    "many years of many rules",
    calendarOf(
      ...Array.from({ length: 3000 }, (_, at) => [
        "BEGIN:VEVENT",
        `UID:${at}`,
        "DTSTART:00010101T000000Z",
        "DURATION:PT1M",
        "RRULE:FREQ=YEARLY;COUNT=100000;BYYEARDAY=366",
        "END:VEVENT",
      ]).flat(),
    ),
  ],
  [
    "thousands of series and moved instances under one name",
    calendarOf(
      ...Array.from({ length: 6000 }, (_, at) => [
        "BEGIN:VEVENT",
        "UID:one",
        ...(at % 2 === 0 ? [`RECURRENCE-ID:20310303T0900${10 + (at % 50)}Z`] : []),
        "DTSTART:20310303T090000Z",
        "END:VEVENT",
      ]).flat(),
    ),
  ],
  [
    "a zone that changes every second",
    calendarOf(
      "BEGIN:VTIMEZONE",
      "TZID:Ward",
      "BEGIN:STANDARD",
      "DTSTART:20200101T000000",
      "RRULE:FREQ=SECONDLY",
      "TZOFFSETFROM:+0000",
      "TZOFFSETTO:+0100",
      "END:STANDARD",
      "END:VTIMEZONE",
    ),
  ],
];

test.each(hostile)(
  "%s: given up, not waited for",
  (_, text) => {
    const begun = performance.now();
    expect(refusalOf(text).type).toBe("TooManyOccurrences");
    expect(performance.now() - begun).toBeLessThan(8000);
  },
  30_000,
);

function range(least: number, most: number): string {
  return Array.from({ length: most - least + 1 }, (_, at) => least + at).join(",");
}

test("no damage to a file makes the reader throw, answer outside the question, or name a line that isn't there", () => {
  const aCut = fc.record({
    at: fc.nat(),
    length: fc.nat(40),
    put: fc.constantFrom(
      "",
      "\n",
      ":",
      ";",
      "=",
      ",",
      "-",
      "9",
      "99999999999999999999",
      "Z",
      "T",
      "\u0000",
      "\uFFFF",
      "BEGIN:VEVENT\n",
      "END:VEVENT\n",
      "RRULE:FREQ=DAILY\n",
      "__proto__",
      '"',
    ),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...CALENDAR_FILES),
      fc.array(aCut, { minLength: 1, maxLength: 6 }),
      (name, cuts) => {
        let text = calendarFileText(name);
        for (const { at, length, put } of cuts) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + put + text.slice(from + length);
        }
        expectSane(text);
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);

test("no text makes the reader throw", () => {
  const aLine = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "BEGIN:VEVENT",
      "END:VEVENT",
      NINE,
      TEN,
      "BEGIN:VTIMEZONE",
      "END:VTIMEZONE",
      "TZID:Ward",
      "RRULE:FREQ=HOURLY;COUNT=5",
    ),
  );
  fc.assert(fc.property(fc.array(aLine), (lines) => expectSane(calendarOf(...lines))));
  fc.assert(fc.property(fc.string({ unit: "binary" }), expectSane));
}, 30_000);

function expectSane(text: string): void {
  const read = readCalendar(text, SPRING, { ...LIMITS, occurrences: 2000 });
  if (!read.ok) {
    if (!("line" in read.refusal)) return;
    expect(read.refusal.line).toBeGreaterThan(0);
    expect(read.refusal.line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
    return;
  }
  let last = -Infinity;
  for (const { start, end } of read.value.busy) {
    expect(start).toBeGreaterThan(last);
    expect(end).toBeGreaterThan(start);
    last = end;
  }
}
