import { expect, test } from "vitest";
import type {
  Availability,
  AvailabilityRefusal,
  BookingRules,
  RulesRefusal,
} from "./availability.ts";
import { checkAvailability, checkRules } from "./availability.ts";

const AVAILABILITY: Availability = {
  timeZone: "Europe/Vienna",
  weekly: [
    { day: 1, start: 540, end: 720 },
    { day: 1, start: 720, end: 1440 },
    { day: 2, start: 0, end: 30 },
  ],
  exceptions: [
    { date: "2031-12-24", windows: [] },
    { date: "2031-12-31", windows: [{ start: 600, end: 660 }] },
  ],
};

const RULES: BookingRules = {
  lengthMinutes: { chemistry: 20, session: 50 },
  stepMinutes: 15,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 10,
  minimumNoticeMinutes: 1440,
  dailyCap: null,
  horizonDays: 60,
};

test("availability that makes sense is kept as it is", () => {
  expect(checkAvailability(AVAILABILITY)).toEqual({ ok: true, value: AVAILABILITY });
});

const window = { day: 1, start: 540, end: 720 };
const refusedAvailability: [string, Partial<Availability>, AvailabilityRefusal][] = [
  [
    "a zone nobody knows",
    { timeZone: "Europe/Nowhere" },
    { type: "UnknownTimeZone", field: "timeZone" },
  ],
  [
    "an eighth weekday",
    { weekly: [{ ...window, day: 7 }] },
    { type: "NotAWeekday", field: "weekly", at: 0 },
  ],
  [
    "a window that ends at its start",
    { weekly: [{ ...window, end: 540 }] },
    { type: "EndsBeforeStart", field: "weekly", at: 0 },
  ],
  [
    "a window past midnight",
    { weekly: [{ ...window, end: 1441 }] },
    { type: "NotATimeOfDay", field: "weekly", at: 0 },
  ],
  [
    "half a minute",
    { weekly: [{ ...window, start: 540.5 }] },
    { type: "NotATimeOfDay", field: "weekly", at: 0 },
  ],
  [
    "windows that overlap",
    { weekly: [window, { day: 1, start: 719, end: 800 }] },
    { type: "Overlapping", field: "weekly", at: 1 },
  ],
  [
    "more windows than anybody needs",
    { weekly: Array.from({ length: 71 }, () => window) },
    { type: "TooMany", field: "weekly", most: 70 },
  ],
  [
    "a date that is none",
    { exceptions: [{ date: "2031-02-30", windows: [] }] },
    { type: "NotADate", field: "exceptions", at: 0 },
  ],
  [
    "the same date twice",
    { exceptions: [...AVAILABILITY.exceptions, { date: "2031-12-24", windows: [] }] },
    { type: "SameDateTwice", field: "exceptions", at: 2 },
  ],
  [
    "an exception whose windows overlap",
    {
      exceptions: [
        {
          date: "2031-12-24",
          windows: [
            { start: 0, end: 60 },
            { start: 30, end: 90 },
          ],
        },
      ],
    },
    { type: "Overlapping", field: "exceptions", at: 0 },
  ],
];

test.each(refusedAvailability)("%s is refused with its place", (_, change, refusal) => {
  expect(checkAvailability({ ...AVAILABILITY, ...change })).toEqual({ ok: false, refusal });
});

test("rules that make sense are kept as they are", () => {
  expect(checkRules(RULES)).toEqual({ ok: true, value: RULES });
});

const refusedRules: [Partial<BookingRules>, RulesRefusal][] = [
  [{ stepMinutes: 25 }, { type: "NotAStep", field: "stepMinutes", steps: [5, 10, 15, 20, 30, 60] }],
  [
    { lengthMinutes: { chemistry: 20, session: 5 } },
    { type: "OutOfRange", field: "lengthMinutes", least: 10, most: 240 },
  ],
  [
    { bufferBeforeMinutes: -1 },
    { type: "OutOfRange", field: "bufferBeforeMinutes", least: 0, most: 120 },
  ],
  [
    { bufferAfterMinutes: Number.NaN },
    { type: "OutOfRange", field: "bufferAfterMinutes", least: 0, most: 120 },
  ],
  [
    { minimumNoticeMinutes: 43_201 },
    { type: "OutOfRange", field: "minimumNoticeMinutes", least: 0, most: 43_200 },
  ],
  [{ dailyCap: 0 }, { type: "OutOfRange", field: "dailyCap", least: 1, most: 24 }],
  [{ horizonDays: 366 }, { type: "OutOfRange", field: "horizonDays", least: 1, most: 365 }],
];

test.each(refusedRules)("%o is refused with its field and range", (change, refusal) => {
  expect(checkRules({ ...RULES, ...change })).toEqual({ ok: false, refusal });
});
