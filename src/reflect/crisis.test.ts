import { expect, test } from "vitest";
import { readdir } from "node:fs/promises";
import fc from "fast-check";
import {
  readCheckIn,
  readLabelled,
  readLines,
  readPoints,
  readSigns,
} from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import { readExercise } from "./exercise/exercise-file.ts";
import type { Step } from "./exercise/exercise.ts";
import { crisisLevelOf, crisisLevelOfCheckIn, crisisRecogniser, linesFor } from "./crisis.ts";

const signs = await readContentFile("content", "crisis/signs", readSigns);
const points = await readContentFile("content", "crisis/points", readPoints);
const labelled = await readContentFile("content", "crisis/labelled", readLabelled);
const unseen = await readContentFile("content", "crisis/unseen", readLabelled);
const ordinary = await readContentFile("content", "crisis/ordinary", readLabelled);
const lines = await readContentFile("content", "crisis/lines", readLines);
const full = await readContentFile("content", "check-in/full", readCheckIn);
const recognise = crisisRecogniser(signs, points);
const levelOf = (text: string) => crisisLevelOf(recognise(text)) ?? "none";

/** Of the sentences that expect this, the part that opens the panel, and the part that shows anything. */
function heard({ sentences }: typeof labelled, expected: string): { panel: number; any: number } {
  const levels = sentences.filter((s) => s.expect === expected).map(({ text }) => levelOf(text));
  return {
    panel: levels.filter((level) => level === "explicit").length / levels.length,
    any: levels.filter((level) => level !== "none").length / levels.length,
  };
}

test("on sentences nobody tuned it on, it hears seven in ten and is mistaken on one in eight", () => {
  expect(heard(unseen, "explicit").panel).toBeGreaterThanOrEqual(0.7);
  expect(heard(unseen, "possible").any).toBeGreaterThanOrEqual(0.6);
  expect(heard(unseen, "none").any).toBeLessThanOrEqual(0.13);
});

test("on the sentences it was tuned on it is mistaken on hardly any", () => {
  expect(heard(labelled, "explicit").panel).toBeGreaterThanOrEqual(0.75);
  expect(heard(labelled, "none").any).toBeLessThanOrEqual(0.02);
});

/** Half of what our exercises offer, chosen by its length alone; ordinary.yaml tells of the other half. */
async function answersNeverLearnedFrom(): Promise<string[]> {
  const files = (await readdir("content/exercises")).filter((file) => file.endsWith(".yaml"));
  const exercises = await Promise.all(
    files.map((file) =>
      readContentFile("content", `exercises/${file.replace(".yaml", "")}`, readExercise),
    ),
  );
  const texts = exercises
    .filter(({ crisis, language }) => crisis !== true && language === "en")
    .flatMap(({ steps }) => steps.flatMap(offeredBy));
  return [...new Set(texts)].filter((text) => text.length % 2 === 1);
}

function offeredBy(step: Step): readonly string[] {
  const offered: readonly (string | { readonly text: string; readonly crisis?: true })[] = [
    ...("prompts" in step ? (step.prompts ?? []) : []),
    ...("options" in step ? step.options : []),
    ...("cards" in step ? step.cards : []),
    ...("statements" in step ? step.statements : []),
  ];
  return offered.flatMap((one) =>
    typeof one === "string" ? one : one.crisis === true ? [] : one.text,
  );
}

test("a short ordinary answer opens nothing: of those never learned from, at most one in a hundred", async () => {
  const answers = await answersNeverLearnedFrom();
  const learned = new Set(ordinary.sentences.map(({ text }) => text));
  expect(answers.length).toBeGreaterThan(300);
  expect(answers.filter((text) => learned.has(text))).toEqual([]);
  const mistaken = answers.filter((text) => levelOf(text) !== "none");
  expect(mistaken.length / answers.length, mistaken.join("\n")).toBeLessThanOrEqual(0.01);
});

test("five ordinary answers in a list open hardly more than one by itself would", async () => {
  const answers = await answersNeverLearnedFrom();
  const lists = Array.from({ length: Math.floor(answers.length / 5) }, (_, i) =>
    answers.slice(5 * i, 5 * i + 5),
  );
  const mistaken = lists.filter((entries) => recognise(...entries).length > 0);
  const anyway = answers.filter((answer) => levelOf(answer) !== "none");
  expect(mistaken.length - anyway.length, mistaken.join("\n")).toBeLessThanOrEqual(
    0.03 * lists.length,
  );
});

