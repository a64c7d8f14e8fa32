import { expect, test } from "vitest";
import fc from "fast-check";
import { patternIndex } from "./pattern-index.ts";
import { sentencesOf } from "./sentence.ts";
import { compilePattern, findSpans } from "./word-pattern.ts";

const known = { words: { fruit: ["apple", "pear", "grape*"] }, gapStops: ["he"] };
const entries = [
  "a red|green @fruit",
  "@fruit ..2 $",
  "red? the",
  "gr* $",
  "not? $|apple",
  "he ate apple",
].map((pattern) => ({ pattern: compilePattern(pattern, known) }));

test("no pattern that matches a sentence is passed over", () => {
  const possible = patternIndex(entries);
  const word = fc.constantFrom(
    "a",
    "red",
    "the",
    "apple",
    "grapes",
    "green",
    "he",
    "ate",
    "not",
    ",",
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      for (const sentence of sentencesOf(words.join(" "))) {
        const offered = possible(sentence);
        for (const entry of entries) {
          if (findSpans(entry.pattern, sentence).length > 0) expect(offered).toContain(entry);
        }
      }
    }),
  );
});

test("a sentence without the words of a pattern is not tried on it", () => {
  expect(patternIndex(entries.slice(0, 1))(sentencesOf("the red house")[0]!)).toEqual([]);
});
