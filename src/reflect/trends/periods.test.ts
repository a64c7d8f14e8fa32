import { expect, test } from "vitest";
import fc from "fast-check";
import { arePeriodsApart, comparePeriods, napOf, periodsAround } from "./periods.ts";
import { medianOf } from "./median.ts";

const daily = (...scores: number[]) =>
  scores.map((score, i) => ({ day: `2026-03-${String(i + 1).padStart(2, "0")}`, score }));
// Threshold 1.96 * sqrt(2) * 10 * sqrt(0.25) = 13.86.
const noise = { sd: 10, r: 0.75, source: "A test", assumed: true, version: "test@1" };
const compare = (scores: number[], better: "lower" | "higher" = "lower", known = true) =>
  comparePeriods(
    { readings: daily(...scores), better, noise: known ? noise : null },
    { from: null, to: "2026-03-05" },
    { from: "2026-03-06", to: null },
  );

test("the published example: NAP is .98 where lower is better", () => {
  expect(napOf([7, 8, 6, 7, 8], [5, 4, 6, 5, 3], "lower")).toEqual({
    pairs: 25,
    better: 24.5,
    share: 0.98,
  });
});

test("medians, what lies between them, and a verdict only from the threshold on", () => {
  expect(compare([60, 62, 64, 66, 90, 50, 51, 70])).toMatchObject({
    earlier: { count: 5, median: 64 },
    later: { count: 3, median: 51 },
    by: -13,
    threshold: expect.closeTo(13.859, 3) as number,
    state: "no-clear-change",
  });
  expect(compare([60, 62, 64, 66, 90, 50, 50, 70])!.state).toBe("improved");
  expect(compare([60, 62, 64, 66, 90, 50, 50, 70], "higher")!.state).toBe("worsened");
});

test("where chance is not known, no difference is called a change", () => {
  expect(compare([0, 0, 0, 0, 0, 100, 100, 100], "higher", false)).toMatchObject({
    by: 100,
    threshold: null,
    state: "not-known",
  });
});

test("pairs are counted from three readings a side, and an empty side compares with nothing", () => {
  expect(compare([1, 2, 3, 4, 5, 6, 7])!.nap).toBeNull();
  expect(compare([1, 2, 3, 4, 5, 6, 7, 8])!.nap).toEqual({ pairs: 15, better: 0, share: 0 });
  expect(compare([1, 2, 3])).toBeNull();
});

test("the two ways of being better share every pair between them", () => {
  const some = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(napOf(a, b, "higher").better + napOf(a, b, "lower").better).toBe(a.length * b.length);
      const slow = a.reduce(
        (sum, x) => sum + b.filter((y) => y > x).length + b.filter((y) => y === x).length / 2,
        0,
      );
      expect(napOf(a, b, "higher").better).toBe(slow);
    }),
  );
});

test("half of the values lie on each side of the median", () => {
  expect(medianOf([3, 1, 2])).toBe(2);
  expect(medianOf([4, 1, 2, 3])).toBe(2.5);
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 20 }), (values) => {
      const middle = medianOf(values);
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(
        values.length / 2,
      );
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(
        values.length / 2,
      );
    }),
  );
});

test("a day offers before and since; a span before and during, during and after", () => {
  expect(periodsAround({ from: "2026-03-01", to: null })).toEqual([
    {
      when: "since",
      earlier: { from: null, to: "2026-02-28" },
      later: { from: "2026-03-01", to: null },
    },
  ]);
  const [during, after] = periodsAround({ from: "2026-03-01", to: "2026-03-31" });
  expect(during).toMatchObject({ earlier: { to: "2026-02-28" }, later: { to: "2026-03-31" } });
  expect(after).toMatchObject({ earlier: { from: "2026-03-01" }, later: { from: "2026-04-01" } });
});

test("periods that touch, or run backwards, are not apart", () => {
  const period = (from: string, to: string) => ({ from, to });
  const march = period("2026-03-01", "2026-03-31");
  expect(arePeriodsApart(march, period("2026-04-01", "2026-04-30"))).toBe(true);
  expect(arePeriodsApart(march, period("2026-03-31", "2026-04-30"))).toBe(false);
  expect(
    arePeriodsApart(period("2026-03-31", "2026-03-01"), period("2026-04-01", "2026-04-02")),
  ).toBe(false);
});
