import fc from "fast-check";
import { expect, test } from "vitest";
import { wordsOf } from "#library/text-index.ts";
import { packWords, unpackWords } from "./search-words.ts";

test("what was packed comes back: the words of each text, each once", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z/-]{1,12}$/), fc.lorem(), { maxKeys: 8 }),
      (texts) => {
        const unpacked = unpackWords(packWords(new Map(Object.entries(texts))));
        expect([...unpacked.keys()].toSorted()).toEqual(Object.keys(texts).toSorted());
        for (const [name, text] of Object.entries(texts))
          expect(unpacked.get(name)).toBe([...new Set(wordsOf(text))].toSorted().join(" "));
      },
    ),
  );
});

test("a word in nearly every text is named as common and kept for none", () => {
  const texts = Array.from({ length: 20 }, (_, i) => [`t${i}`, `the word${i}`] as const);
  const packed = packWords(new Map(texts));
  expect(packed.common).toEqual(["the"]);
  expect(unpackWords(packed).get("t7")).toBe("word7");
});
