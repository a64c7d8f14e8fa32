import { expect, test } from "vitest";
import { scaleRules, scaleScore, type ScaleStep } from "./step.ts";

const step: ScaleStep = {
  kind: "scale",
  id: "s",
  ask: "How far?",
  low: "Near",
  high: "Far",
  steps: 11,
};

test("a value is told with its ends, and drawn on 0 to 100", () => {
  expect(scaleRules.toMarkdown(step, { value: 7 })).toBe("**7** (0: near, 10: far)");
  expect(scaleScore(step, { value: 7 })).toBe(70);
  expect(scaleScore(step, { value: null })).toBeNull();
});

test("the lowest value is an answer too", () => {
  expect(scaleRules.isAnswered(step, { value: 0 })).toBe(true);
});

test("a value that this version's scale has not is no answer", () => {
  expect(scaleRules.read(step, { value: 11 }, [])).toEqual({ value: null });
  expect(scaleRules.read(step, { value: 2.5 }, [])).toEqual({ value: null });
  expect(scaleRules.read(step, 3, [])).toBeNull();
});
