import { expect, test } from "vitest";
import fc from "fast-check";
import { readCheckInResults, readDrivers, readPathRules } from "#library/content-file.ts";
import type { Condition } from "#library/path.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import { findPaths, PATHS, type Picks } from "./path-finder.ts";

const rules = await readContentFile("content", "paths/rules", readPathRules);
const drivers = await readContentFile("content", "check-in/drivers", readDrivers);
const results = await readContentFile("content", "check-in/results", readCheckInResults);
const nothing: Picks = { drivers: [], wants: [], care: [], bands: {} };
const find = (picks: Partial<Picks>) =>
  findPaths(rules, drivers, results, { ...nothing, ...picks });

test("with nothing picked nothing is ranked, and all four paths are there", () => {
  const found = find({});
  expect(found.leading).toEqual([]);
  expect(found.ranked.map(({ path, points }) => [path, points])).toEqual(PATHS.map((p) => [p, 0]));
});

test("worked by hand: record and inbox and a better week lead to sustainable practice", () => {
  const found = find({ drivers: ["record", "inbox"], wants: ["better-week"] });
  expect(found.leading).toEqual(["sustainable-practice"]);
  expect(found.ranked.map(({ path, points }) => [path, points])).toEqual([
    ["sustainable-practice", 8],
    ["burnout", 3],
    ["career", 0],
    ["leadership", 0],
  ]);
});

test("reasons quote the person's own picks, the weightiest first", () => {
  const [first] = find({ drivers: ["volume"], wants: ["limits"] }).ranked;
  expect(first).toMatchObject({
    path: "burnout",
    reasons: [
      { picked: [{ by: "want", text: "to set limits that hold" }], points: 3 },
      { picked: [{ by: "driver", text: "too many patients in too little time" }], points: 2 },
    ],
  });
});

test.each([
  ["burnout", { drivers: ["body"], wants: ["rest", "limits"] }],
  ["career", { drivers: ["not-my-work"], wants: ["other-role"] }],
  ["leadership", { drivers: ["leading", "conflict"], wants: ["hard-talks"] }],
  ["sustainable-practice", { drivers: ["record", "pay"], wants: ["less-clinic"] }],
] as const)("somebody plainly on the path %s is told so", (path, picks) => {
  expect(find(picks).leading).toEqual([path]);
});

test("paths that tie lead together, in their usual order", () => {
  const found = find({ drivers: ["money"] });
  expect(found.leading).toEqual(["career", "sustainable-practice"]);
});

test("a check-in counts only when it is let in", () => {
  expect(find({ bands: { exhaustion: "high" } }).leading).toEqual(["burnout"]);
  expect(find({ bands: { exhaustion: "low" } }).leading).toEqual([]);
});

test("a rule that asks for two picks needs both", () => {
  const one = find({ drivers: ["no-say"] }).ranked.find(({ path }) => path === "leadership")!;
  const both = find({ drivers: ["no-say"], wants: ["change-place"] }).ranked[0]!;
  expect(one.reasons).toHaveLength(1);
  expect(both.reasons.some(({ picked }) => picked.length === 2)).toBe(true);
});

test("danger is answered first, and hides no path", () => {
  const found = find({ care: ["unsafe-at-work", "dark-thoughts"], drivers: ["bullying"] });
  expect(found.care.map(({ id, crisis }) => [id, crisis])).toEqual([
    ["dark-thoughts", true],
    ["unsafe-at-work", false],
  ]);
  expect(found.ranked).toHaveLength(4);
});

test("a check-in that is heavy all round raises the question of illness by itself", () => {
  const bands = { exhaustion: "high", purpose: "low", recovery: "low" } as const;
  expect(find({ bands }).care.map(({ id }) => id)).toEqual(["low-mood"]);
  expect(find({ bands: { ...bands, purpose: "middle" } }).care).toEqual([]);
});

test("picks of an older version that no longer exist change nothing", () => {
  expect(
    find({ drivers: ["gone"], wants: ["gone"], care: ["gone"], bands: { gone: "high" } }),
  ).toEqual(find({}));
});

const idsOf = (list: readonly { id: string }[]) => fc.subarray(list.map(({ id }) => id));
const anyPicks = fc.record({
  drivers: idsOf(drivers.drivers),
  wants: idsOf(rules.wants),
  care: idsOf(rules.care),
  bands: fc.dictionary(
    fc.constantFrom(...results.dimensions.map(({ id }) => id)),
    fc.constantFrom("low" as const, "middle" as const, "high" as const),
  ),
});

test("points agree with an independent sum over the rules, and order follows points", () => {
  const isMet = (c: Condition, p: Picks): boolean =>
    "driver" in c
      ? p.drivers.some((id) => id === c.driver)
      : "want" in c
        ? p.wants.some((id) => id === c.want)
        : p.bands[c.dimension] === c.band;
  fc.assert(
    fc.property(anyPicks, (picks) => {
      const { ranked, leading } = find(picks);
      for (const { path, points } of ranked) {
        let sum = 0;
        for (const rule of rules.rules) {
          if (!rule.when.every((c) => isMet(c, picks))) continue;
          for (const add of rule.adds) if (add.path === path) sum += add.points;
        }
        expect(points).toBe(sum);
      }
      const order = ranked.map(({ points }) => points);
      expect(order).toEqual(order.toSorted((a, b) => b - a));
      expect(new Set(ranked.map(({ path }) => path)).size).toBe(4);
      expect(leading.length > 0).toBe(order[0]! > 0);
    }),
  );
});

test("another pick never takes points from a path", () => {
  fc.assert(
    fc.property(
      anyPicks,
      fc.constantFrom(...drivers.drivers.map(({ id }) => id)),
      (picks, more) => {
        const before = new Map(find(picks).ranked.map(({ path, points }) => [path, points]));
        for (const { path, points } of find({ ...picks, drivers: [...picks.drivers, more] })
          .ranked) {
          expect(points).toBeGreaterThanOrEqual(before.get(path)!);
        }
      },
    ),
  );
});
