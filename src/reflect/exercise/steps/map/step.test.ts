import { expect, test } from "vitest";
import * as v from "valibot";
import {
  mapRules,
  mapStepSchema,
  placesOf,
  reachOf,
  withLevel,
  withNote,
  type MapStep,
} from "./step.ts";

const energy: MapStep = {
  kind: "map",
  id: "energy",
  ask: "What does each piece leave you with?",
  picture: "energy",
  from: { step: "pieces" },
  levels: ["drains", "even", "fills"].map((id) => ({ id, text: `It ${id}` })),
  note: "What about it?",
};
const body: MapStep = {
  kind: "map",
  id: "where",
  ask: "Where does it sit?",
  picture: "body",
  places: [
    { id: "jaw", text: "Jaw" },
    { id: "back", text: "Back" },
  ],
  levels: [
    { id: "there", text: "There" },
    { id: "loud", text: "Loud" },
  ],
};
const CARRIED = ["Clinic", "A run"];
const empty = mapRules.empty(energy, CARRIED);

test("later steps take up the places of one level, or all that have one", () => {
  const answer = withLevel(withLevel(empty, "A run", "fills"), "Clinic", "drains");
  expect(mapRules.entries(energy, answer, "drains")).toEqual(["Clinic"]);
  expect(mapRules.entries(energy, answer)).toEqual(["A run", "Clinic"]);
});

test("levels reach to both sides of the middle, which is nobody's where their number is even", () => {
  expect(["drains", "even", "fills"].map((level) => reachOf(energy, level))).toEqual([-1, 0, 1]);
  expect(["there", "loud"].map((level) => reachOf(body, level))).toEqual([-1, 1]);
  expect(reachOf(energy, null)).toBe(0);
});

test("a mark that is taken away leaves nothing, unless words stand beside it", () => {
  const marked = withLevel(empty, "Clinic", "drains");
  expect(withLevel(marked, "Clinic", null)).toEqual(empty);
  const noted = withLevel(withNote(marked, "Clinic", "The last hour"), "Clinic", null);
  expect(mapRules.typed(energy, noted)).toEqual(["The last hour"]);
});

test("words beside a place that the step before has lost are still there to be seen", () => {
  const noted = withNote(withLevel(empty, "Clinic", "drains"), "Clinic", "The last hour");
  const both = withLevel(noted, "A run", "fills");
  const read = mapRules.read(energy, both, ["The inbox"])!;
  expect(placesOf(energy, read, ["The inbox"]).map(({ key }) => key)).toEqual([
    "The inbox",
    "Clinic",
  ]);
  expect(mapRules.toMarkdown(energy, read)).toBe("- **Clinic**: It drains. The last hour");
});

test("a place that was reworded in the step before keeps its level", () => {
  const read = mapRules.read(energy, withLevel(empty, "Clinic", "drains"), [
    "Clinic, late",
    "A run",
  ]);
  expect(read?.marks).toEqual([{ place: "Clinic, late", level: "drains", note: "" }]);
});

test("a level that is no more is asked again", () => {
  const levels = energy.levels.slice(1);
  const read = mapRules.read({ ...energy, levels }, withLevel(empty, "Clinic", "drains"), CARRIED);
  expect(read).toEqual(empty);
});

test("a given place is told by its name", () => {
  expect(mapRules.toMarkdown(body, withLevel(empty, "jaw", "loud"))).toBe("- **Jaw**: Loud");
});

test("a body has only the places that its drawing has", () => {
  const places = [...body.places!, { id: "knee", text: "Knee" }];
  expect(v.safeParse(mapStepSchema, body).success).toBe(true);
  expect(v.safeParse(mapStepSchema, { ...body, places }).success).toBe(false);
});

test("what was never an answer is none", () => {
  for (const raw of [null, { marks: {} }, { marks: [{ place: "jaw", level: "loud" }] }])
    expect(mapRules.read(body, raw, [])).toBeNull();
});
