import { expect, test } from "vitest";
import fc from "fast-check";
import { readCheckIn, readLabelled, readLines, readSigns } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import { crisisLevelOf, crisisLevelOfCheckIn, crisisRecogniser, linesFor } from "./crisis.ts";

const signs = await readContentFile("content", "crisis/signs", readSigns);
const { sentences } = await readContentFile("content", "crisis/labelled", readLabelled);
const lines = await readContentFile("content", "crisis/lines", readLines);
const full = await readContentFile("content", "check-in/full", readCheckIn);
const recognise = crisisRecogniser(signs);
const levelOf = (text: string) => crisisLevelOf(recognise(text)) ?? "none";

test("no sentence labelled explicit is missed", () => {
  const missed = sentences.filter((s) => s.expect === "explicit" && levelOf(s.text) !== "explicit");
  expect(missed.map(({ text }) => text)).toEqual([]);
});

test("of the sentences that open the panel, at least nine in ten are meant", () => {
  const opening = sentences.filter(({ text }) => levelOf(text) === "explicit");
  const meant = opening.filter((sentence) => sentence.expect === "explicit");
  expect(meant.length / opening.length).toBeGreaterThanOrEqual(0.9);
  expect(opening.length).toBeGreaterThan(100);
});

test("the labelled sentences are many, and no sentence stands twice", () => {
  expect(sentences.length).toBeGreaterThanOrEqual(150);
  expect(new Set(sentences.map(({ text }) => text)).size).toBe(sentences.length);
});

test.each([
  "I wanted to disappear",
  "I don't want to wake up",
  "They are better off without me",
  "I want to kill myself",
  "I just want to end it",
])("%s opens the panel", (text) => {
  expect(levelOf(text)).toBe("explicit");
});

test.each([
  "this shift is killing me",
  "dying for coffee",
  "my patient attempted suicide",
  "I am not suicidal",
  "I'm not going to kill myself over a discharge summary",
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

test("ten thousand characters are read in a fraction of a second, and no text throws", () => {
  const start = performance.now();
  recognise("I want to be at home and not to have to think about it ".repeat(180));
  expect(performance.now() - start).toBeLessThan(1_000);
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
