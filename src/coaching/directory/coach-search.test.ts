import { expect, test } from "vitest";
import { inventedCoaches } from "../matching/invented-coaches.ts";
import type { Coach } from "./coach.ts";
import { searchAmong, type CoachFilter } from "./coach-search.ts";

const [template] = inventedCoaches(1, 1);
const coach = (name: string, change: Partial<Coach> = {}): Coach => ({
  ...template!,
  name,
  story: "Slept in the car park once.",
  paths: ["burnout"],
  stages: ["resident"],
  languages: ["en"],
  kind: "physician",
  specialty: "surgery",
  price: { currency: "USD", minorUnitsPerSession: 9_000, freeChemistryCall: true },
  ...change,
});
const everybody: CoachFilter = {
  text: "",
  path: null,
  language: null,
  stage: null,
  doctorsOnly: false,
  ceiling: null,
};
const coaches = [
  coach("Zoë Quillon", { story: "I was sued, and Ada Fenn sat with me.", languages: ["pt-BR"] }),
  coach("Ada Fenn", { kind: "other-certified-coach", specialty: null }),
  coach("木村 はな", { story: "当直のあとで泣いた。", stages: ["leader"], paths: ["leadership"] }),
  coach("Björn Halvar", {
    price: { ...template!.price, currency: "EUR", minorUnitsPerSession: 0 },
  }),
];
const search = searchAmong(coaches, ({ specialty }) => (specialty === null ? "" : "orthopaedics"));
const found = (filter: Partial<CoachFilter>) =>
  search.find({ ...everybody, ...filter }).map(({ name }) => name);

test("nothing asked finds everybody, by name", () => {
  expect(found({})).toEqual(["Ada Fenn", "Björn Halvar", "Zoë Quillon", "木村 はな"]);
});

test("accents and case don't matter", () => {
  expect(found({ text: "ZOE" })).toEqual(["Zoë Quillon"]);
  expect(found({ text: "bjorn" })).toEqual(["Björn Halvar"]);
});

test("a word of the story finds its coach, and so does its beginning but not its middle", () => {
  expect(found({ text: "sued" })).toEqual(["Zoë Quillon"]);
  expect(found({ text: "su" })).toEqual(["Zoë Quillon"]);
  expect(found({ text: "ued" })).toEqual([]);
});

test("whoever bears the name comes before whoever tells of it", () => {
  expect(found({ text: "ada fenn" })).toEqual(["Ada Fenn", "Zoë Quillon"]);
});

test("every word must be found", () => {
  expect(found({ text: "zoe sued" })).toEqual(["Zoë Quillon"]);
  expect(found({ text: "zoe divorce" })).toEqual([]);
});

test("writing without spaces is sought anywhere", () => {
  expect(found({ text: "泣いた" })).toEqual(["木村 はな"]);
});

test("what else stands on the card is sought too", () => {
  expect(found({ text: "orthopaedics fenn" })).toEqual(["Zoë Quillon"]);
});

test.each<[string, Partial<CoachFilter>, string[]]>([
  ["path", { path: "leadership" }, ["木村 はな"]],
  ["stage", { stage: "leader" }, ["木村 はな"]],
  ["language, whatever the region", { language: "pt" }, ["Zoë Quillon"]],
  ["doctors only", { doctorsOnly: true, text: "ada" }, ["Zoë Quillon"]],
  [
    "a ceiling, which what is given away passes in any currency",
    { ceiling: { currency: "USD", minorUnitsPerSession: 8_999 } },
    ["Björn Halvar"],
  ],
  [
    "a ceiling that is met exactly",
    { ceiling: { currency: "USD", minorUnitsPerSession: 9_000 }, text: "fenn" },
    ["Ada Fenn", "Zoë Quillon"],
  ],
])("filters by %s", (_, filter, names) => {
  expect(found(filter)).toEqual(names);
});

test("signs and spaces alone ask for nothing", () => {
  expect(found({ text: " , … " })).toHaveLength(4);
});

test("plain writing is folded as all other writing is", () => {
  const plain = coach("Una O'Dea", { story: "It wasn't\n\nthe on-call rota; it was 24/7." });
  const others = searchAmong([plain, { ...plain, name: "Úna O’Dea" }], () => "");
  for (const text of ["odea", "O'Dea", "wasnt", "wasn’t", "on-call", "rota, it", "24/7", "7"])
    expect(others.find({ ...everybody, text })).toHaveLength(2);
});
