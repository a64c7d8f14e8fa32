import fc from "fast-check";
import { expect, test } from "vitest";
import type { LocalWindow } from "./availability.ts";
import type { BusyTime } from "./busy-time.ts";
import { freeSlots, prepareHost } from "./slots.ts";
import { zoneTransitions } from "./zone.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

const minutesToIso = (minutes: Iterable<number>) =>
  [...minutes].map((minute) => Temporal.Instant.fromEpochMilliseconds(minute * MINUTE).toString());

const wednesday = (windows: LocalWindow[]) => windows.map((window) => ({ day: 3, ...window }));

function slotsOnWednesday(
  windows: LocalWindow[],
  busy: BusyTime[],
  { lengthMinutes = 50, stepMinutes = 30, timeZone = "Europe/Berlin" } = {},
) {
  const fromMs = Date.parse("2031-03-04T00:00Z");
  const toMs = Date.parse("2031-03-07T00:00Z");
  const zone = zoneTransitions(timeZone, fromMs - 3 * DAY, toMs + 3 * DAY);
  const host = prepareHost({ weekly: wednesday(windows), exceptions: [] }, busy, zone);
  return minutesToIso(freeSlots(host, { fromMs, toMs, lengthMinutes, stepMinutes }));
}

test("a slot may touch the block's ends and a busy time, and overlaps none", () => {
  const busy = {
    start: Date.parse("2031-03-05T09:20+01:00"),
    end: Date.parse("2031-03-05T10:00+01:00"),
  };
  expect(slotsOnWednesday([{ start: 510, end: 650 }], [busy])).toEqual([
    "2031-03-05T07:30:00Z",
    "2031-03-05T09:00:00Z",
  ]);
});

test("a busy time of seconds takes the whole minutes it touches", () => {
  const busy = {
    start: Date.parse("2031-03-05T09:20:00+01:00") - 1,
    end: Date.parse("2031-03-05T09:20:00+01:00") + 1,
  };
  expect(slotsOnWednesday([{ start: 510, end: 650 }], [busy])).toEqual([
    "2031-03-05T08:30:00Z",
    "2031-03-05T09:00:00Z",
  ]);
});

test("two blocks that touch are not one", () => {
  const touching = [
    { start: 540, end: 570 },
    { start: 570, end: 600 },
  ];
  expect(slotsOnWednesday(touching, [])).toEqual([]);
});

/** A wall-clock day with changes in it, for zones whose changes differ in kind. */
const CHANGES = [
  ["America/New_York", "2031-03-09"],
  ["America/New_York", "2031-11-02"],
  ["Europe/Berlin", "2031-03-30"],
  ["Europe/Berlin", "2031-10-26"],
  ["Australia/Lord_Howe", "2031-04-06"],
  ["Australia/Lord_Howe", "2031-10-05"],
  ["America/Havana", "2031-03-09"],
  ["America/Havana", "2031-11-02"],
  ["Asia/Beirut", "2031-03-30"],
  ["Asia/Beirut", "2031-10-26"],
  ["America/Santiago", "2031-09-07"],
  ["Antarctica/Troll", "2031-03-30"],
  ["Africa/Cairo", "2031-10-31"],
  ["Asia/Kathmandu", "2031-06-01"],
] as const;

const someWindows = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 8 })
  .map((edges) => {
    const sorted = edges.toSorted((a, b) => a - b);
    const windows: LocalWindow[] = [];
    for (let at = 0; at + 1 < sorted.length; at += 2) {
      windows.push({ start: sorted[at]! * 15, end: sorted[at + 1]! * 15 });
    }
    return windows;
  });

const aSearch = fc.record({
  change: fc.constantFrom(...CHANGES),
  weekly: fc.array(someWindows, { minLength: 7, maxLength: 7 }),
  exception: fc.option(
    fc.record({ daysAfter: fc.integer({ min: -2, max: 2 }), windows: someWindows }),
  ),
  busy: fc.array(
    fc.record({
      at: fc.integer({ min: -3000, max: 3000 }),
      length: fc.integer({ min: 0, max: 300 }),
    }),
    { maxLength: 12 },
  ),
  from: fc.integer({ min: -3000, max: 1000 }),
  minutes: fc.integer({ min: 0, max: 4000 }),
  lengthMinutes: fc.integer({ min: 1, max: 120 }),
  stepMinutes: fc.constantFrom(5, 7, 10, 15, 30, 60),
  onWallClock: fc.boolean(),
});

test("free slots are those a plain Temporal reading of the rules finds, across every change of clocks", () => {
  fc.assert(
    fc.property(aSearch, (search) => {
      const [timeZone, isoDate] = search.change;
      const date = Temporal.PlainDate.from(isoDate);
      const noon = date.toZonedDateTime({ timeZone, plainTime: "12:00" }).epochMilliseconds;
      const fromMs = noon + search.from * MINUTE;
      const toMs = fromMs + search.minutes * MINUTE;
      const availability = {
        weekly: search.weekly.flatMap((windows, day) =>
          windows.map((window) => ({ day, ...window })),
        ),
        exceptions:
          search.exception === null
            ? []
            : [
                {
                  date: date.add({ days: search.exception.daysAfter }).toString(),
                  windows: search.exception.windows,
                },
              ],
      };
      const busy = search.busy.map(({ at, length }) => ({
        start: noon + at * MINUTE,
        end: noon + (at + length) * MINUTE,
      }));
      const window = {
        fromMs,
        toMs,
        lengthMinutes: search.lengthMinutes,
        stepMinutes: search.stepMinutes,
        onWallClock: search.onWallClock,
      };
      const zone = zoneTransitions(timeZone, fromMs - 3 * DAY, toMs + 3 * DAY);
      const found = freeSlots(prepareHost(availability, busy, zone), window);
      expect([...found]).toEqual(plainSlots(timeZone, availability, busy, window));
    }),
    { numRuns: 250 },
  );
});

/** The rules as they are told, one candidate start at a time. */
function plainSlots(
  timeZone: string,
  availability: Parameters<typeof prepareHost>[0],
  busy: readonly BusyTime[],
  window: Required<Parameters<typeof freeSlots>[1]>,
): number[] {
  const localDate = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
  const offset = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).offsetNanoseconds /
    6e10;
  const instant = (date: Temporal.PlainDate, minute: number) =>
    date.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(timeZone).epochMilliseconds;

  const blocks: BusyTime[] = [];
  const lastDate = localDate(window.toMs).add({ days: 1 });
  for (
    let date = localDate(window.fromMs).subtract({ days: 2 });
    Temporal.PlainDate.compare(date, lastDate) <= 0;
    date = date.add({ days: 1 })
  ) {
    const exception = availability.exceptions.find((each) => each.date === date.toString());
    const windows =
      exception?.windows ?? availability.weekly.filter(({ day }) => day === date.dayOfWeek % 7);
    for (const { start, end } of windows) {
      blocks.push({ start: instant(date, start), end: instant(date, end) });
    }
  }
  const starts: number[] = [];
  for (let minute = Math.ceil(window.fromMs / MINUTE); ; minute++) {
    const start = minute * MINUTE;
    const end = start + window.lengthMinutes * MINUTE;
    if (end > window.toMs) return starts;
    const inBlock = blocks.some(
      (block) =>
        block.start <= start &&
        end <= block.end &&
        (minute + (window.onWallClock ? offset(block.start) : 0)) % window.stepMinutes === 0,
    );
    const isFree = !busy.some(
      (time) => time.start < end && start < time.end && time.start < time.end,
    );
    if (inBlock && isFree) starts.push(minute);
  }
}
