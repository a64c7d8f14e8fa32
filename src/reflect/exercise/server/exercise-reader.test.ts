import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkContent } from "#library/server/content-check.ts";
import { exerciseJsonSchema } from "./exercise-json-schema.ts";
import { exerciseReader } from "./exercise-reader.ts";

const readers = { exercise: exerciseReader };
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "exercises-"));
  await mkdir(join(root, "exercises"));
});
afterEach(() => rm(root, { recursive: true }));

const HEAD = `kind: exercise
id: made-up
version: 1
language: en
title: Made up
inOneLine: For a test.
shelf: state
minutes: { from: 1, to: 2 }
rhythm: once
tags: []
about: [For a test.]
licence: AGPL-3.0-or-later
`;
const STEPS = `steps:
  - { kind: list, id: things, ask: What?, atMost: 5 }
  - { kind: pairs, id: both, ask: And?, left: A, right: B, from: { step: things }, atMost: 5 }
`;
const AFTER = "after: { says: [Done.] }\n";

async function found(text: string, name = "made-up"): Promise<string[]> {
  await writeFile(join(root, `exercises/${name}.yaml`), text);
  const findings = await checkContent(root, { readers, today: "2026-11-22" });
  return findings
    .filter(({ file }) => file === `exercises/${name}.yaml`)
    .map(({ rule, message }) => `[${rule}] ${message}`);
}

test("every exercise that ships fits its schema and points only at what it has", async () => {
  const findings = await checkContent("content", { readers });
  const own = findings.filter(({ file }) => file.startsWith("exercises/"));
  expect(own.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
});

test("the published schema says what the check says", async () => {
  const published = await readFile("content/exercises/schema.json", "utf8");
  expect(published, "run: bin/callroom content schema --write").toBe(exerciseJsonSchema());
});

test("an exercise in order has no findings", async () => {
  expect(await found(HEAD + STEPS + AFTER)).toEqual([]);
});

test("a step can't point at a later one, or at a part that isn't there", async () => {
  const later = STEPS.replace("step: things", "step: both");
  expect(await found(HEAD + later + AFTER)).toEqual([
    "[link] steps.1.from: there is no step both to point at",
  ]);
  const part = STEPS.replace("step: things", "step: things, part: left");
  expect(await found(HEAD + part + AFTER)).toEqual([
    "[link] steps.1.from: things has no part left; it has none",
  ]);
});

test("a step hangs only on an option of a choice before it", async () => {
  const when = STEPS.replace("left: A", "when: { step: things, is: [yes] }, left: A");
  expect(await found(HEAD + when + AFTER)).toEqual([
    "[link] steps.1.when: there is no choice things before it",
  ]);
});

test("what comes next, and what is shown of other exercises, must exist", async () => {
  expect(await found(`${HEAD + STEPS}after: { says: [Done.], next: [exercises/none] }\n`)).toEqual([
    "[link] after.next.0: exercises/none leads nowhere",
  ]);
  const review = `${STEPS}  - { kind: review, id: look, ask: Look, exercise: none, shows: [{ step: a }], of: last-time }\n`;
  expect(await found(HEAD + review + AFTER)).toEqual([
    "[link] steps.2.exercise: there is no exercise none",
  ]);
});

test("the same id twice, and a source from the future, are found as in all content", async () => {
  const twice = STEPS.replace("id: both", "id: things");
  expect(await found(HEAD + twice + AFTER)).toContain("[link] steps.1: the id things stands twice");
  const evidence = `evidence:
  - says: It is so.
    limits: Few people.
    source: { study: Somebody, year: 2030, n: 3, seen: source, checked_on: "2026-11-21" }
`;
  expect(await found(HEAD + STEPS + AFTER + evidence)).toEqual([
    "[source] evidence.0.source.year: lies in the future",
  ]);
});

test("an exercise is called as its file", async () => {
  expect(await found(HEAD + STEPS + AFTER, "other")).toEqual([
    "[link] id: differs from the file's name",
  ]);
});

test("a translation asks the same steps, in words of its own", async () => {
  await writeFile(join(root, "exercises/made-up.yaml"), HEAD + STEPS + AFTER);
  const german = (HEAD + STEPS + AFTER)
    .replace("language: en", "language: de")
    .replace("ask: What?", "ask: Was?");
  expect(await found(german, "made-up.de")).toEqual([]);
  expect(await found(german.replaceAll("things", "dinge"), "made-up.de")).toContain(
    "[link] steps.0.id: differs from the original",
  );
  expect(await found(german.replace("version: 1", "version: 2"), "made-up.de")).toContain(
    "[link] version: the original is at version 1",
  );
});
