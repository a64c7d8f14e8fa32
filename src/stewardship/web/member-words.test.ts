import { expect, test } from "vitest";
import { DECISION_DETAILS } from "../decision-log.ts";
import { decisionToWords, words } from "./member-words.ts";

test("every decision there can be has a sentence of its own", () => {
  const said = Object.entries(DECISION_DETAILS).flatMap(([kind, details]) =>
    details.map((detail) => decisionToWords(kind, detail)),
  );
  for (const sentence of said) expect(sentence).toMatch(/^\p{Lu}.+\.$/u);
  expect(new Set(said).size).toBe(said.length);
});

test("what an older page doesn't know has no words, also where its name is that of something else", () => {
  expect(decisionToWords("verification-approved", "by dream")).toBeNull();
  expect(decisionToWords("toString", "name")).toBeNull();
  expect(decisionToWords("steward", "constructor")).toBeNull();
});

test("a quarter is told in months", () => {
  expect(words.logs.quarter("2026-Q4")).toBe("October to December 2026");
});
