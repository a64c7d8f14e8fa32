import { expect, test } from "vitest";
import { readingGrade } from "./reading-level.ts";

test("short words in short sentences read at an early grade", () => {
  // 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59.
  expect(readingGrade("The cat sat on the mat.")).toBeCloseTo(-1.45, 2);
});

test("office prose reads at a late one", () => {
  expect(
    readingGrade(
      "Organisational optimisation necessitates comprehensive prioritisation of administrative responsibilities throughout institutional infrastructures.",
    ),
  ).toBeGreaterThan(20);
});

test("a few words have no grade", () => {
  expect(readingGrade("Only you.")).toBeNull();
});
