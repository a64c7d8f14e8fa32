import fc from "fast-check";
import { RRuleTemporal } from "rrule-temporal";
import { expect, test } from "vitest";
import { countWork } from "./calendar-work.ts";
import type { RecurrenceRule } from "./recurrence.ts";
import { expandRule } from "./recurrence.ts";

const EVERY_DAY: RecurrenceRule = {
  frequency: "DAILY",
  interval: 1,
  count: null,
  bySecond: [],
  byMinute: [],
  byHour: [],
  byDay: [],
  byMonthDay: [],
  byYearDay: [],
  byWeekNumber: [],
  byMonth: [],
  bySetPosition: [],
  weekStart: 1,
};

const wall = (iso: string) => Date.parse(`${iso}Z`) / 1000;
const toIso = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);
const patience = (occurrences = 20_000) => countWork(occurrences, () => false);
const [SU, MO, TU, WE, TH, FR, SA] = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, nth: 0 }));
const nth = (n: number, { weekday }: { weekday: number } = SU!) => ({ weekday, nth: n });

function occurrences(rule: Partial<RecurrenceRule>, start: string, from: string, to: string) {
  const span = { from: wall(from), to: wall(to) };
  return expandRule({ ...EVERY_DAY, ...rule }, wall(start), span, patience())?.map(toIso);
}

/** Rules as RFC 5545 section 3.8.5.3 explains them, all begun on 2 September 1997 at nine unless said. */
const told: [string, Partial<RecurrenceRule>, string[], { start?: string; to?: string }?][] = [
  ["every other day", { interval: 2, count: 3 }, ["1997-09-02", "1997-09-04", "1997-09-06"]],
  [
    "every other week on Tuesday and Thursday, weeks begun on Sunday",
    { frequency: "WEEKLY", interval: 2, count: 4, weekStart: 0, byDay: [TU!, TH!] },
    ["1997-09-02", "1997-09-04", "1997-09-16", "1997-09-18"],
  ],
  [
    "week starts matter: Tuesday and Sunday from a Tuesday, weeks begun on Monday",
    { frequency: "WEEKLY", interval: 2, count: 4, byDay: [TU!, SU!] },
    ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"],
    { start: "1997-08-05" },
  ],
  [
    "the same with weeks begun on Sunday",
    { frequency: "WEEKLY", interval: 2, count: 4, weekStart: 0, byDay: [TU!, SU!] },
    ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"],
    { start: "1997-08-05" },
  ],
  [
    "the first Friday of a month",
    { frequency: "MONTHLY", count: 3, byDay: [nth(1, FR)] },
    ["1997-09-05", "1997-10-03", "1997-11-07"],
    { start: "1997-09-05" },
  ],
  [
    "the first and the last Sunday of every other month",
    { frequency: "MONTHLY", interval: 2, count: 4, byDay: [nth(1), nth(-1)] },
    ["1997-09-07", "1997-09-28", "1997-11-02", "1997-11-30"],
    { start: "1997-09-07" },
  ],
  [
    "the third day from the end of a month",
    { frequency: "MONTHLY", count: 3, byMonthDay: [-3] },
    ["1997-09-28", "1997-10-29", "1997-11-28"],
    { start: "1997-09-28" },
  ],
  [
    "the 31st, in months that have one",
    { frequency: "MONTHLY", count: 3 },
    ["1997-08-31", "1997-10-31", "1997-12-31"],
    { start: "1997-08-31" },
  ],
  [
    "29 February",
    { frequency: "YEARLY" },
    ["1996-02-29", "2000-02-29", "2004-02-29"],
    { start: "1996-02-29", to: "2007-01-01" },
  ],
  [
    "the 100th day of every third year",
    { frequency: "YEARLY", interval: 3, count: 3, byYearDay: [100] },
    ["1997-04-10", "2000-04-09", "2003-04-10"],
    { start: "1997-04-10" },
  ],
  [
    "the twentieth Monday of a year",
    { frequency: "YEARLY", count: 3, byDay: [nth(20, MO)] },
    ["1997-05-19", "1998-05-18", "1999-05-17"],
    { start: "1997-05-19" },
  ],
  [
    "Monday of week 20",
    { frequency: "YEARLY", count: 3, byWeekNumber: [20], byDay: [MO!] },
    ["1997-05-12", "1998-05-11", "1999-05-17"],
    { start: "1997-05-12" },
  ],
  [
    "Friday the 13th",
    { frequency: "MONTHLY", count: 3, byDay: [FR!], byMonthDay: [13] },
    ["1998-02-13", "1998-03-13", "1998-11-13"],
    { start: "1998-02-13" },
  ],
  [
    "the first Saturday that follows the first Sunday of a month",
    { frequency: "MONTHLY", count: 3, byDay: [SA!], byMonthDay: [7, 8, 9, 10, 11, 12, 13] },
    ["1997-09-13", "1997-10-11", "1997-11-08"],
    { start: "1997-09-13" },
  ],
  [
    "the second last weekday of a month",
    { frequency: "MONTHLY", count: 3, byDay: [MO!, TU!, WE!, TH!, FR!], bySetPosition: [-2] },
    ["1997-09-29", "1997-10-30", "1997-11-27"],
    { start: "1997-09-29" },
  ],
  [
    "the third Tuesday, Wednesday or Thursday of a month",
    { frequency: "MONTHLY", count: 3, byDay: [TU!, WE!, TH!], bySetPosition: [3] },
    ["1997-09-04", "1997-10-07", "1997-11-06"],
    { start: "1997-09-04" },
  ],
  [
    "a start that its own rule leaves out is still the first",
    { frequency: "WEEKLY", count: 3, byDay: [FR!] },
    ["1997-09-02", "1997-09-05", "1997-09-12"],
  ],
];

