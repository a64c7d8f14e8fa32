import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CalendarLimits, CalendarQuestion, CalendarRefusal } from "./calendar-file.ts";
import { MOST_CALENDAR_BYTES, MOST_OCCURRENCES, readCalendar } from "./calendar-file.ts";

const MINUTE = 60_000;
const SPRING: CalendarQuestion = {
  fromMs: Date.parse("2031-03-01T00:00Z"),
  toMs: Date.parse("2031-04-15T00:00Z"),
  timeZone: "America/New_York",
};
const LIMITS: CalendarLimits = {
  characters: MOST_CALENDAR_BYTES,
  occurrences: MOST_OCCURRENCES,
  isPastDeadline: () => false,
};

const FILES = ["google", "outlook", "outlook-web", "apple", "nextcloud", "free-busy"] as const;
const fileText = (name: (typeof FILES)[number]) =>
  readFileSync(new URL(`../../../tests/calendar-files/${name}.ics`, import.meta.url), "utf8");

/** Busy times on New York's clock: "03-05 09:00 to 03-05 10:00". */
function busyTimes(text: string, question: Partial<CalendarQuestion> = {}): string[] {
  const read = readCalendar(text, { ...SPRING, ...question }, LIMITS);
  if (!read.ok) throw new Error(`Refused: ${JSON.stringify(read.refusal)}`);
  const clock = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO("America/New_York")
      .toPlainDateTime()
      .toString({ smallestUnit: "minute" })
      .slice(5)
      .replace("T", " ");
  return read.value.busy.map(({ start, end }) => `${clock(start)} to ${clock(end)}`);
}

function refusalOf(text: string, limits: Partial<CalendarLimits> = {}): CalendarRefusal {
  const read = readCalendar(text, SPRING, { ...LIMITS, ...limits });
  if (read.ok) throw new Error("It was read");
  return read.refusal;
}

const calendar = (...lines: string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines: string[]) => calendar("BEGIN:VEVENT", "UID:one", ...lines, "END:VEVENT");
const NINE = "DTSTART;TZID=America/New_York:20310305T090000";
const TEN = "DTEND;TZID=America/New_York:20310305T100000";

test("Google: series with an exception, a moved and a cancelled instance, whole days, a free birthday", () => {
  expect(busyTimes(fileText("google"))).toEqual([
    "03-03 09:00 to 03-03 10:00",
    "03-05 09:00 to 03-05 10:00",
    "03-06 12:00 to 03-06 12:45",
    "03-08 00:00 to 03-10 00:00",
    "03-10 09:00 to 03-10 10:00",
    "03-19 09:00 to 03-19 10:00",
    "03-25 14:00 to 03-25 15:30",
    "03-26 09:00 to 03-26 10:00",
  ]);
});

test("Outlook: Windows zones, out of office is busy, free and working elsewhere are not", () => {
  expect(busyTimes(fileText("outlook"))).toEqual([
    "03-04 08:00 to 03-04 08:30",
    "03-06 00:00 to 03-07 00:00",
    "03-25 09:00 to 03-25 09:30",
    "04-01 08:00 to 04-01 08:30",
  ]);
});

test("Outlook on the web: a series over Europe's change of clocks, zones without a definition", () => {
  expect(busyTimes(fileText("outlook-web"))).toEqual([
    "03-09 13:00 to 03-09 14:00",
    "03-10 08:00 to 03-10 09:00",
    "03-27 03:00 to 03-27 04:00",
    "03-28 03:00 to 03-28 04:00",
    "03-29 03:00 to 03-29 04:00",
    "03-30 02:00 to 03-30 03:00",
    "03-31 02:00 to 03-31 03:00",
    "04-01 02:00 to 04-01 03:00",
    "04-02 02:00 to 04-02 03:00",
  ]);
});

