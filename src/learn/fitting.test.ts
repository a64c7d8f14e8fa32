import { expect, test } from "vitest";
import { fittingEntries } from "./fitting.ts";
import type { ContentEntry } from "./learn-text.ts";

const entry = (
  name: string,
  stages: readonly string[],
  path: string | null = null,
): ContentEntry => ({
  name,
  title: name,
  inOneLine: name,
  tags: [],
  minutes: 3,
  stages,
  path,
});
const entries = [
  entry("learn/evidence/of-residents", ["resident"]),
  entry("learn/topics/for-all", []),
  entry("learn/topics/for-residents", ["resident"]),
  entry("learn/programmes/career-attending", ["attending"], "career"),
  entry("learn/programmes/career-resident", ["resident"], "career"),
  entry("learn/programmes/burnout-resident", ["resident"], "burnout"),
];

test("the programme of one's path and stage comes first, then texts for the stage", () => {
  expect(fittingEntries(entries, "career", "resident").map(({ name }) => name)).toEqual([
    "learn/programmes/career-resident",
    "learn/topics/for-residents",
  ]);
});

test("without a path no programme is pushed forward", () => {
  expect(fittingEntries(entries, null, "resident").map(({ name }) => name)).toEqual([
    "learn/topics/for-residents",
  ]);
});

test("where nothing is known of somebody nothing is said to fit", () => {
  expect(fittingEntries(entries, null, null)).toEqual([]);
});
