import fc from "fast-check";
import { expect, test } from "vitest";
import { frequencyRules, measureOf, type FrequencyStep } from "./step.ts";

const step: FrequencyStep = {
  kind: "frequency",
  id: "f",
  ask: "How often?",
  statements: [
    { id: "a", text: "A" },
    { id: "b", text: "B" },
    { id: "c", text: "C", reversed: true },
  ],
  options: ["Never", "Now and then", "Often"],
  measure: {
    name: "Weight",
    better: "lower",
    says: [
      { from: 0, text: "Little." },
      { from: 60, text: "Much." },
    ],
  },
};
const given = (...places: (number | null)[]) => ({
  given: Object.fromEntries(
    ["a", "b", "c"].flatMap((id, i) => (places[i] == null ? [] : [[id, places[i]]])),
  ),
});

test("the measure runs from 0 to 100, and a reversed statement is turned", () => {
  expect(measureOf(step, given(0, 0, 2))?.score).toBe(0);
  expect(measureOf(step, given(2, 2, 0))?.score).toBe(100);
  expect(measureOf(step, given(1, 1, 1))).toEqual({
    name: "Weight",
    better: "lower",
    score: 50,
    says: "Little.",
  });
});

test("two of three answered are too few: nothing is guessed", () => {
  expect(measureOf(step, given(2, 2, null))).toBeNull();
  expect(frequencyRules.isAnswered(step, given(2, null, null))).toBe(true);
});

test("later steps take up what holds most, the most first", () => {
  expect(frequencyRules.entries(step, given(1, 2, 0))).toEqual(["B"]);
});

test("an answer beyond the options of this version counts as not given", () => {
  const read = frequencyRules.read(step, { given: { a: 6, b: 1, c: "x" } }, [])!;
  expect(read).toEqual({ given: { b: 1 } });
  fc.assert(fc.property(fc.anything(), (raw) => void frequencyRules.read(step, raw, [])));
});
