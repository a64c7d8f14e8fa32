import { expect, test } from "vitest";
import { reviewRules, type ReviewStep } from "./step.ts";

const step: ReviewStep = {
  kind: "review",
  id: "back",
  ask: "What has moved?",
  shows: [{ step: "sides" }],
  of: "last-time",
  reply: "What do you make of it?",
};

test("looking back is no answer; what one makes of it is", () => {
  expect(reviewRules.isAnswered(step, reviewRules.empty(step, []))).toBe(false);
  expect(reviewRules.entries(step, { reply: " \n" })).toEqual([]);
  const said = { reply: " Less than I thought. " };
  expect(reviewRules.isAnswered(step, said)).toBe(true);
  expect(reviewRules.entries(step, said)).toEqual(["Less than I thought."]);
  expect(reviewRules.toMarkdown(step, said)).toBe("Less than I thought.");
});

test("what was never an answer is none", () => {
  for (const raw of [null, "Less", { reply: 3 }])
    expect(reviewRules.read(step, raw, [])).toBeNull();
});
