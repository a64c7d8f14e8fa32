import fc from "fast-check";
import { expect, test } from "vitest";
import {
  commonHours,
  isSmallCircle,
  mergedThemes,
  pairsToMerge,
  type WillingCircle,
} from "./merging.ts";

const circle = (id: string, given: Partial<WillingCircle> = {}): WillingCircle => ({
  id,
  language: "en",
  themes: ["meaning"],
  hours: [3],
  members: 3,
  employers: [],
  ...given,
});

const idsOf = (circles: readonly WillingCircle[]): string[][] =>
  pairsToMerge(circles)
    .map((pair) => pair.map(({ id }) => id).toSorted())
    .toSorted((one, other) => (one[0]! < other[0]! ? -1 : 1));

test("a circle is small where four sit, or where fewer than four came to the last two meetings", () => {
  const came = (...counts: number[]) =>
    counts.map((count, at) => ({ meeting: at + 1, start: at, came: count }));
  expect(isSmallCircle(4, [])).toBe(true);
  expect(isSmallCircle(5, came(3, 4))).toBe(false);
  expect(isSmallCircle(6, came(6, 3, 2))).toBe(true);
  // Nobody could join a circle of eight.
  expect(isSmallCircle(8, came(3, 3))).toBe(false);
});

test.each([
  ["another language", { language: "de" }],
  ["no common hour", { hours: [4] }],
  ["nine together", { members: 6 }],
  ["four together", { members: 1 }],
  ["the same employer, where both wished not to meet it", { employers: ["a", "b"] }],
])("two circles don't join over %s", (_, given) => {
  expect(idsOf([circle("one", { employers: ["b"] }), circle("other", given)])).toEqual([]);
});

test("two circles join where the wishes are about different employers, at the hours that all have", () => {
  const one = circle("one", { employers: ["a"], hours: [1, 3, 5] });
  const other = circle("other", { employers: ["b"], hours: [5, 3], members: 5 });
  expect(idsOf([one, other])).toEqual([["one", "other"]]);
  expect(commonHours(one, other)).toEqual([3, 5]);
});

test("of three the two join that share most", () => {
  const themes = ["error", "meaning"];
  const three = [circle("a"), circle("b", { themes }), circle("c", { themes })];
  expect(idsOf(three)).toEqual([["b", "c"]]);
});

test("two pairs are better than the best one", () => {
  const themes = ["error", "meaning", "family"];
  const chain = [
    circle("a", { hours: [1] }),
    circle("b", { hours: [1, 2, 5], themes }),
    circle("c", { hours: [2, 4, 5], themes }),
    circle("d", { hours: [4] }),
  ];
  expect(idsOf(chain)).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
});

test("the new circle is about what both were about first, and then about what either was", () => {
  expect(mergedThemes(["family", "error"], ["meaning", "error"], 3)).toEqual([
    "error",
    "family",
    "meaning",
  ]);
  expect(mergedThemes([], ["meaning"], 3)).toEqual(["meaning"]);
});

const circles = (most: number) =>
  fc
    .array(
      fc.record({
        language: fc.constantFrom("en", "de"),
        themes: fc.uniqueArray(fc.constantFrom("meaning", "error", "family"), { maxLength: 3 }),
        hours: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }),
        members: fc.integer({ min: 1, max: 7 }),
        employers: fc.uniqueArray(fc.constantFrom("a", "b"), { maxLength: 1 }),
      }),
      { maxLength: most },
    )
    .map((all) => all.map((each, at) => circle(String(at), each)));

const mayJoin = (one: WillingCircle, other: WillingCircle) =>
  one.language === other.language &&
  commonHours(one, other).length > 0 &&
  one.members + other.members >= 5 &&
  one.members + other.members <= 8 &&
  !one.employers.some((employer) => other.employers.includes(employer));

/** By trying everything. */
function mostPairs([first, ...others]: readonly WillingCircle[]): number {
  if (first === undefined) return 0;
  const joined = others
    .filter((other) => mayJoin(first, other))
    .map((other) => 1 + mostPairs(others.filter((each) => each !== other)));
  return Math.max(mostPairs(others), ...joined);
}

test("every pair may join, no circle joins twice, and no other division has more pairs", () => {
  fc.assert(
    fc.property(circles(8), (some) => {
      const pairs = pairsToMerge(some);
      expect(pairs.every(([one, other]) => mayJoin(one, other))).toBe(true);
      expect(new Set(pairs.flat()).size).toBe(2 * pairs.length);
      expect(pairs.length).toBe(mostPairs(some));
    }),
    { numRuns: 60 },
  );
});

test("of a hundred that could all join each other, fifty pairs are found at once", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => circle(String(at)));
  expect(pairsToMerge(hundred)).toHaveLength(50);
});
