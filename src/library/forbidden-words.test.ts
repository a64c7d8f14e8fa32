import { expect, test } from "vitest";
import { forbiddenIn } from "./forbidden-words.ts";

const entries = [{ words: ["coach*", "dr", "burned out", "!"], why: "a reason" }];
const found = (text: string): string[] => forbiddenIn(text, entries).map((hit) => hit.found);

test("whole words are found in any case, and with any ending where a star stands", () => {
  expect(found("Your COACHING")).toEqual(["COACHING"]);
  expect(found("Dr. Osei")).toEqual(["Dr"]);
  expect(found("burned  out")).toEqual(["burned  out"]);
  expect(found("Now!")).toEqual(["!"]);
});

test("a part of another word is not the word", () => {
  expect(found("Drive to Andrea's; approach slowly")).toEqual([]);
});
