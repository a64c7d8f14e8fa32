import { expect, test } from "vitest";
import fc from "fast-check";
import { circleAt, placeAfter, roundMs, roundsDone } from "./clock.ts";
import type { TimedStep } from "./step.ts";

const breath: TimedStep = {
  kind: "timed",
  id: "breath",
  title: "Slow breath",
  rounds: 3,
  phases: [
    { text: "In", seconds: 4, moves: "grows" },
    { text: "Hold", seconds: 2, moves: "holds" },
    { text: "Out", seconds: 6, moves: "shrinks" },
  ],
};

test("the seconds of a phase count down from its length to one, and then the next begins", () => {
  expect(placeAfter(breath, 0)).toMatchObject({ round: 0, phase: 0, secondsLeft: 4 });
  expect(placeAfter(breath, 3_999)).toMatchObject({ phase: 0, secondsLeft: 1 });
  expect(placeAfter(breath, 4_000)).toMatchObject({ phase: 1, secondsLeft: 2, gone: 0 });
  expect(placeAfter(breath, 12_000)).toMatchObject({ round: 1, phase: 0 });
});

test("a page that slept through the rest is at the end, with every round done", () => {
  expect(placeAfter(breath, 10 * 60_000)).toEqual({ at: "end" });
  expect(roundsDone(breath, 10 * 60_000)).toBe(3);
  expect(roundsDone(breath, 23_999)).toBe(1);
});

test("the circle grows with the breath in, keeps its size through the hold and shrinks with the breath out", () => {
  const sizes = [0, 2_000, 4_000, 5_900, 9_000].map((ms) =>
    circleAt(breath, placeAfter(breath, ms)),
  );
  expect(sizes).toEqual([0, 0.5, 1, 1, 0.5]);
});

test("a hold at the beginning of a round keeps what the round before ended with", () => {
  const rising: TimedStep = {
    ...breath,
    phases: [
      { text: "Wait", seconds: 1, moves: "holds" },
      { text: "In", seconds: 1, moves: "grows" },
    ],
  };
  const sizes = [500, 2_500].map((ms) => circleAt(rising, placeAfter(rising, ms)));
  expect(sizes).toEqual([0, 1]);
});

test("at every moment there is one phase, and going to its end leads to the next", () => {
  const steps = fc.record({
    rounds: fc.integer({ min: 1, max: 5 }),
    seconds: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 }),
  });
  fc.assert(
    fc.property(steps, fc.nat(600_000), ({ rounds, seconds }, elapsed) => {
      const step: TimedStep = {
        ...breath,
        rounds,
        phases: seconds.map((each) => ({ text: "Wait", seconds: each })),
      };
      const place = placeAfter(step, elapsed);
      if (place.at === "end") {
        expect(elapsed).toBeGreaterThanOrEqual(rounds * roundMs(step));
        return;
      }
      expect(place.gone).toBeGreaterThanOrEqual(0);
      expect(place.gone).toBeLessThan(1);
      expect(place.secondsLeft).toBeGreaterThanOrEqual(1);
      expect(place.secondsLeft).toBeLessThanOrEqual(seconds[place.phase]!);
      const next = placeAfter(step, place.endsAt);
      const isLast = place.phase === seconds.length - 1;
      if (isLast && place.round === rounds - 1) expect(next).toEqual({ at: "end" });
      else
        expect(next).toMatchObject({
          round: isLast ? place.round + 1 : place.round,
          phase: isLast ? 0 : place.phase + 1,
          gone: 0,
        });
    }),
  );
});
