import fc from "fast-check";
import { expect, test } from "vitest";
import type { WeeklyWindow } from "./availability.ts";
import { openMinutes, weeklyToPatterns } from "./week-pattern.ts";

const MONDAY = 1;
const on = (days: readonly number[], start: number, end: number): WeeklyWindow[] =>
  days.map((day) => ({ day, start, end }));

test("five equal days are one span", () => {
  expect(weeklyToPatterns(on([1, 2, 3, 4, 5], 540, 720), MONDAY)).toEqual([
    { spans: [{ first: 1, last: 5 }], windows: [{ start: 540, end: 720 }] },
  ]);
});

test("a day between with other hours parts the span but not the pattern", () => {
  const weekly = [...on([1, 2, 4, 5], 540, 720), ...on([3], 600, 660)];
  expect(weeklyToPatterns(weekly, MONDAY)).toEqual([
    {
      spans: [
        { first: 1, last: 2 },
        { first: 4, last: 5 },
      ],
      windows: [{ start: 540, end: 720 }],
    },
    { spans: [{ first: 3, last: 3 }], windows: [{ start: 600, end: 660 }] },
  ]);
});

test("the week begins where the reader's week begins", () => {
  const weekend = on([0, 6], 600, 720);
  expect(weeklyToPatterns(weekend, MONDAY)[0]!.spans).toEqual([{ first: 6, last: 0 }]);
  expect(weeklyToPatterns(weekend, 0)[0]!.spans).toEqual([
    { first: 0, last: 0 },
    { first: 6, last: 6 },
  ]);
});

test("windows that touch or overlap are told and counted as one", () => {
  const weekly = [...on([1], 720, 780), ...on([1], 540, 720), ...on([1], 600, 700)];
  expect(weeklyToPatterns(weekly, MONDAY)[0]!.windows).toEqual([{ start: 540, end: 780 }]);
  expect(openMinutes(weekly)).toBe(240);
});

test("an empty week has no pattern", () => {
  expect(weeklyToPatterns([], MONDAY)).toEqual([]);
  expect(openMinutes([])).toBe(0);
});

test("the patterns tell every open minute of every day, and nothing else", () => {
  const windowOfDay = fc
    .tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 47 }),
      fc.integer({ min: 1, max: 8 }),
    )
    .map(([day, half, length]) => ({
      day,
      start: half * 30,
      end: Math.min(1440, (half + length) * 30),
    }));
  fc.assert(
    fc.property(
      fc.array(windowOfDay, { maxLength: 20 }),
      fc.integer({ min: 0, max: 6 }),
      (weekly, firstDay) => {
        const told = weeklyToPatterns(weekly, firstDay).flatMap(({ spans, windows }) =>
          spans.flatMap(({ first, last }) =>
            windows.flatMap(({ start, end }) => on(daysFrom(first, last), start, end)),
          ),
        );
        expect(minutesOf(told)).toEqual(minutesOf(weekly));
        expect(told.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(
          openMinutes(weekly),
        );
      },
    ),
  );
});

function daysFrom(first: number, last: number): number[] {
  const days = [first];
  while (days.at(-1) !== last) days.push((days.at(-1)! + 1) % 7);
  return days;
}

/** Half hours of the week, since all windows here lie on them. */
function minutesOf(weekly: readonly WeeklyWindow[]): number[] {
  const open = new Set<number>();
  for (const { day, start, end } of weekly)
    for (let minute = start; minute < end; minute += 30) open.add(day * 1440 + minute);
  return [...open].toSorted((a, b) => a - b);
}
