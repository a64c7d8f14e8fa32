import { expect, test } from "vitest";
import { sentencesOf } from "./sentence.ts";
import { spellingReader } from "./spelling.ts";

const read = spellingReader({
  spellings: { cannot: ["can not"], myself: ["my self"], about: ["abt"] },
  slips: ["suicidal", "want", "kill"],
});
const readAs = (text: string): string => read(sentencesOf(text)[0]!).words.join(" ");

test.each([
  ["I wnat it", "i want it"],
  ["I kkill it", "i kill it"],
  ["sucidal, suicdial, suicidall", "suicidal suicidal suicidal"],
  ["suuuuicidal and killll and sooo", "suicidal and kill and so"],
  ["thinking abt my self", "thinking about myself"],
  ["I can not", "i cannot"],
])("%s is read as %s", (typed, meant) => {
  expect(readAs(typed)).toBe(meant);
});

test("a short word with a letter missing is another word, and stays it", () => {
  expect(readAs("wan kil")).toBe("wan kil");
});

test("two words are joined only inside one clause, and clauses still begin where they did", () => {
  const sentence = read(sentencesOf("that I can, not that I can not")[0]!);
  expect(sentence.words.join(" ")).toBe("that i can not that i cannot");
  expect(sentence.begins).toEqual([true, false, false, true, false, false, false, true]);
});
