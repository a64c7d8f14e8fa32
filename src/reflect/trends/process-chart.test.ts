import { expect, test } from "vitest";
import fc from "fast-check";
import { processChartOf, type Signal } from "./process-chart.ts";

const EIGHT = [50, 54, 48, 52, 50, 46, 52, 48];
const signalsOf = (...more: number[]) => processChartOf([...EIGHT, ...more])!.signals;

test("centre and limits come from the first eight: their mean, and 2.66 mean moving ranges", () => {
  // Moving ranges 4, 6, 4, 2, 4, 6, 4: 30 / 7.
  expect(processChartOf([...EIGHT, 90, 10])).toMatchObject({
    centre: 50,
    low: expect.closeTo(50 - (2.66 * 30) / 7, 10) as number,
    high: expect.closeTo(50 + (2.66 * 30) / 7, 10) as number,
  });
});

test("seven readings have no limits, and neither have eight that are all alike", () => {
  expect(processChartOf(EIGHT.slice(1))).toBeNull();
  expect(processChartOf([40, 40, 40, 40, 40, 40, 40, 40, 90])).toBeNull();
});

test("a reading outside the limits is a sign, one within is none", () => {
  expect(signalsOf(61)).toEqual([]);
  expect(signalsOf(62)).toEqual([{ kind: "outside", direction: "up", from: 8, to: 8 }]);
  expect(signalsOf(38)).toEqual([{ kind: "outside", direction: "down", from: 8, to: 8 }]);
});

test("eight on one side of the centre are a sign; one on it begins the count anew", () => {
  // The last of the first eight lies below already.
  const seven = [49, 48, 49, 47, 49, 48];
  expect(signalsOf(51, ...seven, 49)).toEqual([]);
  expect(signalsOf(51, ...seven, 49, 48)).toEqual([
    { kind: "side", direction: "down", from: 9, to: 16 },
  ]);
  expect(signalsOf(51, ...seven, 50, 48)).toEqual([]);
});

test("six that climb are a sign, five are none, and two alike break the climb", () => {
  expect(signalsOf(47, 49, 51, 53)).toEqual([]);
  expect(signalsOf(46, 48, 50, 52, 54, 56)).toEqual([
    { kind: "climbing", direction: "up", from: 8, to: 13 },
  ]);
  expect(signalsOf(46, 48, 50, 50, 52, 54, 56)).toEqual([]);
});

/** The same rules written the long way: every stretch is looked at, and those within a longer one are dropped. */
function slowSignals(scores: readonly number[]): Signal[] {
  const first = scores.slice(0, 8);
  const centre = first.reduce((a, b) => a + b, 0) / 8;
  let moved = 0;
  for (let i = 1; i < 8; i++) moved += Math.abs(first[i]! - first[i - 1]!);
  const reach = (2.66 * moved) / 7;
  const found: Signal[] = [];
  for (let from = 0; from < scores.length; from++) {
    for (let to = from; to < scores.length; to++) {
      const part = scores.slice(from, to + 1);
      const every = (holds: (score: number, before: number | undefined) => boolean) =>
        part.every((score, i) => holds(score, part[i - 1]));
      if (every((s) => s > centre + reach))
        found.push({ kind: "outside", direction: "up", from, to });
      if (every((s) => s < centre - reach))
        found.push({ kind: "outside", direction: "down", from, to });
      if (part.length >= 8 && every((s) => s > centre))
        found.push({ kind: "side", direction: "up", from, to });
      if (part.length >= 8 && every((s) => s < centre))
        found.push({ kind: "side", direction: "down", from, to });
      if (part.length >= 6 && every((s, before) => before === undefined || s > before))
        found.push({ kind: "climbing", direction: "up", from, to });
      if (part.length >= 6 && every((s, before) => before === undefined || s < before))
        found.push({ kind: "climbing", direction: "down", from, to });
    }
  }
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one &&
          other.kind === one.kind &&
          other.direction === one.direction &&
          other.from <= one.from &&
          other.to >= one.to,
      ),
  );
}

test("on any series the signs are those that the long way finds", () => {
  const key = (one: Signal) => `${one.kind} ${one.direction} ${one.from} ${one.to}`;
  const steps = fc.integer({ min: -6, max: 6 });
  fc.assert(
    fc.property(fc.array(steps, { minLength: 8, maxLength: 30 }), fc.boolean(), (moves, walks) => {
      let at = 50;
      const scores = moves.map((move) => (walks ? (at += move) : 50 + move));
      const chart = processChartOf(scores);
      if (chart === null) return;
      expect(chart.signals.map(key).toSorted()).toEqual(slowSignals(scores).map(key).toSorted());
    }),
    { numRuns: 300 },
  );
});
