import { expect, test } from "vitest";
import { readLabelled, readPoints, readSigns } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import { learnFromLabelled, learnPoints, pointsByWeight } from "./crisis-learning.ts";
import { pointReader } from "./crisis-points.ts";

test("the points in content are those that the labelled and the ordinary sentences teach", async () => {
  const signs = await readContentFile("content", "crisis/signs", readSigns);
  const labelled = await readContentFile("content", "crisis/labelled", readLabelled);
  const ordinary = await readContentFile("content", "crisis/ordinary", readLabelled);
  const points = await readContentFile("content", "crisis/points", readPoints);
  const learned = learnFromLabelled(labelled, ordinary, signs);
  expect({ base: points.base, points: points.points }).toEqual({
    base: learned.base,
    points: pointsByWeight(learned),
  });
});

test("a word that stands only in danger gets points, one that stands in both hardly any", () => {
  const times = (words: string[], isDanger: boolean) =>
    Array.from({ length: 20 }, () => ({ words, isDanger }));
  const { base, points } = learnPoints([
    ...times(["the", "bridge", "calls"], true),
    ...times(["the", "clinic", "calls"], false),
  ]);
  expect(points.get("bridg")).toBeGreaterThan(2);
  expect(points.get("clinic")).toBeLessThan(-2);
  expect(points.has("call")).toBe(false);
  expect(base).toBe(0);
});

test("what stands in too few sentences teaches nothing", () => {
  const { points } = learnPoints([
    { words: ["rare"], isDanger: true },
    { words: ["rare", "day"], isDanger: true },
    { words: ["day"], isDanger: false },
  ]);
  expect([...points]).toEqual([]);
});

test("a passage has the points of its words and neighbours, each counted once", () => {
  const pointsOf = pointReader({
    kind: "crisis-points",
    version: 1,
    panel: 9,
    line: 5,
    short: { words: 0, each: 0 },
    apart: 0,
    likely: 0,
    explained: 0,
    base: -1,
    points: [
      { each: 4, features: ["think"] },
      { each: 2, features: ["^ think", "think $"] },
      { each: 100, features: ["other"] },
    ],
  });
  expect(pointsOf(["thinking"])).toBe(-1 + 4 + 2 + 2);
  expect(pointsOf(["i", "thinks", "thinking"])).toBe(-1 + 4 + 2);
  expect(pointsOf([])).toBe(-1);
});