test.each(told)("%s", (_, rule, dates, { start = "1997-09-02", to = "2004-12-31" } = {}) => {
  expect(occurrences(rule, `${start}T09:00`, "1990-01-01T00:00", `${to}T00:00`)).toEqual(
    dates.map((date) => `${date}T09:00`),
  );
});

test("hours, minutes and seconds repeat within the days their rule allows", () => {
  const day = ["1997-09-02T00:00", "1997-09-03T23:59"] as const;
  expect(
    occurrences({ frequency: "HOURLY", interval: 3, count: 3 }, "1997-09-02T09:00", ...day),
  ).toEqual(["1997-09-02T09:00", "1997-09-02T12:00", "1997-09-02T15:00"]);
  expect(
    occurrences(
      { frequency: "MINUTELY", interval: 20, byHour: [9, 23], byDay: [WE!] },
      "1997-09-02T09:00",
      ...day,
    ),
  ).toEqual(
    ["02T09:00", "03T09:00", "03T09:20", "03T09:40", "03T23:00", "03T23:20", "03T23:40"].map(
      (at) => `1997-09-${at}`,
    ),
  );
});

test("an old rule is read where it matters, without walking there", () => {
  const work = countWork(3, () => false);
  const span = { from: wall("2031-03-01T00:00"), to: wall("2031-03-03T23:59") };
  expect(expandRule(EVERY_DAY, wall("1601-01-01T09:00"), span, work)?.map(toIso)).toEqual([
    "2031-03-01T09:00",
    "2031-03-02T09:00",
    "2031-03-03T09:00",
  ]);
});

test("a rule that no date satisfies comes to an end", () => {
  const never = { byMonth: [2], byMonthDay: [30] };
  for (const frequency of [
    "YEARLY",
    "MONTHLY",
    "DAILY",
    "HOURLY",
    "MINUTELY",
    "SECONDLY",
  ] as const) {
    const found = occurrences(
      { ...never, frequency },
      "2010-01-01T09:00",
      "2031-01-01T00:00",
      "2032-01-01T00:00",
    );
    expect(found, frequency).toEqual([]);
  }
});

test("a rule that goes on and on is given up", () => {
  const span = { from: wall("2031-01-01T00:00"), to: wall("2032-01-01T00:00") };
  const start = wall("2010-01-01T09:00");
  const everySecond = { ...EVERY_DAY, frequency: "SECONDLY" } as const;
  for (const rule of [everySecond, { ...everySecond, count: 2e9 }]) {
    const work = patience();
    expect(expandRule(rule, start, span, work)).toBeNull();
    expect(work.spent()).toBe("TooManyOccurrences");
  }
  const late = countWork(20_000, () => true);
  expect(expandRule(EVERY_DAY, start, span, late)).toBeNull();
  expect(late.spent()).toBe("TooSlow");
});

