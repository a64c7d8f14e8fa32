import fc from "fast-check";
import { expect, test } from "vitest";
import type { BookingRules } from "./availability.ts";
import type { CoachCalendar, OpeningSearch } from "./openings.ts";
import { findOpenings, isOpening, occupiedTime } from "./openings.ts";

const MINUTE = 60_000;
const at = (iso: string) => Date.parse(iso);

const RULES: BookingRules = {
  lengthMinutes: { chemistry: 20, session: 50 },
  stepMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minimumNoticeMinutes: 0,
  dailyCap: null,
  horizonDays: 60,
};

/** Mondays to Fridays, nine to noon in Chicago. */
const COACH: CoachCalendar = {
  availability: {
    timeZone: "America/Chicago",
    weekly: [1, 2, 3, 4, 5].map((day) => ({ day, start: 540, end: 720 })),
    exceptions: [],
  },
  rules: RULES,
  sessions: [],
  busy: [],
};

const MONDAY: OpeningSearch = {
  kind: "session",
  fromMs: at("2031-05-05T00:00-05:00"),
  toMs: at("2031-05-06T00:00-05:00"),
  nowMs: at("2031-05-01T12:00-05:00"),
};

function openingsAt(coach: Partial<CoachCalendar>, search: Partial<OpeningSearch> = {}): string[] {
  const starts = findOpenings({ ...COACH, ...coach }, { ...MONDAY, ...search });
  return [...starts].map((minute) =>
    Temporal.Instant.fromEpochMilliseconds(minute * MINUTE)
      .toZonedDateTimeISO("America/Chicago")
      .toPlainTime()
      .toString({ smallestUnit: "minute" }),
  );
}

const withRules = (rules: Partial<BookingRules>) => ({ rules: { ...RULES, ...rules } });
const tenToTenFifty = { start: at("2031-05-05T10:00-05:00"), end: at("2031-05-05T10:50-05:00") };

test("a coach without engagements is open on every step of the window", () => {
  expect(openingsAt({})).toEqual(["09:00", "09:30", "10:00", "10:30", "11:00"]);
});

test("each kind of session has its own length", () => {
  expect(openingsAt({}, { kind: "chemistry" }).at(-1)).toBe("11:30");
});

test("the coach's own calendar keeps one buffer free, another session keeps both", () => {
  const rules = withRules({ bufferAfterMinutes: 10, bufferBeforeMinutes: 15, stepMinutes: 5 });
  const beside = (times: string[]) => [
    times.filter((time) => time < "10:00").at(-1),
    times.find((time) => time > "10:00"),
  ];
  // 9:00 to 9:50 and ten minutes after it; fifteen minutes before 11:05.
  expect(beside(openingsAt({ ...rules, busy: [tenToTenFifty] }))).toEqual(["09:00", "11:05"]);
  const later = { start: tenToTenFifty.start + 15 * MINUTE, end: tenToTenFifty.end };
  expect(beside(openingsAt({ ...rules, sessions: [later] }))).toEqual(["09:00", undefined]);
  expect(beside(openingsAt({ ...rules, sessions: [tenToTenFifty] }))).toEqual([
    undefined,
    undefined,
  ]);
});

test("nothing is open within the minimum notice, and the notice's end is open", () => {
  const nowMs = at("2031-05-05T08:00-05:00");
  expect(openingsAt(withRules({ minimumNoticeMinutes: 120 }), { nowMs })).toEqual([
    "10:00",
    "10:30",
    "11:00",
  ]);
  expect(openingsAt({}, { nowMs: at("2031-05-05T10:01-05:00") })).toEqual(["10:30", "11:00"]);
});

test("a day at its cap is closed, and the day is the coach's", () => {
  const capped = withRules({ dailyCap: 1 });
  expect(openingsAt({ ...capped, sessions: [tenToTenFifty] })).toEqual([]);
  const lateOnSunday = { start: at("2031-05-04T23:30-05:00"), end: at("2031-05-05T00:20-05:00") };
  expect(openingsAt({ ...capped, sessions: [lateOnSunday] })).toHaveLength(5);
  expect(openingsAt({ ...withRules({ dailyCap: 2 }), sessions: [tenToTenFifty] })).toEqual([
    "09:00",
    "11:00",
  ]);
});

