import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkContent } from "./content-check.ts";

const HARD =
  "Notwithstanding institutional prioritisation, individual participation necessitates approximately three continuous minutes of uninterrupted introspective consideration regarding occupational circumstances.";
const TODAY = "2026-11-22";
let root: string;

/** Large, and checked whole by the first test: faults are planted among the rest. */
const LARGE =
  /[/\\](?:exercises|learn|sample|crisis[/\\](?:labelled|ordinary|unseen)\.yaml)(?:[/\\]|$)/;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "content-"));
  await cp("content", root, { recursive: true, filter: (from) => !LARGE.test(from) });
  const coverage = await readFile("content/coverage.yaml", "utf8");
  const carried = coverage.replaceAll(/"content:(?:exercises|learn)\/[^"]*"(?:, )?/g, "");
  const here = carried.replaceAll(", ]", "]").replaceAll(/^\d+: \[\]\n/gm, "");
  await writeFile(join(root, "coverage.yaml"), here.replace(/whole: .*/, "whole: []"));
});
afterEach(() => rm(root, { recursive: true }));

const check = () => checkContent(root, { today: TODAY });

/** Puts a fault into one file, and shows what the check says of that file. */
async function plant(file: string, from: string | RegExp, to: string) {
  const path = join(root, file);
  const text = await readFile(path, "utf8");
  const planted = text.replace(from, () => to);
  expect(planted).not.toBe(text);
  await writeFile(path, planted);
  return (await check()).filter((finding) => finding.file === file);
}

test("everything in content/ is as it should be", async () => {
  expect(await checkContent("content", { today: TODAY })).toEqual([]);
  expect(await check()).toEqual([]);
});

test("broken YAML is found, with its line", async () => {
  await writeFile(join(root, "letters/reminder.yaml"), 'kind: letter\nid: "reminder\n');
  expect(await check()).toContainEqual(
    expect.objectContaining({ file: "letters/reminder.yaml", rule: "yaml" }),
  );
});

test("a key given twice is found", async () => {
  const found = await plant("letters/reminder.yaml", "version: 1", "version: 1\nversion: 2");
  expect(found).toContainEqual(expect.objectContaining({ rule: "yaml", line: 4 }));
});

test("a file of no kind we know, or with another ending, is found", async () => {
  await writeFile(join(root, "letters/stray.yaml"), "kind: poem\n");
  await writeFile(join(root, "letters/stray.json"), "{}");
  const files = (await check()).map(({ file }) => file);
  expect(files).toEqual(expect.arrayContaining(["letters/stray.yaml", "letters/stray.json"]));
});

