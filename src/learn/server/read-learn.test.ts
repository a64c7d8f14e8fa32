import fc from "fast-check";
import { expect, test } from "vitest";
import { linksIn, plainTexts } from "../document.ts";
import { readLearn } from "./read-learn.ts";
import { headingId, readMarkdown } from "./read-markdown.ts";

const front = `---
kind: lesson
id: others-first
version: 1
language: en
title: Others first
inOneLine: Why it was taught, and what it costs.
tags: [meaning]
next: [learn/topics/boundaries]
licence: AGPL-3.0-or-later
---
`;

test("a text is read into its front matter and its tree", () => {
  const { text, faults } = readLearn(
    "learn/lessons/others-first",
    `${front}
## On the ward

You **learn** it *early*, as [limits](learn/topics/boundaries) tell.

- one
- two

> "Not now."

| a | b |
| - | - |
| 1 | 2 |
`,
  );
  expect(faults).toEqual([]);
  expect(text!.front.title).toBe("Others first");
  expect(text!.body.map(({ kind }) => kind)).toEqual([
    "heading",
    "paragraph",
    "list",
    "quote",
    "table",
  ]);
  expect(plainTexts(text!.body)).toEqual([
    "On the ward",
    "You learn it early, as limits tell.",
    "one",
    "two",
    '"Not now."',
    "a · b",
    "1 · 2",
  ]);
  expect(linksIn(text!.body)).toEqual(["learn/topics/boundaries"]);
});

test.each([
  ["HTML", "A <b>word</b>.", "no HTML"],
  ["a block of HTML", "<script>alert(1)</script>", "no HTML"],
  ["a comment", "<!-- hidden -->", "no HTML"],
  ["a picture", "![x](https://a.example/x.png)", "no pictures"],
  ["a link out", "See [this](https://a.example).", "no link to other content"],
  ["a script for a link", "See [this](javascript:alert).", "no link to other content"],
  ["a link up the folders", "See [this](learn/topics/../../x).", "no link to other content"],
  ["code", "Type `rm`.", "no code"],
  ["a title of its own", "# Title", "headings are ## or ###"],
  ["a heading twice", "## Same\n\ntext\n\n## Same", "stands twice"],
  ["a rule", "one\n\n***\n\ntwo", "no rules"],
  ["a definition", "[a]: https://a.example", "no definition"],
])("%s in a text is a fault with its line", (_, body, says) => {
  const { faults } = readLearn("learn/lessons/others-first", `${front}\nFirst.\n\n${body}\n`);
  expect(faults.map(({ message }) => message).join()).toContain(says);
  for (const { line } of faults) expect(line).toBeGreaterThan(12);
});

test("the front matter's own faults are told with their lines", () => {
  const wrong = front.replace("version: 1", "version: first").replace("others-first", "others");
  const { text, faults } = readLearn("learn/lessons/others-first", wrong);
  expect(text).toBeNull();
  expect(faults.map(({ line }) => line)).toContain(4);
  const elsewhere = readLearn("learn/topics/others-first", front);
  expect(elsewhere.faults.map(({ message }) => message).join()).toContain("it is topic");
  const misnamed = readLearn("learn/lessons/first", front);
  expect(misnamed.faults.map(({ message }) => message).join()).toContain("differs");
});

test("what has no front matter, or broken YAML, is refused without a throw", () => {
  expect(readLearn("learn/lessons/x", "Just words.").faults[0]!.message).toContain("front matter");
  expect(readLearn("learn/lessons/x", "---\na: [\n---\n").faults[0]!.rule).toBe("yaml");
});

test("whatever stands in a body, it is read to its end, and no tag or foreign link comes through", () => {
  const scraps = fc.constantFrom(
    "<img onerror=x>", "[a](javascript:x)", "**", "> ", "- ", "\n\n", "| a |\n| - |\n", "word ", "![", "## H\n", "`", "&lt;b&gt;",
  ); // prettier-ignore
  fc.assert(
    fc.property(fc.array(scraps, { maxLength: 20 }), (parts) => {
      const { blocks } = readMarkdown(parts.join(""));
      for (const link of linksIn(blocks)) expect(link).toMatch(/^(learn|exercises|paths)\//);
      expect(plainTexts(blocks).every((text) => typeof text === "string")).toBe(true);
    }),
  );
});

test("a heading's id is its words", () => {
  expect(headingId("What it can\u2019t do")).toBe("what-it-cant-do");
});
