import fc from "fast-check";
import { expect, test } from "vitest";
import { daysShown } from "./day-ticks.ts";

const dayOf = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

test("a series without days has no labels, one day has one", () => {
  expect(daysShown([], 300)).toEqual([]);
  expect(daysShown(["2026-03-01"], 300)).toEqual([0]);
});

test("the first and the last day are always labelled", () => {
  expect(daysShown(["2026-03-01", "2026-03-02", "2026-03-03"], 120)).toEqual([0, 2]);
});

test("no two labels but the ends stand closer than there is room for", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 15_000, max: 25_000 }), { minLength: 2, maxLength: 60 }),
      fc.integer({ min: 200, max: 1200 }),
      (numbers, width) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        const shown = daysShown(sorted.map(dayOf), width);
        const span = sorted.at(-1)! - sorted[0]!;
        const places = shown.map((index) => ((sorted[index]! - sorted[0]!) / span) * width);
        expect(shown[0]).toBe(0);
        expect(shown.at(-1)).toBe(sorted.length - 1);
        for (let i = 1; i < places.length && places.length > 2; i++) {
          expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(76);
        }
      },
    ),
  );
});
