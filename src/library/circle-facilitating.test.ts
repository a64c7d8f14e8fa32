import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { CircleFacilitating } from "./circle-facilitating.ts";
import { readContent } from "./content-file.ts";

const file = join(import.meta.dirname, "../../content/circles/facilitating.yaml");
const raw = parse(await readFile(file, "utf8")) as CircleFacilitating;
const faultsOf = (changed: object) => {
  const read = readContent({ ...raw, ...changed });
  if (read.ok) return [];
  return read.refusal.type === "Malformed" ? read.refusal.faults.map(({ message }) => message) : [];
};
const { readings, promises } = raw;

test("the training is six readings of a quarter of an hour at the most, and some promises", () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ readings: readings.slice(1) })).not.toEqual([]);
  expect(faultsOf({ readings: [...readings, { ...readings[0], id: "one-more" }] })).not.toEqual([]);
  expect(faultsOf({ promises: promises.slice(0, 2) })).not.toEqual([]);
  const long = readings.map((each) => ({ ...each, minutes: 4 }));
  expect(faultsOf({ readings: long })).toContain("takes too little time, or too much");
});

test("a reading that says it is shorter than it is, or has nothing to try, is refused", () => {
  const [first, ...others] = readings;
  const hurried = { ...first!, minutes: 1 };
  expect(faultsOf({ readings: [hurried, ...others] })).toContain("is longer than its minutes");
  const { try: _, ...idle } = first!;
  expect(faultsOf({ readings: [idle, ...others] })).not.toEqual([]);
});