test("Apple: further dates, a floating time on the owner's clock, alarms and tasks that are no events", () => {
  expect(busyTimes(fileText("apple"))).toEqual([
    "03-05 10:00 to 03-05 11:00",
    "03-10 00:00 to 03-11 00:00",
    "03-24 00:00 to 03-25 00:00",
    "03-27 17:30 to 03-27 22:30",
    // Over the change of clocks the call still lasts five hours.
    "03-29 17:30 to 03-29 22:30",
    "04-02 16:30 to 04-02 21:30",
  ]);
});

test("Nextcloud: durations, a zone of the file's own, one behind a path, one that nobody knows", () => {
  expect(busyTimes(fileText("nextcloud"))).toEqual([
    "03-10 04:55 to 03-10 05:40",
    "03-11 10:00 to 03-11 11:00",
    "03-12 03:55 to 03-12 04:40",
    "03-14 03:55 to 03-14 04:40",
    // A day on Sydney's clock, on which it is set back, and an hour.
    "04-04 21:00 to 04-05 23:00",
  ]);
  const read = readCalendar(fileText("nextcloud"), SPRING, LIMITS);
  expect(read.ok && read.value.warnings).toEqual([{ type: "UnknownZone", line: 31 }]);
});

test("a free/busy file's periods are busy unless it calls them free", () => {
  expect(busyTimes(fileText("free-busy"))).toEqual([
    "03-03 09:00 to 03-03 10:30",
    "03-05 09:00 to 03-05 10:00",
    "03-06 09:00 to 03-06 10:00",
  ]);
});

test("line ends and byte order marks make no difference", () => {
  for (const name of FILES) {
    const plain = fileText(name)
      .replace(/^\uFEFF/, "")
      .replaceAll("\r\n", "\n");
    for (const variant of [
      plain,
      `\uFEFF${plain}`,
      plain.replaceAll("\n", "\r\n"),
      plain.replaceAll("\n", "\r"),
    ]) {
      expect(busyTimes(variant)).toEqual(busyTimes(fileText(name)));
    }
  }
});

test("only what was asked for leaves, and nothing but starts and ends", () => {
  for (const name of FILES) {
    const read = readCalendar(fileText(name), SPRING, LIMITS);
    if (!read.ok) throw new Error(name);
    for (const time of read.value.busy) {
      expect(Object.keys(time)).toEqual(["start", "end"]);
      expect(time.start).toBeGreaterThanOrEqual(SPRING.fromMs);
      expect(time.end).toBeLessThanOrEqual(SPRING.toMs);
    }
  }
});