test("an explicit sentence is heard among ordinary entries of a list, wherever it stands", async () => {
  const answers = await answersNeverLearnedFrom();
  const explicit = labelled.sentences.filter(({ expect: as }) => as === "explicit");
  const lost = explicit.filter(({ text }, i) => {
    const around = answers.slice(i % 400, (i % 400) + 4);
    return recognise(...around.toSpliced(i % 5, 0, text)).length === 0;
  });
  expect(lost.length / explicit.length, lost.map(({ text }) => text).join("\n")).toBeLessThan(0.01);
});

test("an entry that begins with a small letter is read on from the one before, and no other", () => {
  const levelIn = (...entries: string[]) => crisisLevelOf(recognise(...entries));
  const [begun, goesOn] = ["Driving home, I look at the trees", "and wonder which one"];
  expect([levelIn(begun), levelIn(goesOn)]).toEqual([null, null]);
  expect(levelIn("Sleep more", begun, "", goesOn, "A run")).toBe("explicit");
  expect(levelIn(begun, "And wonder which one")).toBeNull();
  expect(levelIn("A talk with the chief", "Less of the rota")).toBeNull();
  expect(levelIn()).toBeNull();
});

test("no sentence stands twice, and none of the unseen among those it was tuned on", () => {
  const texts = [...labelled.sentences, ...unseen.sentences].map(({ text }) => text);
  expect(texts.length).toBeGreaterThan(4_000);
  expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
});

test.each([
  "I wanted to disappear",
  "I don't want to wake up",
  "They are better off without me",
  "I want to kill myself",
  "I just want to end it",
  "i wnat to die",
  "I want ot kill mysel f",
  "im suicdal again",
  "passive SI most days",
  "I won't do it but I think about killing myself every single day.",
  "I was well for six years. Tonight I want to kill myself again.",
  "my daughter asked and I am suicidal",
])("%s opens the panel", (text) => {
  expect(levelOf(text)).toBe("explicit");
});

test.each([
  "this shift is killing me",
  "dying for coffee",
  "my patient attempted suicide",
  "I am not suicidal",
  "I'm not thinking about ending my life.",
  "I'm not going to kill myself over a discharge summary",
  "I used to be suicidal ten years ago and I am well now",
  "screened for SI, negative",
  "I asked her if she was thinking about killing herself",
  "She asked if I was suicidal",
])("%s does not", (text) => {
  expect(levelOf(text)).toBe("none");
});

test("a sign is found wherever it stands in a long entry, in any case and with any apostrophe", () => {
  const around = "The clinic ran late again. ".repeat(200);
  for (const text of ["I DON’T WANT TO LIVE", "i dont want to live", "I don't\nwant to live. "]) {
    expect(levelOf(`${around}${text.replace("\n", " ")}. ${around}`)).toBe("explicit");
  }
});

test("words put around a sign in other sentences never hide it", () => {
  const other = fc.constantFrom(
    "My patient did well.",
    "I am not on call.",
    "She said no.",
    "Rounds were long!",
    "We lost a man today.",
  );
  fc.assert(
    fc.property(fc.array(other, { maxLength: 4 }), fc.array(other, { maxLength: 4 }), (a, b) => {
      expect(levelOf([...a, "I want to die.", ...b].join(" "))).toBe("explicit");
    }),
  );
});

// A rule that tried every way through would not come back within the life of this test.
test.each([
  "I want to be at home and not to have to think about it ",
  "I do not want to die and my patient took the propofol, he said. ",
  "want to ",
  "no ",
  "aaaaaaaa",
])("a cry behind a hundred thousand characters of %j is heard", (text) => {
  expect(levelOf(`${text.repeat(100_000 / text.length)}.\n\nI want to die.`)).toBe("explicit");
});

test("no text throws", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      (text) => recognise(text).length >= 0,
    ),
  );
});

test("a check-in opens the panel by its dark question or by its words", () => {
  const level = (dark: number | null, words: string) =>
    crisisLevelOfCheckIn(full, { "dark-moments": dark }, words, recognise);
  expect(level(0, "A long week.")).toBeNull();
  expect(level(1, "")).toBe("explicit");
  expect(level(0, "I want to disappear.")).toBe("explicit");
  expect(level(null, "I can't go on like this.")).toBe("possible");
});

test("a country's own lines are given apart: emergency, for doctors, for anyone", () => {
  const us = linesFor("us", lines);
  expect(us.fallback).toBe(false);
  expect(us.emergency.map(({ id }) => id)).toEqual(["us-911"]);
  expect(us.doctors.map(({ id }) => id)).toContain("us-physician-support-line");
  expect(us.anyone.map(({ id }) => id)).toContain("us-988");
});

test("a country we don't know still gets somewhere to turn", () => {
  const unknown = linesFor("TV", lines);
  expect(unknown.fallback).toBe(true);
  expect(unknown.emergency).not.toEqual([]);
  expect(unknown.anyone).not.toEqual([]);
});
