import { expect, test } from "vitest";
import fc from "fast-check";
import { slopeOf } from "./slope.ts";

const monthly = (...scores: number[]) =>
  scores.map((score, i) => ({
    day: Temporal.PlainDate.from("2026-01-01")
      .add({ days: 30 * i })
      .toString(),
    score,
  }));

test("the slope is the median of all pairs, and one wild reading does not move it much", () => {
  expect(slopeOf(monthly(10, 13, 16, 19, 22, 25))!.perDay).toBeCloseTo(0.1, 10);
  expect(slopeOf(monthly(10, 13, 100, 19, 22, 25))!.perDay).toBeCloseTo(0.1, 1);
});

test("the slopes that fit lie round the slope, and are ordered slopes of the readings themselves", () => {
  // Six readings 30 days apart: 15 slopes, of which the second and the fourteenth end the interval.
  const readings = monthly(10, 14, 15, 21, 20, 27);
  const slow: number[] = [];
  readings.forEach(({ score: a }, i) =>
    readings.forEach(({ score: b }, j) => j > i && slow.push((b - a) / (30 * (j - i)))),
  );
  slow.sort((a, b) => a - b);
  expect(slopeOf(readings)).toMatchObject({
    perDay: slow[7],
    from: slow[1],
    to: slow[13],
    leans: true,
  });
});

test("turned upside down, a series has the same slope downwards", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 20 }),
      (scores) => {
        const up = slopeOf(monthly(...scores))!;
        const down = slopeOf(monthly(...scores.map((score) => 100 - score)))!;
        expect(down.perDay).toBeCloseTo(-up.perDay, 10);
        expect(down.from).toBeCloseTo(-up.to, 10);
        expect(down.p).toBeCloseTo(up.p, 10);
        expect(up.from).toBeLessThanOrEqual(up.perDay);
        expect(up.to).toBeGreaterThanOrEqual(up.perDay);
      },
    ),
    { numRuns: 50 },
  );
});

test("chance alone leans in about five of a hundred series and not more", () => {
  // A small generator with a seed: the same four hundred series each time.
  let state = 7;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  let leaning = 0;
  for (let i = 0; i < 400; i++)
    if (slopeOf(monthly(...Array.from({ length: 9 }, next)))!.leans) leaning += 1;
  expect(leaning).toBeLessThanOrEqual(26);
  expect(leaning).toBeGreaterThan(4);
});

test("five days are too few, however many readings they hold, and one day counts once", () => {
  const five = monthly(10, 20, 30, 40, 50);
  expect(slopeOf([...five, ...five])).toBeNull();
  const six = monthly(10, 20, 30, 40, 50, 60);
  expect(slopeOf([...six, ...six])).toEqual(slopeOf(six));
});
