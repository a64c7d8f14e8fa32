import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkLearn } from "./learn-check.ts";

const CONTENT = join(import.meta.dirname, "../../../content");
const TODAY = "2026-11-22";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "callroom-learn-"));
  await cp(join(CONTENT, "words-not-to-use.yaml"), join(root, "words-not-to-use.yaml"));
});
afterEach(() => rm(root, { recursive: true }));

async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
}

/** A lesson of `count` plain words, with what is given in place of its parts. */
const lesson = (given: { body?: string; more?: string; next?: string; count?: number } = {}) => `---
kind: lesson
id: some-lesson
version: 1
language: en
title: Some lesson
inOneLine: A line.
tags: []
next: [${given.next ?? "paths/burnout"}]
licence: AGPL-3.0-or-later
${given.more ?? ""}---
${given.body ?? "You go home late. ".repeat((given.count ?? 200) / 4)}
`;

/** Without what is missing because this content is so small. */
async function findings(): Promise<readonly string[]> {
  const found = await checkLearn(root, { today: TODAY });
  return found
    .filter(({ rule }) => rule !== "coverage")
    .map(({ line, rule, message }) => `${line} [${rule}] ${message}`);
}

beforeEach(() => write("paths/burnout.yaml", "kind: path\n"));

test("Callroom's own texts are in order", async () => {
  expect(await checkLearn(CONTENT, { today: TODAY })).toEqual([]);
});

test("a text that fits is no finding", async () => {
  await write("learn/lessons/some-lesson.md", lesson());
  expect(await findings()).toEqual([]);
});

test("what leads nowhere is found, in front matter and text", async () => {
  const body = `${"You go home late. ".repeat(50)}\n\nSee [it](learn/topics/nothing).`;
  await write("learn/lessons/some-lesson.md", lesson({ next: "exercises/nothing", body }));
  expect(await findings()).toEqual([
    "9 [link] next: exercises/nothing leads nowhere",
    "14 [link] learn/topics/nothing leads nowhere",
  ]);
});

test("too short and too long are told with the bounds", async () => {
  await write("learn/lessons/some-lesson.md", lesson({ count: 40 }));
  expect(await findings()).toEqual(["1 [reading] 40 words; a text of this kind has 150 to 350"]);
});

test("words that our texts don't use are found on their line", async () => {
  const body = `${"You go home late. ".repeat(50)}\n\nBe more resilient.`;
  await write("learn/lessons/some-lesson.md", lesson({ body }));
  expect((await findings())[0]).toMatch(/^14 \[words\] "more resilient"/);
});

test("a hard paragraph is found", async () => {
  const hard =
    "Institutional accountability necessitates comprehensive organisational transformation notwithstanding considerable administrative recalcitrance, bureaucratic intransigence and operational contingencies everywhere.";
  const body = `${"You go home late. ".repeat(50)}\n\n${hard} ${hard}`;
  await write("learn/lessons/some-lesson.md", lesson({ body }));
  expect((await findings()).some((each) => each.startsWith("14 [reading] reads at grade"))).toBe(
    true,
  );
});

test("a source from tomorrow is found", async () => {
  const more = `sources:
  - { study: Some, year: 2020, n: 9, seen: memory, checked_on: "2026-11-23", says: Some., limits: Few. }
`;
  await write("learn/lessons/some-lesson.md", lesson({ more }));
  expect(await findings()).toEqual(["12 [source] sources.0: lies in the future"]);
});

test("a programme without one of its headings, or with an exercise that doesn't exist, is found", async () => {
  const own = await readFile(join(CONTENT, "learn/programmes/burnout-student.md"), "utf8");
  await write("learn/programmes/burnout-student.md", own.replace("## When to stop", "## Stop"));
  const found = await findings();
  expect(found).toContain('1 [schema] the heading "## When to stop" is missing');
  expect(found.some((each) => each.includes("there is no exercise"))).toBe(true);
});

test("every path and stage without a programme is named", async () => {
  const found = await checkLearn(root, { today: TODAY });
  expect(found.filter(({ message }) => message.includes("no programme"))).toHaveLength(20);
});

test("a table's repeated state and future day are found", async () => {
  const row = (day: string) =>
    `  - { state: NY, name: New York, asks: Nothing., since: null, source: A page, checked_on: "${day}", sure: false }\n`;
  await write(
    "learn/licence-forms.yaml",
    `kind: licence-forms\nversion: 1\nnotes: [Look.]\nforms:\n${row("2026-11-21")}${row("2027-01-01")}`,
  );
  expect(await findings()).toEqual([
    "1 [source] NY: lies in the future",
    "1 [link] NY stands twice",
  ]);
});
