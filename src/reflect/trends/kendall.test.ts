import { expect, test } from "vitest";
import fc from "fast-check";
import { exactP, mannKendall, normalP, sizesOfTies, slopesLeftOut } from "./kendall.ts";

/** Every order of the values, and the share of them that lean at least as far. */
function slowP(values: readonly number[]): number {
  const lean = (order: readonly number[]): number => {
    let s = 0;
    for (let i = 0; i < order.length; i++)
      for (let j = i + 1; j < order.length; j++) s += Math.sign(order[j]! - order[i]!);
    return Math.abs(s);
  };
  const observed = lean(values);
  let all = 0;
  let far = 0;
  const visit = (order: number[], rest: readonly number[]): void => {
    if (rest.length === 0) {
      all += 1;
      if (lean(order) >= observed) far += 1;
      return;
    }
    rest.forEach((value, i) => visit([...order, value], rest.toSpliced(i, 1)));
  };
  visit([], values);
  return far / all;
}

test("six rising readings have p = 2 / 720", () => {
  expect(mannKendall([1, 2, 3, 4, 5, 6])).toEqual({
    s: 15,
    isExact: true,
    p: expect.closeTo(2 / 720, 10) as number,
  });
});

test("the exact p agrees with counting every order, ties and all", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 7 }),
      (values) => {
        expect(mannKendall(values).p).toBeCloseTo(slowP(values), 10);
      },
    ),
    { numRuns: 40 },
  );
});

test("beyond ten readings the normal p stays near the exact one for ten", () => {
  const ten = mannKendall([1, 3, 2, 5, 4, 6, 8, 7, 10, 9]).p;
  const eleven = mannKendall([1, 3, 2, 5, 4, 6, 8, 7, 10, 9, 11]).p;
  expect(eleven).toBeLessThan(ten);
  expect(mannKendall(Array.from({ length: 12 }, () => 3)).p).toBe(1);
});

// Two-sided, from the counts of orders that Kendall (1970) tabulates.
test.each([
  [[1, 2, 3, 4, 5], 2 / 120],
  [[1, 2, 3, 5, 4], 10 / 120],
  [[1, 2, 3, 4, 6, 5], 12 / 720],
  [[1, 2, 3, 4, 5, 7, 6], 14 / 5040],
])("the orders as steep as %j are %d of all", (values, p) => {
  expect(mannKendall(values).p).toBeCloseTo(p, 12);
});

test("above ten readings the normal p is within a hundredth of the exact one, ties and all", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 11, maxLength: 16 }),
      (values) => {
        const { s, p, isExact } = mannKendall(values);
        expect(isExact).toBe(false);
        expect(p).toBe(normalP(sizesOfTies(values), s));
        expect(Math.abs(p - exactP(sizesOfTies(values), s))).toBeLessThan(0.01 + 0.05 * p);
      },
    ),
    { numRuns: 60 },
  );
});

// Hollander and Wolfe, table A.30: P(S >= 10) = .0083 for five, P(S >= 13) = .0083 for six, P(S >= 15) = .0151 for seven.
test.each([
  [4, 0],
  [5, 1],
  [6, 2],
  [7, 4],
])("of the slopes of %i readings, %i each side are outside what fits", (count, leftOut) => {
  expect(slopesLeftOut(count)).toBe(leftOut);
});

test("with more readings a smaller share of the slopes fits", () => {
  const share = (n: number) => slopesLeftOut(n) / ((n * (n - 1)) / 2);
  for (let n = 6; n < 60; n++) expect(share(n + 4)).toBeGreaterThan(share(n));
});
