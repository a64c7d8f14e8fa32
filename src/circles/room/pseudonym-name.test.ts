import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import * as v from "valibot";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { circleNamesSchema, MOST_SEATS, pseudonymNames } from "./pseudonym-name.ts";

const file = join(import.meta.dirname, "../../../content/circles/names.yaml");
const names = v.parse(circleNamesSchema, parse(readFileSync(file, "utf8")));

test("all devices give a circle's seats the same names", () => {
  const circle = "5b0e2a0e-3c1f-4d7a-9a52-0d6f6f1c2b3a";
  // Pinned: a change here would rename the members of every circle there is.
  expect(pseudonymNames(names, circle).slice(0, 8)).toEqual([
    "Golden Bunting",
    "Airy Evergreen",
    "Distant Warbler",
    "Bright Poplar",
    "Whistling Sycamore",
    "Hushed Dunlin",
    "Merry Fieldfare",
    "Patterned Tamarack",
  ]);
});

test("any two names of one circle differ in the first letter of either word", () => {
  for (let circle = 0; circle < 300; circle++) {
    const seats = pseudonymNames(names, randomUUID()).map((name) => name.split(" "));
    expect(seats).toHaveLength(MOST_SEATS);
    for (const at of [0, 1])
      expect(new Set(seats.map((words) => words[at]![0])).size).toBe(MOST_SEATS);
  }
});

test("words that can meet in one circle are at least three letters apart", () => {
  for (const rows of [names.adjectives, names.birdsAndTrees])
    for (const [at, row] of rows.entries())
      for (const other of rows.slice(at + 1).flat())
        for (const word of row)
          expect(distance(word, other), `${word}, ${other}`).toBeGreaterThanOrEqual(3);
});

test("every word is drawn, and circles seldom have a name in common at one seat", () => {
  const drawn = Array.from({ length: 600 }, () => pseudonymNames(names, randomUUID()));
  const words = new Set(drawn.flat().flatMap((name) => name.toLowerCase().split(" ")));
  expect(words.size).toBe(2 * 4 * MOST_SEATS);
  expect(new Set(drawn.map(([first]) => first)).size).toBeGreaterThan(450);
});

test("rows that share a letter, or words that don't begin alike, are refused", () => {
  const [first, ...others] = names.adjectives;
  const twice = { ...names, adjectives: [others[0], ...others] };
  const astray = { ...names, adjectives: [[...first!.slice(1), "quiet"], ...others] };
  for (const wrong of [twice, astray, { ...names, adjectives: others }])
    expect(v.safeParse(circleNamesSchema, wrong).success).toBe(false);
});

/** Levenshtein. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [to, against] of [...other].entries())
      next.push(Math.min(next[to]! + 1, row[to + 1]! + 1, row[to]! + (letter === against ? 0 : 1)));
    row = next;
  }
  return row[other.length]!;
}
