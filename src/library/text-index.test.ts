import fc from "fast-check";
import { expect, test } from "vitest";
import { makeTextIndex, wordsOf } from "./text-index.ts";

const text = (id: string, words: string, title = "", tags: readonly string[] = []) => ({
  id,
  title,
  tags,
  text: words,
});

function indexOf(...texts: ReturnType<typeof text>[]) {
  const index = makeTextIndex();
  for (const each of texts) index.add(each);
  return index;
}

test("every word asked for must begin a word of the text", () => {
  const index = indexOf(text("a", "The night shift was long"), text("b", "A long letter"));
  expect(index.find("lon")).toEqual(expect.arrayContaining(["a", "b"]));
  expect(index.find("long shi")).toEqual(["a"]);
  expect(index.find("long winter")).toEqual([]);
});

test("a title weighs more than the text, whatever came first", () => {
  const index = indexOf(
    text("in-text", "about delegation, in passing"),
    text("in-title", "x", "Delegation"),
  );
  expect(index.find("delegation")).toEqual(["in-title", "in-text"]);
});

test("a word that begins none is taken for a slip; one that begins some is not", () => {
  const index = indexOf(text("a", "perfectionism"), text("b", "a perfect day"));
  expect(index.find("perfectonism")).toEqual(["a"]);
  expect(index.find("prefectionis")).toEqual(["a"]);
  expect(index.find("perfect")).toHaveLength(2);
  expect(index.find("perfection")).toEqual(["a"]);
  expect(index.find("dya")).toEqual([]);
});

test("the very word comes before one that begins with it, else the earlier text", () => {
  const index = indexOf(text("a", "resting"), text("b", "rest"), text("c", "resting"));
  expect(index.find("rest")).toEqual(["b", "a", "c"]);
});

test("accents, case and apostrophes make no difference", () => {
  expect(wordsOf("Café, DON\u2019T don't")).toEqual(["cafe", "dont", "dont"]);
  expect(indexOf(text("a", "I couldn\u2019t")).find("couldn't")).toEqual(["a"]);
});

test("a text that was replaced or removed is found by its old words no more", () => {
  const index = indexOf(text("a", "owls"));
  index.replace(text("a", "larks"));
  expect(index.find("owls")).toEqual([]);
  expect(index.find("larks")).toEqual(["a"]);
  index.remove("a");
  index.remove("never there");
  expect(index.find("larks")).toEqual([]);
});

test("common words are passed over in what is asked too", () => {
  const index = makeTextIndex({ common: new Set(["the"]) });
  index.add(text("a", "the owls"));
  expect(index.find("the owls")).toEqual(["a"]);
  expect(index.find("the")).toEqual([]);
});

test("whatever is asked is answered, and any word of a text finds it", () => {
  const index = makeTextIndex();
  index.add(text("a", "quiet morning before rounds"));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (query) => {
      expect(Array.isArray(index.find(query))).toBe(true);
    }),
  );
  for (const word of wordsOf("quiet morning before rounds"))
    expect(index.find(word)).toEqual(["a"]);
});

test("what is found is what a plain reading of every text finds, also after changes", () => {
  const words = fc.array(fc.constantFrom("ox", "oxen", "owl", "owls", "ant", "o"), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), words, fc.nat(11), (texts, asked, removed) => {
      const index = makeTextIndex();
      texts.forEach((each, id) => index.add(text(String(id), each.join(" "))));
      index.remove(String(removed));
      const has = (own: readonly string[], word: string) =>
        own.some((each) => each === word || (word.length > 1 && each.startsWith(word)));
      const plain = texts.flatMap((own, id) =>
        id !== removed && asked.length > 0 && asked.every((word) => has(own, word))
          ? [String(id)]
          : [],
      );
      expect(index.find(asked.join(" ")).toSorted()).toEqual(plain.toSorted());
    }),
  );
});