test.each([
  ["a missing text", "check-in/full.yaml", "title: Check-in\n", "", "schema"],
  ["a key nobody knows", "paths/burnout.yaml", "kind: path", "kind: path\nmood: great", "schema"],
  [
    "a scale with a hole",
    "check-in/full.yaml",
    "value: 3, text: Most",
    "value: 7, text: Most",
    "schema",
  ],
  [
    "a link that is no link",
    "crisis/lines.yaml",
    "https://988lifeline.org/",
    "http://988lifeline.org/",
    "schema",
  ],
  ["an item of no scale", "check-in/pulse.yaml", "scale: often", "scale: rarely", "link"],
  ["an item of no dimension", "check-in/full.yaml", "dimension: margin", "dimension: luck", "link"],
  [
    "a dimension without noise",
    "check-in/full.yaml",
    /  - \{ dimension: margin, sd.*\n/,
    "",
    "link",
  ],
  [
    "a dark question without its lead",
    "check-in/full.yaml",
    /    lead: >-\n(?: {6}.*\n)+/,
    "",
    "link",
  ],
  ["bands in disorder", "check-in/results.yaml", "from: 34", "from: 90", "link"],
  ["a rule about no driver", "paths/rules.yaml", "driver: volume", "driver: weather", "link"],
  [
    "a rule about no dimension",
    "paths/rules.yaml",
    "dimension: identity",
    "dimension: luck",
    "link",
  ],
  ["an id that stands twice", "paths/rules.yaml", "{ id: limits,", "{ id: rest,", "link"],
  [
    "a pattern with an unknown set",
    "crisis/signs.yaml",
    '"let me die"',
    '"let @nobody die"',
    "link",
  ],
  ["a pattern that is none", "crisis/signs.yaml", '"let me die"', '"let me die!"', "link"],
  [
    "a companion that is no pattern",
    "crisis/signs.yaml",
    '["noose", "@me',
    '["noose", "@nobody',
    "link",
  ],
  ["a companion of nothing", "crisis/signs.yaml", '- "let me die"', '- ["let me die"]', "schema"],
  ["a doubt without its pattern", "crisis/signs.yaml", 'but: "@now"', 'but: "@nobody"', "link"],
  [
    "a spelling of two words",
    "crisis/signs.yaml",
    "  cannot: [can not]",
    "  cannot: [can not, abt]",
    "link",
  ],
  [
    "a spelling that is no word",
    "crisis/signs.yaml",
    "  cannot: [can not]",
    "  cannot: [can-not]",
    "schema",
  ],
  ["points that are no number", "crisis/points.yaml", /^base: .*$/m, "base: low", "schema"],
  ["a line later than the panel", "crisis/points.yaml", /^line: .*$/m, "line: 99", "schema"],
  [
    "points given twice",
    "crisis/points.yaml",
    "points:\n",
    'points:\n  - { each: 99, features: ["liv $"] }\n',
    "link",
  ],
  [
    "a sign despite no guard",
    "crisis/signs.yaml",
    "despite: [denied]",
    "despite: [weather]",
    "link",
  ],
  ["a letter that fills nothing", "letters/reminder.yaml", '"{when}"', '"Soon"', "link"],
  ["a letter with an open place", "letters/reminder.yaml", "A held time", "A {kind} time", "link"],
  ["a letter under another name", "letters/reminder.yaml", "id: reminder", "id: remind", "link"],
  ["a letter that tells", "letters/reminder.yaml", "A held time", "A coaching time", "words"],
  [
    "a letter that names a doctor",
    "letters/invitation.yaml",
    "A place is",
    "Dr Osei's place is",
    "words",
  ],
  [
    "an exclamation mark",
    "check-in/full.yaml",
    "Skip what you like;",
    "Skip what you like!",
    "words",
  ],
  [
    "a demand to be more resilient",
    "paths/burnout.yaml",
    "To stop the drain first.",
    "To be more resilient.",
    "words",
  ],
  ["an emoji", "check-in/pulse.yaml", "Four taps.", "Four taps 🙂.", "words"],
  ["a study from the future", "paths/burnout.yaml", "year: 2024", "year: 2031", "source"],
  ["a source checked tomorrow", "paths/burnout.yaml", '"2026-11-21"', '"2026-11-23"', "source"],
  ["a source without its day", "paths/burnout.yaml", /      checked_on:.*\n/, "", "schema"],
  ["a line verified nobody knows when", "crisis/lines.yaml", /    verified_on:.*\n/, "", "source"],
  ["a line last seen two years ago", "crisis/lines.yaml", '"2026-11-21"', '"2024-11-21"', "source"],
  [
    "a country without an emergency number",
    "crisis/lines.yaml",
    "kind: emergency",
    "kind: anyone",
    "source",
  ],
  ["a pointer that leads nowhere", "coverage.yaml", "full#never-enough", "full#never", "coverage"],
  [
    "a pointer into no file",
    "coverage.yaml",
    '"content:paths/career"',
    '"content:paths/art"',
    "coverage",
  ],
  ["a number the mission has not", "coverage.yaml", "126:", "127:", "coverage"],
  ["prose that is too hard", "check-in/full.yaml", "About three minutes.", HARD, "reading"],
])("%s is found", async (_, file, from, to, rule) => {
  const found = await plant(file, from, to);
  expect(found.map((finding) => finding.rule)).toContain(rule);
});

test("a finding stands on the line of its fault", async () => {
  const text = await readFile(join(root, "crisis/lines.yaml"), "utf8");
  const line = text.split("\n").findIndex((l) => l.includes("verified_on:")) + 1;
  const found = await plant("crisis/lines.yaml", '"2026-11-21"', '"2024-11-21"');
  expect(found[0]).toMatchObject({ line, rule: "source" });
});

test("crisis lines grow old: a year later every one of them is a finding", async () => {
  const later = await checkContent(root, { today: "2027-11-23" });
  const text = await readFile(join(root, "crisis/lines.yaml"), "utf8");
  expect(later).toHaveLength(text.match(/verified_on/g)!.length);
});

test("a part of the coverage that calls itself whole must carry each of its numbers", async () => {
  const found = await plant("coverage.yaml", "whole: []", "whole: [peers]");
  expect(found.map(({ message }) => message)).toContain("whole: nothing carries 87");
});

test("coverage may point at a screen that exists, and at no other", async () => {
  const file = join(root, "coverage.yaml");
  await writeFile(file, "kind: coverage\nwhole: []\n1: [screen:/today, screen:/nowhere]\n");
  const found = await checkContent(root, { today: TODAY, screens: ["/today"] });
  expect(found.map(({ message }) => message)).toEqual(["1.1: screen:/nowhere leads nowhere"]);
});