const some = (least: number, most: number) =>
  fc.uniqueArray(
    fc.integer({ min: least, max: most }).filter((value) => value !== 0),
    { minLength: 1, maxLength: 3 },
  );
const maybe = (values: fc.Arbitrary<number[]>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<number[]>([]) }, values);
const weekdays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 });

const aRule = fc
  .record({
    frequency: fc.constantFrom("YEARLY", "MONTHLY", "WEEKLY", "DAILY"),
    interval: fc.integer({ min: 1, max: 5 }),
    weekStart: fc.integer({ min: 0, max: 6 }),
    byMonth: maybe(some(1, 12)),
    byMonthDay: maybe(some(-31, 31)),
    byYearDay: maybe(some(-366, 366)),
    days: maybe(weekdays),
    position: fc.constantFrom(0, 0, 1, 2, -1, 5),
    bySetPosition: maybe(some(-3, 3)),
    byHour: maybe(some(1, 23)),
  })
  .map(({ days, position, ...parts }): RecurrenceRule => {
    const { frequency } = parts;
    const countsNth = frequency === "MONTHLY" || frequency === "YEARLY";
    // RFC 5545 gives no meaning to: days of the month in weeks, days of the year but in years, counted
    // weekdays beside a narrowing part, positions of nothing.
    const byMonthDay = frequency === "WEEKLY" ? [] : parts.byMonthDay;
    const byYearDay = frequency === "YEARLY" && byMonthDay.length === 0 ? parts.byYearDay : [];
    // And rrule-temporal 2.2.7 forgets weekdays beside days of the year.
    const byDay = (byYearDay.length > 0 ? [] : days).map((weekday) => ({
      weekday,
      nth: countsNth && byMonthDay.length === 0 ? position : 0,
    }));
    const saysMore = [byMonthDay, byYearDay, byDay, parts.byHour].some((part) => part.length > 0);
    const bySetPosition = saysMore ? parts.bySetPosition : [];
    return { ...EVERY_DAY, ...parts, frequency, byMonthDay, byYearDay, byDay, bySetPosition };
  });

const aStart = fc.integer({
  min: wall("2029-01-01T00:00") / 900,
  max: wall("2030-12-31T23:45") / 900,
});

test("whole-day rules agree with an independent implementation", () => {
  fc.assert(
    fc.property(aRule, aStart, (rule, quarters) => {
      const start = quarters * 900;
      const span = { from: wall("2031-01-01T00:00"), to: wall("2033-01-01T00:00") };
      const found = expandRule(rule, start, span, patience())!.map(toIso);
      expect(found).toEqual(independently(rule, start, span));
    }),
    { numRuns: 200 },
  );
});

function independently(
  rule: RecurrenceRule,
  start: number,
  span: { from: number; to: number },
): string[] {
  const names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;
  const filled = (values: readonly number[]) => (values.length > 0 ? [...values] : undefined);
  const zoned = (seconds: number) =>
    Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO("UTC");
  const oracle = new RRuleTemporal({
    freq: rule.frequency,
    interval: rule.interval,
    dtstart: zoned(start),
    wkst: names[rule.weekStart]!,
    byMonth: filled(rule.byMonth),
    byMonthDay: filled(rule.byMonthDay),
    byYearDay: filled(rule.byYearDay),
    byHour: filled(rule.byHour),
    bySetPos: filled(rule.bySetPosition),
    byDay:
      rule.byDay.length > 0
        ? rule.byDay.map(({ weekday, nth }) => `${nth === 0 ? "" : nth}${names[weekday]!}`)
        : undefined,
  } as ConstructorParameters<typeof RRuleTemporal>[0]);
  return oracle
    .between(zoned(span.from), zoned(span.to), true)
    .map((at) => toIso(Temporal.ZonedDateTime.from(String(at)).epochMilliseconds / 1000));
}
