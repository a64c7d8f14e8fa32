import { expect, test } from "vitest";
import fc from "fast-check";
import { readCheckIn } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import {
  changeBetween,
  changeThreshold,
  noiseOf,
  standardError,
  standardErrorOfDifference,
  verdictsOf,
  type ChangeState,
  type Noise,
} from "./change.ts";

const full = await readContentFile("content", "check-in/full", readCheckIn);
const noise = (sd: number, r: number): Noise => ({
  sd,
  r,
  source: "a worked example",
  assumed: false,
  version: "example@1",
});
const at = (day: number, score: number) => ({
  day: `2026-01-${String(day).padStart(2, "0")}`,
  score,
});
const series = (...scores: number[]) => scores.map((score, i) => at(i + 1, score));

test("thresholds agree with the published ones: 16.5, 17.7 and 18.9 points for the three CBI scales", () => {
  // Kristensen 2005 (PUMA): SD and alpha 16.5/.87, 17.7/.87, 17.6/.85.
  expect(changeThreshold(noise(16.5, 0.87))).toBeCloseTo(16.5, 1);
  expect(changeThreshold(noise(17.7, 0.87))).toBeCloseTo(17.7, 1);
  expect(changeThreshold(noise(17.6, 0.85))).toBeCloseTo(18.9, 1);
});

test("PHQ-9 with SD 6.1 and r .89 needs 5.6 points, GAD-7 with 4.7 and .92 needs 3.7", () => {
  expect(changeThreshold(noise(6.1, 0.89))).toBeCloseTo(5.6, 1);
  expect(changeThreshold(noise(4.7, 0.92))).toBeCloseTo(3.7, 1);
});

test("worked by hand: SD 20 and r .75 give SEM 10, Sdiff 14.14, threshold 27.72", () => {
  const worked = noise(20, 0.75);
  expect(standardError(worked)).toBe(10);
  expect(standardErrorOfDifference(worked)).toBeCloseTo(14.142, 3);
  expect(changeThreshold(worked)).toBeCloseTo(27.719, 3);
});

test("a move just under the threshold is no clear change, just over it is one", () => {
  const n = noise(20, 0.75);
  expect(changeBetween(at(1, 50), at(2, 77.7), n, "higher").state).toBe("no-clear-change");
  expect(changeBetween(at(1, 50), at(2, 77.8), n, "higher").state).toBe("improved");
  expect(changeBetween(at(1, 50), at(2, 77.8), n, "lower").state).toBe("worsened");
  expect(changeBetween(at(1, 77.8), at(2, 50), n, "lower").state).toBe("improved");
});

test("one change is not yet a trend, two in a row are, and so is one by half as much again", () => {
  const n = noise(20, 0.75);
  const told = (...scores: number[]) =>
    verdictsOf(series(...scores), n, "lower").map(({ state, trend }) => [state, trend]);
  expect(told(80, 50)).toEqual([["improved", false]]);
  expect(told(80, 50, 45)).toEqual([
    ["improved", false],
    ["improved", true],
  ]);
  expect(told(80, 50, 75)).toEqual([
    ["improved", false],
    ["no-clear-change", false],
  ]);
  expect(told(80, 38)).toEqual([["improved", true]]);
});

test("after a trend the new level is what later readings are compared with", () => {
  const verdicts = verdictsOf(series(80, 50, 45, 50, 80), noise(20, 0.75), "lower");
  expect(verdicts.map(({ state, since }) => [state, since])).toEqual([
    ["improved", "2026-01-01"],
    ["improved", "2026-01-01"],
    ["no-clear-change", "2026-01-03"],
    ["worsened", "2026-01-03"],
  ]);
});

test("slow steps, none of them large, add up to a change", () => {
  const verdicts = verdictsOf(series(20, 28, 36, 44, 52, 60), noise(20, 0.75), "lower");
  expect(verdicts.map(({ state }) => state).slice(0, 3)).toEqual(
    Array.from({ length: 3 }, () => "no-clear-change"),
  );
  expect(verdicts.at(-1)).toMatchObject({ state: "worsened", trend: true });
});

test("every verdict keeps what it rests on", () => {
  const declared = noiseOf(full, "exhaustion");
  expect(changeBetween(at(1, 0), at(2, 100), declared, "lower").noise).toEqual({
    sd: 22,
    r: 0.75,
    source: "Assumed for three questions, until this community has its own baseline.",
    assumed: true,
    version: "full@1",
  });
});

/** The rule again, slowly: from the beginning for every reading, by trying all earlier ones. */
function slowStates(scores: readonly number[], n: Noise): [ChangeState, boolean][] {
  const limit = 1.96 * Math.sqrt(2 * n.sd * n.sd * (1 - n.r));
  const told: [ChangeState, boolean][] = [];
  const levelBefore = (i: number): number => {
    for (let j = i - 1; j > 0; j--) if (told[j - 1]![1]) return scores[j]!;
    return scores[0]!;
  };
  for (let i = 1; i < scores.length; i++) {
    const move = scores[i]! - levelBefore(i);
    const state: ChangeState =
      Math.abs(move) / limit < 1 ? "no-clear-change" : move < 0 ? "improved" : "worsened";
    const previous = told[i - 2];
    const again = previous !== undefined && !previous[1] && previous[0] === state;
    told.push([state, Math.abs(move) / limit >= 1.5 || (state !== "no-clear-change" && again)]);
  }
  return told;
}

test("verdicts agree with an independent, slower telling of the rule", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 48 }), { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 5, max: 30 }),
      fc.integer({ min: 0, max: 95 }),
      (steps, sd, r100) => {
        const scores = steps.map((step) => (step * 100) / 48);
        const n = noise(sd + 0.137, r100 / 100);
        const fast = verdictsOf(series(...scores), n, "lower");
        expect(fast.map(({ state, trend }) => [state, trend])).toEqual(slowStates(scores, n));
      },
    ),
  );
});

test("turning the direction round turns improved and worsened round, and nothing else", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 12 });
  const swap = { improved: "worsened", worsened: "improved", "no-clear-change": "no-clear-change" };
  fc.assert(
    fc.property(scores, (values) => {
      const one = verdictsOf(series(...values), noise(20, 0.75), "lower");
      const other = verdictsOf(series(...values), noise(20, 0.75), "higher");
      expect(other.map(({ state }) => state)).toEqual(one.map(({ state }) => swap[state]));
    }),
  );
});
