import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import * as v from "valibot";
import { checkName } from "#circles/room/own-name.ts";
import type { CircleNames } from "#circles/room/pseudonym-name.ts";
import { MOST_MEMBERS } from "#circles/room/wire.ts";
import { CIRCLE_RULES } from "#circles/fit.ts";
import type { WaitingForm } from "#circles/waiting.ts";
import { sampleCirclesFaults, sampleCirclesFileSchema } from "./sample-circles.ts";

const content = new URL("../../content/", import.meta.url);
const file = (path: string): unknown => parse(readFileSync(new URL(path, content), "utf8"));
const written = () => file("sample/circles.yaml") as v.InferInput<typeof sampleCirclesFileSchema>;
const sample = v.parse(sampleCirclesFileSchema, written());
const verified = new Set(["rosalind@members.example.net", "odile@members.example.net"]);
const themes = file("circles/themes.yaml");

const WEEKDAY_EVENINGS = [2, 5, 8, 11, 14];
const free = (people: readonly WaitingForm[], block: number) =>
  people.filter(({ blocks }) => blocks.includes(block)).length;

test("those who wait lack exactly one, on every evening of the working week", () => {
  for (const block of WEEKDAY_EVENINGS)
    expect(free(sample.waiting, block)).toBe(CIRCLE_RULES.smallest - 2);
  const all = sample.waiting.flatMap(({ blocks }) => blocks);
  for (const block of new Set(all))
    expect(free(sample.waiting, block)).toBeLessThan(CIRCLE_RULES.smallest - 1);
});

test("the circle shares one hour, at which nobody who waits is free to take its last seats", () => {
  const sitting = sample.circle.members.map(({ waitedFor }) => waitedFor);
  expect(sitting.length).toBeLessThan(MOST_MEMBERS);
  const hours = sitting[0]!.blocks.filter((block) => free(sitting, block) === sitting.length);
  expect(hours).toHaveLength(1);
  expect(free(sample.waiting, hours[0]!)).toBe(0);
});

test("no name that a circle can give takes a chosen one away", () => {
  const names = file("circles/names.yaml") as CircleNames;
  const chosen = sample.circle.members.flatMap(({ name }) => name ?? []);
  expect(chosen.length).toBeGreaterThan(0);
  for (const name of chosen)
    for (const word of names.adjectives.flat())
      for (const other of names.birdsAndTrees.flat())
        expect(checkName(name, [`${word} ${other}`]).ok, `${name}, ${word} ${other}`).toBe(true);
});

test("hours count from Monday's first, stages from the students", () => {
  const [rosalind] = sample.circle.members;
  expect(rosalind!.waitedFor).toMatchObject({ blocks: [19, 20], stage: 2, employer: null });
});

test("as it is written, nothing is wrong with it", () => {
  expect(sampleCirclesFaults(sample, verified, themes)).toEqual([]);
});

type Written = ReturnType<typeof written>;
test.each<[string, (circles: Written) => void, string]>([
  ["a theme of no list", (all) => (all.waiting[0]!.themes = ["boredom"]), "boredom"],
  [
    "a sitter who isn't verified",
    (all) => (all.circle.members[1]!.email = "ikram@members.example.net"),
    "ikram",
  ],
  [
    "somebody who sits and can wait",
    (all) => (all.canWait = "rosalind@members.example.net"),
    "rosalind",
  ],
  ["words of nobody", (all) => (all.circle.messages[0]!.by = "stranger"), "by nobody"],
  ["a message before the circle", (all) => (all.circle.messages[0]!.hoursAgo = 149), "not after"],
  ["a message before the last", (all) => (all.circle.messages[2]!.hoursAgo = 126), "not after"],
  ["a reaction to what isn't there yet", (all) => all.circle.messages.shift(), "isn't there yet"],
  [
    "one id twice",
    (all) => all.circle.messages.push({ id: "lunch", by: "tea", hoursAgo: 1, text: "Again." }),
    "this id",
  ],
])("%s is found", (_, break_, said) => {
  const broken = written();
  break_(broken);
  const faults = sampleCirclesFaults(v.parse(sampleCirclesFileSchema, broken), verified, themes);
  expect(faults.map(({ message }) => message).join("; ")).toContain(said);
});

test.each<[string, (circles: Written) => void]>([
  ["a crowd that would open nothing", (all) => (all.crowd = 20)],
  ["a circle older than an epoch", (all) => (all.circle.formedHoursAgo = 169)],
  ["four themes", (all) => all.waiting[0]!.themes.push("error")],
  ["an hour that no week has", (all) => (all.waiting[0]!.hours = ["mon night" as "mon evening"])],
  ["an address that could be somebody's", (all) => (all.canWait = "odile@hospital.org")],
  ["a name that reads as an office", (all) => (all.circle.members[1]!.name = "Steward")],
])("%s doesn't fit", (_, break_) => {
  const broken = written();
  break_(broken);
  expect(v.safeParse(sampleCirclesFileSchema, broken).success).toBe(false);
});
