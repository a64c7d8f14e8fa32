import { expect, test } from "vitest";
import fc from "fast-check";
import { piecesOf, sentencesOf } from "./sentence.ts";

const wordsOf = (text: string): string[] => sentencesOf(text).map(({ words }) => words.join(" "));

test("words lose case, accents and apostrophes, whichever of the apostrophes it is", () => {
  expect(wordsOf("I DON’T")).toEqual(["i dont"]);
  expect(wordsOf("I don´t, I don`t, I don't")).toEqual(["i dont i dont i dont"]);
  expect(wordsOf("the Café")).toEqual(["the cafe"]);
});

test("sentences end at stops and new lines, but three dots are only a pause", () => {
  expect(wordsOf("One. Two!\nthree; four")).toEqual(["one", "two", "three", "four"]);
  expect(wordsOf("one... two… three")).toEqual(["one two three"]);
});

test("every sentence says where its clauses begin, and that one ends with it", () => {
  const [sentence] = sentencesOf("Tired, I said (twice) - gone");
  expect(sentence?.words).toEqual(["tired", "i", "said", "twice", "gone"]);
  expect(sentence?.begins).toEqual([true, true, false, true, true, true]);
});

test("a long sentence is read in pieces that overlap, and a piece that is cut off ends no clause", () => {
  const words = Array.from({ length: 150 }, (_, i) => `w${i}`);
  const pieces = piecesOf(sentencesOf(words.join(" "))[0]!);
  expect(pieces.map((piece) => piece.words[0])).toEqual(["w0", "w40", "w80", "w120"]);
  expect(new Set(pieces.flatMap((piece) => piece.words))).toEqual(new Set(words));
  expect(pieces.map((piece) => piece.begins.at(-1))).toEqual([false, false, false, true]);
});

test("any text at all is taken apart without a throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
      for (const sentence of sentencesOf(text)) {
        expect(sentence.words.length).toBeGreaterThan(0);
        expect(sentence.begins).toHaveLength(sentence.words.length + 1);
        for (const piece of piecesOf(sentence)) {
          expect(piece.begins).toHaveLength(piece.words.length + 1);
        }
      }
    }),
  );
});
