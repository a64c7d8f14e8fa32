import { expect, test } from "vitest";
import fc from "fast-check";
import { driftOf, mannKendall, theilSenSlope } from "./drift.ts";

const monthly = (...scores: number[]) =>
  scores.map((score, i) => ({
    day: Temporal.PlainDate.from("2026-01-01")
      .add({ days: 30 * i })
      .toString(),
    score,
  }));

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

test("the slope is the median of all pairs, and one wild reading does not move it much", () => {
  expect(theilSenSlope(monthly(10, 13, 16, 19, 22, 25))).toBeCloseTo(0.1, 10);
  expect(theilSenSlope(monthly(10, 13, 100, 19, 22, 25))).toBeCloseTo(0.1, 1);
});

test("a slow lean over six readings is noticed, five readings or a zigzag are not", () => {
  expect(driftOf(monthly(40, 43, 46, 50, 53, 57))).toMatchObject({ direction: "rising" });
  expect(driftOf(monthly(57, 53, 50, 46, 43, 40))).toMatchObject({ direction: "falling" });
  expect(driftOf(monthly(40, 43, 46, 50, 53))).toBeNull();
  expect(driftOf(monthly(40, 60, 38, 62, 41, 59))).toBeNull();
  expect(driftOf(monthly(50, 50, 50, 50, 50, 50))).toBeNull();
});
