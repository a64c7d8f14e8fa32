import { expect, test } from "vitest";
import { sentencesOf } from "./sentence.ts";
import { compilePattern, findSpans } from "./word-pattern.ts";

const known = {
  words: { fruit: ["apple", "pear", "grape*"], small: ["a", "very"] },
  gapStops: ["he"],
};
const matches = (pattern: string, text: string): boolean =>
  sentencesOf(text).some(
    (sentence) => findSpans(compilePattern(pattern, known), sentence).length > 0,
  );

test("a word matches itself and no longer one", () => {
  expect(matches("cafe", "the Café")).toBe(true);
  expect(matches("cafe", "cafeteria")).toBe(false);
});

test("alternatives, stems, sets and optional words", () => {
  expect(matches("red|green @fruit", "a green pear")).toBe(true);
  expect(matches("@fruit", "grapefruit")).toBe(true);
  expect(matches("eat the? pear", "eat pear")).toBe(true);
  expect(matches("eat the? pear", "eat the pear")).toBe(true);
  expect(matches("eat the? pear", "eat my pear")).toBe(false);
});

test("a gap is bounded and never runs across a stop", () => {
  expect(matches("want ..2 pear", "want one ripe pear")).toBe(true);
  expect(matches("want ..2 pear", "want one big ripe pear")).toBe(false);
  expect(matches("want ..2 pear", "want he pear")).toBe(false);
});

test("a run takes only words of its set, and a barred run none of them", () => {
  expect(matches("want @small+3 pear", "want a very very pear")).toBe(true);
  expect(matches("want @small+3 pear", "want one pear")).toBe(false);
  expect(matches("want !@small+3 pear", "want one pear")).toBe(true);
  expect(matches("want !@small+3 pear", "want a pear")).toBe(false);
});

test("beginnings and ends are those of sentences and clauses", () => {
  expect(matches("^ pear", "First, pear.")).toBe(true);
  expect(matches("^ pear", "one pear")).toBe(false);
  expect(matches("pear $", "a pear, then")).toBe(true);
  expect(matches("pear $", "a pear tree")).toBe(false);
});

test("the end may stand among alternatives", () => {
  expect(matches("a pear today|$", "a pear, then")).toBe(true);
  expect(matches("a pear today|$", "a pear today it is")).toBe(true);
  expect(matches("a pear today|$", "a pear tree")).toBe(false);
});

test("a match never crosses the end of a sentence, but three dots are only a pause", () => {
  expect(matches("one ..4 pear", "one. pear")).toBe(false);
  expect(matches("one ..4 pear", "one... pear")).toBe(true);
});

test("a set that does not exist is a mistake in content", () => {
  expect(() => compilePattern("@nothing", known)).toThrow(/No set/);
});

test.each(["two words|..3", "pear+3", "Pear", "a||b", "@fruit+", "pear!"])(
  "%s is a mistake in content",
  (pattern) => {
    expect(() => compilePattern(pattern, known)).toThrow(/Not a part/);
  },
);

test("twenty thousand words are matched quickly", () => {
  const endless = "want a very ".repeat(20_000);
  const start = performance.now();
  matches("want @small+5 ..5 pear", endless);
  expect(performance.now() - start).toBeLessThan(2_000);
});
