import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAvailability, checkRules } from "./availability.ts";
import type { Hours } from "./contract.ts";
import { formToHours, hoursToForm, nextWindow, type HoursForm } from "./hours-form.ts";

const TODAY = "2031-03-01";

const HOURS: Hours = {
  timeZone: "Europe/Vienna",
  weekly: [
    { day: 1, start: 540, end: 720 },
    { day: 1, start: 840, end: 1440 },
    { day: 5, start: 0, end: 60 },
  ],
  exceptions: [
    { date: "2031-12-24", windows: [] },
    { date: "2031-12-25", windows: [] },
    { date: "2031-12-31", windows: [{ start: 600, end: 660 }] },
  ],
  rules: {
    lengthMinutes: { chemistry: 20, session: 50 },
    stepMinutes: 15,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 10,
    minimumNoticeMinutes: 1440,
    dailyCap: null,
    horizonDays: 60,
  },
  cancelNoticeHours: 24,
};

const FORM = hoursToForm(HOURS);
const onDay = (day: number, windows: HoursForm["week"][number]): HoursForm => ({
  ...FORM,
  week: FORM.week.with(day, windows),
});

test("hours come back from the form as they went in", () => {
  expect(formToHours(FORM, TODAY)).toEqual({ ok: true, value: HOURS });
});

test("any hours that keep the rules come back from the form as they went in", () => {
  const windows = fc
    .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 8 })
    .map((quarters) => quarters.toSorted((a, b) => a - b))
    .map((quarters) =>
      Array.from({ length: Math.floor(quarters.length / 2) }, (_, nth) => ({
        start: quarters[nth * 2]! * 15,
        end: quarters[nth * 2 + 1]! * 15,
      })),
    );
  const weekly = fc
    .array(windows, { minLength: 7, maxLength: 7 })
    .map((days) => days.flatMap((each, day) => each.map((window) => ({ day, ...window }))));
  const exceptions = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 10, max: 28 }), windows), {
      selector: ([day]) => day,
      maxLength: 6,
    })
    .map((days) =>
      days
        .toSorted(([a], [b]) => a - b)
        .map(([day, each]) => ({ date: `2031-03-${day}`, windows: each })),
    );
  fc.assert(
    fc.property(weekly, exceptions, (someWeek, someDays) => {
      const hours: Hours = { ...HOURS, weekly: someWeek, exceptions: someDays };
      expect(formToHours(hoursToForm(hours), TODAY)).toEqual({ ok: true, value: hours });
    }),
  );
});

test("days that follow each other are one exception in the form", () => {
  expect(FORM.exceptions).toEqual([
    { from: "2031-12-24", to: "2031-12-25", windows: [] },
    { from: "2031-12-31", to: "2031-12-31", windows: [{ start: "10:00", end: "11:00" }] },
  ]);
});

test("exceptions that are over are not sent again", () => {
  const answer = formToHours(FORM, "2031-12-25");
  expect(answer.ok && answer.value.exceptions.map(({ date }) => date)).toEqual([
    "2031-12-25",
    "2031-12-31",
  ]);
});

test.each([
  ["a start left empty", { start: "", end: "12:00" }, "NotATimeOfDay"],
  ["an end left empty", { start: "09:00", end: "" }, "NotATimeOfDay"],
  ["an end before the start", { start: "12:00", end: "09:00" }, "EndsBeforeStart"],
  ["no length at all", { start: "09:00", end: "09:00" }, "EndsBeforeStart"],
  ["an overlap", { start: "16:30", end: "18:00" }, "Overlapping"],
] as const)("%s is told beside the window", (_, window, type) => {
  const good = { start: "16:00", end: "17:00" };
  expect(formToHours(onDay(3, [good, window]), TODAY)).toEqual({
    ok: false,
    refusal: [{ at: "week", day: 3, nth: 1, type }],
  });
  const exceptions = [FORM.exceptions[0]!, { ...FORM.exceptions[1]!, windows: [good, window] }];
  expect(formToHours({ ...FORM, exceptions }, TODAY)).toEqual({
    ok: false,
    refusal: [{ at: "exceptions", run: 1, nth: 1, type }],
  });
});

test("faults on several days are told at once", () => {
  const bad = [{ start: "12:00", end: "09:00" }];
  const form = { ...FORM, timeZone: "Mars/Olympus", week: FORM.week.with(2, bad).with(4, bad) };
  const answer = formToHours({ ...form, rules: { ...FORM.rules, horizonDays: 0 } }, TODAY);
  expect(answer.ok ? null : answer.refusal).toEqual([
    { at: "week", day: 2, nth: 0, type: "EndsBeforeStart" },
    { at: "week", day: 4, nth: 0, type: "EndsBeforeStart" },
    { at: "rules", field: "horizonDays", least: 1, most: 365 },
    { at: "timeZone" },
  ]);
});

test("too many windows are told with the limit", () => {
  const many = Array.from({ length: 24 }, (_, hour) => ({
    start: `${String(hour).padStart(2, "0")}:00`,
    end: `${String(hour).padStart(2, "0")}:30`,
  }));
  const answer = formToHours({ ...FORM, week: FORM.week.map(() => many) }, TODAY);
  expect(answer.ok ? null : answer.refusal).toEqual([{ at: "week", type: "TooMany", most: 70 }]);
});

test("whatever stands in the form, what is sent keeps the rules", () => {
  const text = fc.oneof(
    fc.constantFrom("", "09:00", "00:00", "12:30", "25:00", "23:59"),
    fc.string({ maxLength: 6 }),
  );
  const windows = fc.array(fc.record({ start: text, end: text }), { maxLength: 3 });
  const form = fc.record({
    timeZone: fc.constantFrom("UTC", "America/New_York", "Nowhere"),
    week: fc.array(windows, { minLength: 7, maxLength: 7 }),
    exceptions: fc.array(
      fc.record({
        from: fc.constantFrom("2031-05-01", "2031-05-20", "never"),
        to: fc.constantFrom("2031-05-02", "2031-05-21", ""),
        windows,
      }),
      { maxLength: 1 },
    ),
    rules: fc.constant(HOURS.rules),
    cancelNoticeHours: fc.constant(24),
  });
  fc.assert(
    fc.property(form, (some) => {
      const answer = formToHours(some, TODAY);
      if (answer.ok) {
        expect(checkAvailability(answer.value).ok).toBe(true);
        expect(checkRules(answer.value.rules).ok).toBe(true);
      } else expect(answer.refusal.length).toBeGreaterThan(0);
    }),
  );
});

test("the next window is the morning, then an hour after the last, never past midnight", () => {
  expect(nextWindow([])).toEqual({ start: "09:00", end: "12:00" });
  expect(nextWindow([{ start: "09:00", end: "12:00" }])).toEqual({ start: "13:00", end: "16:00" });
  expect(nextWindow([{ start: "19:00", end: "21:30" }])).toEqual({ start: "22:30", end: "00:00" });
  expect(nextWindow([{ start: "19:00", end: "00:00" }])).toBeNull();
  expect(nextWindow([{ start: "", end: "" }])).toEqual({ start: "09:00", end: "12:00" });
});
