import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readVocabulary, unknownTerms } from "./vocabulary.ts";

const file = (name: string): unknown =>
  parse(readFileSync(new URL(`../../../content/${name}.yaml`, import.meta.url), "utf8"));
const files = {
  specialties: file("specialties"),
  livedExperiences: file("lived-experiences"),
  styles: file("coaching-styles"),
  languages: file("languages"),
};
const read = readVocabulary(files);
if (!read.ok) throw new Error(JSON.stringify(read.refusal.faults));
const vocabulary = read.value;

test("the lists in content are well formed, with at most twelve specialty families", () => {
  expect(vocabulary.specialties.length).toBeLessThanOrEqual(12);
  expect(vocabulary.languages.map(({ id }) => id)).toContain("en");
});

test("a list with an id standing twice is refused, naming the list", () => {
  const twice = {
    kind: "specialties",
    version: 1,
    terms: [
      { id: "a", name: "A" },
      { id: "a", name: "B" },
    ],
  };
  const refused = readVocabulary({ ...files, specialties: twice });
  expect(refused.ok ? [] : refused.refusal.faults).toEqual([
    { at: ["specialties", "terms"], message: "an id stands twice" },
  ]);
});

test("what stands in no list is named, while a language may add its region", () => {
  const card = {
    specialty: "astrology",
    livedExperiences: ["was-sued", "was-bored"],
    styles: ["direct"],
    languages: ["en-IE", "tlh"],
  };
  expect(unknownTerms(card, vocabulary)).toEqual(["astrology", "was-bored", "tlh"]);
});
