import { expect, test } from "vitest";
import { linesMatching, type ExerciseLine } from "./exercise-index.ts";

const line = (id: string, title: string, inOneLine: string, tags: string[] = []): ExerciseLine => ({
  id,
  title,
  inOneLine,
  shelf: "state",
  minutes: { from: 1, to: 2 },
  rhythm: "once",
  tags,
  crisis: false,
});
const lines = [
  line("want-should", "Want and should", "Sort what fills your week.", ["boundaries"]),
  line("energy-map", "Energy map", "What gives, and what takes."),
];
const found = (wanted: string) => linesMatching(lines, wanted).map(({ id }) => id);

test("the beginning of a word of the title, the line or a tag is enough", () => {
  expect(found("want")).toEqual(["want-should"]);
  expect(found("ENERG")).toEqual(["energy-map"]);
  expect(found("week")).toEqual(["want-should"]);
  expect(found("bound")).toEqual(["want-should"]);
});

test("all words must be there, in any order; accents don't matter", () => {
  expect(found("should want")).toEqual(["want-should"]);
  expect(found("énergy map")).toEqual(["energy-map"]);
  expect(found("want energy")).toEqual([]);
});
