import { expect, test } from "vitest";
import { timedRules, type TimedStep } from "./step.ts";

const step: TimedStep = {
  kind: "timed",
  id: "breath",
  title: "Slow breath",
  rounds: 5,
  phases: [{ text: "In and out", seconds: 10 }],
};

test("the rounds that were done are the answer, and none are no answer", () => {
  expect(timedRules.isAnswered(step, timedRules.empty(step, []))).toBe(false);
  expect(timedRules.toMarkdown(step, { rounds: 0 })).toBe("");
  expect(timedRules.toMarkdown(step, { rounds: 3 })).toBe("3 / 5");
});

test("of a longer version no more than this one's rounds are told", () => {
  expect(timedRules.read(step, { rounds: 8 }, [])).toEqual({ rounds: 5 });
});

test("what was never an answer is none", () => {
  for (const raw of [null, { rounds: -1 }, { rounds: 1.5 }, { rounds: "3" }])
    expect(timedRules.read(step, raw, [])).toBeNull();
});