const readable: [string, string, string[]][] = [
  ["one without an end takes no time", event(NINE), []],
  [
    "a whole day without an end is a day",
    event("DTSTART;VALUE=DATE:20310305"),
    ["03-05 00:00 to 03-06 00:00"],
  ],
  [
    "a whole day that ends on itself is a day",
    event("DTSTART;VALUE=DATE:20310305", "DTEND;VALUE=DATE:20310305"),
    ["03-05 00:00 to 03-06 00:00"],
  ],
  ["a date without its VALUE is a day", event("DTSTART:20310305"), ["03-05 00:00 to 03-06 00:00"]],
  [
    "whole days of a duration",
    event("DTSTART;VALUE=DATE:20310305", "DURATION:P2D"),
    ["03-05 00:00 to 03-07 00:00"],
  ],
  [
    "a meeting that was taken back",
    calendar("METHOD:CANCEL", "BEGIN:VEVENT", NINE, TEN, "END:VEVENT"),
    [],
  ],
  ["lower case", event(NINE, TEN).toLowerCase(), ["03-05 09:00 to 03-05 10:00"]],
  [
    "a zone's name without its quotes",
    event("DTSTART;TZID=tzone://Microsoft/Utc:20310305T140000", "DURATION:PT1H"),
    ["03-05 09:00 to 03-05 10:00"],
  ],
  [
    "a floating time on the calendar's clock",
    calendar(
      "X-WR-TIMEZONE:Europe/Berlin",
      "BEGIN:VEVENT",
      "DTSTART:20310305T150000",
      "DURATION:PT1H",
      "END:VEVENT",
    ),
    ["03-05 09:00 to 03-05 10:00"],
  ],
  [
    "an older version of the same event counts no more",
    calendar(
      "BEGIN:VEVENT",
      "UID:a",
      NINE,
      TEN,
      "END:VEVENT",
      "BEGIN:VEVENT",
      "UID:a",
      "SEQUENCE:1",
      "DTSTART:20310306T140000Z",
      "DURATION:PT1H",
      "END:VEVENT",
    ),
    ["03-06 09:00 to 03-06 10:00"],
  ],
  [
    "several events under one name all count",
    calendar(
      "BEGIN:VEVENT",
      "UID:a",
      NINE,
      TEN,
      "END:VEVENT",
      "BEGIN:VEVENT",
      "UID:a",
      "DTSTART:20310306T140000Z",
      "DURATION:PT1H",
      "END:VEVENT",
    ),
    ["03-05 09:00 to 03-05 10:00", "03-06 09:00 to 03-06 10:00"],
  ],
  [
    "several calendars in one file",
    event(NINE, TEN) + event("DTSTART:20310306T140000Z", "DURATION:PT1H"),
    ["03-05 09:00 to 03-05 10:00", "03-06 09:00 to 03-06 10:00"],
  ],
  [
    "UNTIL as a date includes that date",
    event(NINE, TEN, "RRULE:FREQ=DAILY;UNTIL=20310306"),
    ["03-05 09:00 to 03-05 10:00", "03-06 09:00 to 03-06 10:00"],
  ],
  [
    "UNTIL on the wall clock includes that moment",
    event(NINE, TEN, "RRULE:FREQ=DAILY;UNTIL=20310306T090000"),
    ["03-05 09:00 to 03-05 10:00", "03-06 09:00 to 03-06 10:00"],
  ],
  [
    "UNTIL in UTC excludes a later moment",
    event(NINE, TEN, "RRULE:FREQ=DAILY;UNTIL=20310306T135959Z"),
    ["03-05 09:00 to 03-05 10:00"],
  ],
  [
    "UNTIL of whole days in UTC means the owner's date",
    event("DTSTART;VALUE=DATE:20310305", "RRULE:FREQ=DAILY;UNTIL=20310307T045959Z"),
    ["03-05 00:00 to 03-07 00:00"],
  ],
  [
    "EXDATE as a date excludes the day's instance",
    event(NINE, TEN, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20310305"),
    ["03-06 09:00 to 03-06 10:00"],
  ],
  [
    "EXDATE in another zone excludes the same instant",
    event(NINE, TEN, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;TZID=Europe/Berlin:20310305T150000"),
    ["03-06 09:00 to 03-06 10:00"],
  ],
  [
    "RDATE as a period has its own length",
    event(NINE, TEN, "RDATE;VALUE=PERIOD:20310307T140000Z/PT2H"),
    ["03-05 09:00 to 03-05 10:00", "03-07 09:00 to 03-07 11:00"],
  ],
  [
    "an instance moved into the window counts, though its series lies before",
    calendar(
      "BEGIN:VEVENT",
      "UID:a",
      "DTSTART:20300101T100000Z",
      "DURATION:PT1H",
      "RRULE:FREQ=DAILY;COUNT=2",
      "END:VEVENT",
      "BEGIN:VEVENT",
      "UID:a",
      "RECURRENCE-ID:20300102T100000Z",
      "DTSTART:20310305T140000Z",
      "DURATION:PT1H",
      "END:VEVENT",
    ),
    ["03-05 09:00 to 03-05 10:00"],
  ],
  [
    "this and all following instances move together",
    calendar(
      "BEGIN:VEVENT",
      "UID:a",
      NINE,
      TEN,
      "RRULE:FREQ=DAILY;COUNT=4",
      "END:VEVENT",
      "BEGIN:VEVENT",
      "UID:a",
      "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20310307T090000",
      "DTSTART;TZID=America/New_York:20310307T130000",
      "DURATION:PT30M",
      "END:VEVENT",
    ),
    [
      "03-05 09:00 to 03-05 10:00",
      "03-06 09:00 to 03-06 10:00",
      "03-07 13:00 to 03-07 13:30",
      "03-08 13:00 to 03-08 13:30",
    ],
  ],
  [
    "a week-long event begun before the window",
    event("DTSTART;VALUE=DATE:20310225", "DTEND;VALUE=DATE:20310304"),
    ["02-28 19:00 to 03-04 00:00"],
  ],
  [
    "a calendar from long ago",
    event(
      "DTSTART;TZID=America/New_York:19700101T090000",
      "DURATION:PT1H",
      "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=1WE",
    ),
    ["03-05 09:00 to 03-05 10:00"],
  ],
  [
    "a zone whose rules ended long ago keeps its last offset",
    calendar(
      "BEGIN:VTIMEZONE",
      "TZID:Ward",
      "BEGIN:DAYLIGHT",
      "DTSTART:19900325T020000",
      "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20100328T010000Z",
      "TZOFFSETFROM:+0100",
      "TZOFFSETTO:+0200",
      "END:DAYLIGHT",
      "BEGIN:STANDARD",
      "DTSTART:19901028T030000",
      "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20091025T010000Z",
      "TZOFFSETFROM:+0200",
      "TZOFFSETTO:+0100",
      "END:STANDARD",
      "END:VTIMEZONE",
      "BEGIN:VEVENT",
      "DTSTART;TZID=Ward:20310305T160000",
      "DURATION:PT1H",
      "END:VEVENT",
    ),
    ["03-05 09:00 to 03-05 10:00"],
  ],
];

test.each(readable)("%s", (_, text, busy) => {
  expect(busyTimes(text)).toEqual(busy);
});

const refused: [string, string, CalendarRefusal][] = [
  ["nothing", "", { type: "NotACalendar" }],
  ["a web page", "<!doctype html>\n<title>Sign in</title>", { type: "NotACalendar" }],
  ["a contact", "BEGIN:VCARD\r\nEND:VCARD\r\n", { type: "NotACalendar" }],
  [
    "a line that is no property",
    event(NINE, TEN, "what is this"),
    { type: "BrokenLine", line: 7, reason: "NotAProperty" },
  ],
  [
    "an end that doesn't fit",
    calendar("BEGIN:VEVENT", "END:VTODO"),
    { type: "BrokenLine", line: 4, reason: "WrongEnd" },
  ],
  [
    "half a file",
    event(NINE, TEN).slice(0, -40),
    { type: "BrokenLine", line: 6, reason: "EndsTooSoon" },
  ],
  [
    "lines after the end",
    `${calendar()}SUMMARY:more`,
    { type: "BrokenLine", line: 4, reason: "OutsideCalendar" },
  ],
  [
    "a time that no clock shows",
    event("DTSTART:20310305T250000Z"),
    { type: "BrokenLine", line: 5, reason: "BadTime" },
  ],
  [
    "a date that no calendar has",
    event("DTSTART;VALUE=DATE:20310230"),
    { type: "BrokenLine", line: 5, reason: "BadTime" },
  ],
  [
    "a start that is a word",
    event("DTSTART:tomorrow"),
    { type: "BrokenLine", line: 5, reason: "BadTime" },
  ],
  [
    "an exception that is no time",
    event(NINE, "EXDATE:20310305T090000Z,soon"),
    { type: "BrokenLine", line: 6, reason: "BadTime" },
  ],
  [
    "a duration that is none",
    event(NINE, "DURATION:an hour"),
    { type: "BrokenLine", line: 6, reason: "BadDuration" },
  ],
  [
    "a rule without a frequency",
    event(NINE, "RRULE:BYDAY=MO"),
    { type: "BrokenLine", line: 6, reason: "BadRule" },
  ],
  [
    "a rule with a thirteenth month",
    event(NINE, "RRULE:FREQ=DAILY;BYMONTH=13"),
    { type: "BrokenLine", line: 6, reason: "BadRule" },
  ],
  [
    "a rule that ends at no time",
    event(NINE, "RRULE:FREQ=DAILY;UNTIL=later"),
    { type: "BrokenLine", line: 6, reason: "BadRule" },
  ],
  [
    "a line that never ends",
    event(`EXDATE:${"20310305T090000Z,".repeat(4000)}20310305T090000Z`),
    { type: "BrokenLine", line: 5, reason: "TooLong" },
  ],
  [
    "a period that is none",
    calendar("BEGIN:VFREEBUSY", "FREEBUSY:20310305T090000Z/x", "END:VFREEBUSY"),
    { type: "BrokenLine", line: 4, reason: "BadPeriod" },
  ],
  [
    "a zone without offsets",
    calendar(
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
  const folded = event("SUMMARY:one\r\n  two\r\n  three", "DTSTART:2031\r\n 0230");
  expect(refusalOf(folded)).toEqual({ type: "BrokenLine", line: 8, reason: "BadTime" });
});

test("a file over its limits is refused: size, occurrences, time", () => {
  const everySecond = event(NINE, TEN, "RRULE:FREQ=SECONDLY");
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
    event(NINE, TEN, ...Array.from({ length: 100 }, () => "RRULE:FREQ=SECONDLY;BYMONTH=3")),
  ],
  [
    "a count beyond counting",
    event("DTSTART:19700101T000000Z", "RRULE:FREQ=SECONDLY;COUNT=2000000000"),
  ],
  [
    "rules of every second of the day",
    event(
      NINE,
      TEN,
      `RRULE:FREQ=DAILY;BYHOUR=${range(0, 23)};BYMINUTE=${range(0, 59)};BYSECOND=${range(0, 59)}`,
    ),
  ],
  [
    "many years of many rules",
    calendar(
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
    calendar(
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
    calendar(
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

test.each(hostile)("%s: given up, not waited for", (_, text) => {
  const begun = performance.now();
  expect(refusalOf(text).type).toBe("TooManyOccurrences");
  expect(performance.now() - begun).toBeLessThan(8000);
});

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
      fc.constantFrom(...FILES),
      fc.array(aCut, { minLength: 1, maxLength: 6 }),
      (name, cuts) => {
        let text = fileText(name);
        for (const { at, length, put } of cuts) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + put + text.slice(from + length);
        }
        expectSane(text);
      },
    ),
    { numRuns: 500 },
  );
});

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
  fc.assert(fc.property(fc.array(aLine), (lines) => expectSane(calendar(...lines))));
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

test("a daily series keeps its time on its own clock through every change of clocks", () => {
  const zones = [
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kathmandu",
  ];
  const minuteOfDay = fc.integer({ min: 0, max: 1439 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), minuteOfDay, (timeZone, minute) => {
      const first = Temporal.PlainDateTime.from("2030-06-01T00:00").add({ minutes: minute });
      const written = first.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
      const text = event(
        `DTSTART;TZID=${timeZone}:${written}`,
        "DURATION:PT1M",
        "RRULE:FREQ=DAILY",
      );
      const year = { fromMs: Date.UTC(2031, 0, 1), toMs: Date.UTC(2032, 0, 1), timeZone: "UTC" };
      const expected: number[] = [];
      for (let day = first; day.year < 2032 || day.month < 2; day = day.add({ days: 1 })) {
        const start = day.toZonedDateTime(timeZone).epochMilliseconds;
        if (start >= year.fromMs && start + MINUTE <= year.toMs) expected.push(start);
      }
      const read = readCalendar(text, year, LIMITS);
      const whole = read.ok
        ? read.value.busy.filter(({ start, end }) => end - start === MINUTE)
        : [];
      expect(whole.map(({ start }) => start)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
