import fc from "fast-check";
import { expect, test } from "vitest";
import { isSlipOf } from "./slip.ts";

test.each([
  ["perfectonism", "perfectionism"],
  ["perfetcionism", "perfectionism"],
  ["burnnout", "burnout"],
  ["butnout", "burnout"],
  ["ubrnout", "burnout"],
  ["litigtion", "litigation"],
  ["litigt", "litigation"],
])("%s is a slip of %s", (typed, word) => {
  expect(isSlipOf(typed, word)).toBe(true);
});

test.each([
  ["burnout", "turnout"],
  ["burns", "barks"],
  ["meaning", "mean"],
  ["boundary", "bandage"],
])("%s is no slip of %s", (typed, word) => {
  expect(isSlipOf(typed, word)).toBe(false);
});

test("one letter dropped, doubled or swapped behind the first is always a slip", () => {
  const word = fc.stringMatching(/^[a-z]{6,14}$/);
  fc.assert(
    fc.property(word, fc.nat(), (whole, place) => {
      const at = 1 + (place % (whole.length - 2));
      const dropped = whole.slice(0, at) + whole.slice(at + 1);
      const doubled = whole.slice(0, at) + whole[at] + whole.slice(at);
      const swapped = whole.slice(0, at) + whole[at + 1] + whole[at] + whole.slice(at + 2);
      for (const typed of [dropped, doubled, swapped]) expect(isSlipOf(typed, whole)).toBe(true);
    }),
  );
});
