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
import type { CalendarQuestion } from "./calendar-file.ts";
import { readCalendar } from "./calendar-file.ts";

const MINUTE = 60_000;

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

test("Google: series with an exception, a moved and a cancelled instance, whole days, a free birthday", () => {
  expect(busyTimes(calendarFileText("google"))).toEqual([
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
  expect(busyTimes(calendarFileText("outlook"))).toEqual([
    "03-04 08:00 to 03-04 08:30",
    "03-06 00:00 to 03-07 00:00",
    "03-25 09:00 to 03-25 09:30",
    "04-01 08:00 to 04-01 08:30",
  ]);
});

test("Outlook on the web: a series over Europe's change of clocks, zones without a definition", () => {
  expect(busyTimes(calendarFileText("outlook-web"))).toEqual([
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
  expect(busyTimes(calendarFileText("apple"))).toEqual([
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
  expect(busyTimes(calendarFileText("nextcloud"))).toEqual([
    "03-10 04:55 to 03-10 05:40",
    "03-11 10:00 to 03-11 11:00",
    "03-12 03:55 to 03-12 04:40",
    "03-14 03:55 to 03-14 04:40",
    // A day on Sydney's clock, on which it is set back, and an hour.
    "04-04 21:00 to 04-05 23:00",
  ]);
  const read = readCalendar(calendarFileText("nextcloud"), SPRING, LIMITS);
  expect(read.ok && read.value.warnings).toEqual([{ type: "UnknownZone", line: 31 }]);
});

test("a free/busy file's periods are busy unless it calls them free", () => {
  expect(busyTimes(calendarFileText("free-busy"))).toEqual([
    "03-03 09:00 to 03-03 10:30",
    "03-05 09:00 to 03-05 10:00",
    "03-06 09:00 to 03-06 10:00",
  ]);
});

test("line ends and byte order marks make no difference", () => {
  for (const name of CALENDAR_FILES) {
    const plain = calendarFileText(name)
      .replace(/^\uFEFF/, "")
      .replaceAll("\r\n", "\n");
    for (const variant of [
      plain,
      `\uFEFF${plain}`,
      plain.replaceAll("\n", "\r\n"),
      plain.replaceAll("\n", "\r"),
    ]) {
      expect(busyTimes(variant)).toEqual(busyTimes(calendarFileText(name)));
    }
  }
});

test("only what was asked for leaves, and nothing but starts and ends", () => {
  for (const name of CALENDAR_FILES) {
    const read = readCalendar(calendarFileText(name), SPRING, LIMITS);
    if (!read.ok) throw new Error(name);
    for (const time of read.value.busy) {
      expect(Object.keys(time)).toEqual(["start", "end"]);
      expect(time.start).toBeGreaterThanOrEqual(SPRING.fromMs);
      expect(time.end).toBeLessThanOrEqual(SPRING.toMs);
    }
  }
});

const readable: [string, string, string[]][] = [
  ["one without an end takes no time", eventOf(NINE), []],
  [
    "a whole day without an end is a day",
    eventOf("DTSTART;VALUE=DATE:20310305"),
    ["03-05 00:00 to 03-06 00:00"],
  ],
  [
    "a whole day that ends on itself is a day",
    eventOf("DTSTART;VALUE=DATE:20310305", "DTEND;VALUE=DATE:20310305"),
    ["03-05 00:00 to 03-06 00:00"],
  ],
  [
    "a date without its VALUE is a day",
    eventOf("DTSTART:20310305"),
    ["03-05 00:00 to 03-06 00:00"],
  ],
  [
    "whole days of a duration",
    eventOf("DTSTART;VALUE=DATE:20310305", "DURATION:P2D"),
    ["03-05 00:00 to 03-07 00:00"],
  ],
  [
    "a meeting that was taken back",
    calendarOf("METHOD:CANCEL", "BEGIN:VEVENT", NINE, TEN, "END:VEVENT"),
    [],
  ],
  ["lower case", eventOf(NINE, TEN).toLowerCase(), ["03-05 09:00 to 03-05 10:00"]],
  [
    "a zone's name without its quotes",
    eventOf("DTSTART;TZID=tzone://Microsoft/Utc:20310305T140000", "DURATION:PT1H"),
    ["03-05 09:00 to 03-05 10:00"],
  ],
  [
    "a floating time on the calendar's clock",
    calendarOf(
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
    calendarOf(
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
    calendarOf(
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
    eventOf(NINE, TEN) + eventOf("DTSTART:20310306T140000Z", "DURATION:PT1H"),
    ["03-05 09:00 to 03-05 10:00", "03-06 09:00 to 03-06 10:00"],
  ],
  [
    "UNTIL as a date includes that date",
    eventOf(NINE, TEN, "RRULE:FREQ=DAILY;UNTIL=20310306"),
    ["03-05 09:00 to 03-05 10:00", "03-06 09:00 to 03-06 10:00"],
  ],
  [
    "UNTIL on the wall clock includes that moment",
    eventOf(NINE, TEN, "RRULE:FREQ=DAILY;UNTIL=20310306T090000"),
    ["03-05 09:00 to 03-05 10:00", "03-06 09:00 to 03-06 10:00"],
  ],
  [
    "UNTIL in UTC excludes a later moment",
    eventOf(NINE, TEN, "RRULE:FREQ=DAILY;UNTIL=20310306T135959Z"),
    ["03-05 09:00 to 03-05 10:00"],
  ],
  [
    "UNTIL of whole days in UTC means the owner's date",
    eventOf("DTSTART;VALUE=DATE:20310305", "RRULE:FREQ=DAILY;UNTIL=20310307T045959Z"),
    ["03-05 00:00 to 03-07 00:00"],
  ],
  [
    "EXDATE as a date excludes the day's instance",
    eventOf(NINE, TEN, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20310305"),
    ["03-06 09:00 to 03-06 10:00"],
  ],
  [
    "EXDATE in another zone excludes the same instant",
    eventOf(NINE, TEN, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;TZID=Europe/Berlin:20310305T150000"),
    ["03-06 09:00 to 03-06 10:00"],
  ],
  [
    "RDATE as a period has its own length",
    eventOf(NINE, TEN, "RDATE;VALUE=PERIOD:20310307T140000Z/PT2H"),
    ["03-05 09:00 to 03-05 10:00", "03-07 09:00 to 03-07 11:00"],
  ],
  [
    "an instance moved into the window counts, though its series lies before",
    calendarOf(
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
    calendarOf(
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
    eventOf("DTSTART;VALUE=DATE:20310225", "DTEND;VALUE=DATE:20310304"),
    ["02-28 19:00 to 03-04 00:00"],
  ],
  [
    "a calendar from long ago",
    eventOf(
      "DTSTART;TZID=America/New_York:19700101T090000",
      "DURATION:PT1H",
      "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=1WE",
    ),
    ["03-05 09:00 to 03-05 10:00"],
  ],
  [
    "a zone whose rules ended long ago keeps its last offset",
    calendarOf(
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
      const text = eventOf(
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
    { numRuns: 40 },
  );
}, 30_000);