test("the horizon ends with a whole day of the coach's", () => {
  const lateOnSunday = at("2031-05-04T23:30-05:00");
  expect(openingsAt(withRules({ horizonDays: 1 }), { nowMs: lateOnSunday })).toHaveLength(5);
  expect(openingsAt(withRules({ horizonDays: 1 }), { nowMs: lateOnSunday - 86_400_000 })).toEqual(
    [],
  );
});

test("an exception replaces the day, and one without windows is a day off", () => {
  const exception = (windows: { start: number; end: number }[]) => ({
    availability: { ...COACH.availability, exceptions: [{ date: "2031-05-05", windows }] },
  });
  expect(openingsAt(exception([]))).toEqual([]);
  expect(openingsAt(exception([{ start: 780, end: 840 }]))).toEqual(["13:00"]);
});

test("steps are counted on the coach's clock, also where it is not whole hours from everybody's", () => {
  const kathmandu = { ...COACH.availability, timeZone: "Asia/Kathmandu" };
  const starts = findOpenings(
    { ...COACH, availability: kathmandu, ...withRules({ stepMinutes: 60 }) },
    MONDAY,
  );
  expect(starts.length).toBeGreaterThan(0);
  for (const minute of starts) expect((minute + 345) % 60).toBe(0);
});

test("every opening can be booked, nothing else can, and no two bookings occupy the same time", () => {
  const aRule = fc.record({
    lengthMinutes: fc.constant(RULES.lengthMinutes),
    stepMinutes: fc.constantFrom(5, 10, 15, 30),
    bufferBeforeMinutes: fc.integer({ min: 0, max: 30 }),
    bufferAfterMinutes: fc.integer({ min: 0, max: 30 }),
    minimumNoticeMinutes: fc.integer({ min: 0, max: 6000 }),
    dailyCap: fc.constantFrom(null, 1, 2, 3),
    horizonDays: fc.integer({ min: 1, max: 30 }),
  });
  const minuteOfMonday = fc.integer({ min: 480, max: 760 });
  fc.assert(
    fc.property(
      aRule,
      minuteOfMonday,
      fc.array(fc.nat(), { maxLength: 6 }),
      (rules, tried, choices) => {
        let coach: CoachCalendar = { ...COACH, rules };
        for (const choice of choices) {
          const openings = findOpenings(coach, MONDAY);
          if (openings.length === 0) break;
          const start = openings[choice % openings.length]! * MINUTE;
          coach = { ...coach, sessions: [...coach.sessions, { start, end: start + 50 * MINUTE }] };
        }
        const occupied = coach.sessions
          .map((session) => occupiedTime(session, rules))
          .toSorted((a, b) => a.start - b.start);
        for (const [nth, time] of occupied.entries()) {
          if (nth > 0) expect(time.start).toBeGreaterThanOrEqual(occupied[nth - 1]!.end);
        }
        const startMs = MONDAY.fromMs + tried * MINUTE;
        const isOffered = findOpenings(coach, MONDAY).includes(startMs / MINUTE);
        expect(isOpening(coach, { kind: "session", startMs, nowMs: MONDAY.nowMs })).toBe(isOffered);
      },
    ),
  );
});

test("what is offered on the day the clocks change by half an hour can be booked", () => {
  const lordHowe = {
    timeZone: "Australia/Lord_Howe",
    weekly: [{ day: 0, start: 0, end: 1440 }],
    exceptions: [],
  };
  const coach = { ...COACH, availability: lordHowe, ...withRules({ stepMinutes: 60 }) };
  const nowMs = at("2031-10-01T00:00Z");
  const search = {
    ...MONDAY,
    fromMs: at("2031-10-04T12:00Z"),
    toMs: at("2031-10-05T14:00Z"),
    nowMs,
  };
  const offered = findOpenings(coach, search);
  expect(offered.length).toBeGreaterThan(20);
  for (const minute of offered) {
    expect(isOpening(coach, { kind: "session", startMs: minute * MINUTE, nowMs })).toBe(true);
  }
});

test("a start within a minute is no opening", () => {
  const startMs = at("2031-05-05T09:00-05:00");
  const asked = { kind: "session", nowMs: MONDAY.nowMs } as const;
  expect(isOpening(COACH, { ...asked, startMs })).toBe(true);
  expect(isOpening(COACH, { ...asked, startMs: startMs + 1 })).toBe(false);
});
