import { expect, test } from "vitest";
import { sorterRules, withAdded, withRemoved, withSorted, type SorterStep } from "./step.ts";

const step: SorterStep = {
  kind: "sorter",
  id: "sides",
  ask: "Where does each belong?",
  columns: [
    { id: "want", text: "I want this" },
    { id: "should", text: "I think I should" },
  ],
  from: { step: "week" },
  atMost: 4,
};
const CARRIED = ["Clinic", "A run", "Committee"];
const begun = sorterRules.empty(step, CARRIED);
const sorted = withSorted(withSorted(begun, "Clinic", "should"), "A run", "want");

test("later steps take up one side, in the order in which it was sorted", () => {
  const both = withSorted(sorted, "Committee", "should");
  expect(sorterRules.entries(step, both, "should")).toEqual(["Clinic", "Committee"]);
  expect(sorterRules.entries(step, withSorted(both, "Clinic", "want"), "want")).toEqual([
    "A run",
    "Clinic",
  ]);
});

test("nothing is answered until something is sorted or added", () => {
  expect(sorterRules.isAnswered(step, begun)).toBe(false);
  expect(sorterRules.toMarkdown(step, begun)).toBe("");
  expect(sorterRules.isAnswered(step, sorted)).toBe(true);
  expect(sorterRules.isAnswered(step, withAdded(step, begun, "A nap"))).toBe(true);
});

test("one's own can be taken out again, what was carried here can not", () => {
  const added = withAdded(step, begun, " A nap ");
  expect(sorterRules.typed(step, added)).toEqual(["A nap"]);
  expect(withRemoved(added, "A nap")).toEqual(begun);
  expect(withRemoved(begun, "Clinic")).toEqual(begun);
});

test("what is there already, or is too much, is not added", () => {
  expect(withAdded(step, begun, "Clinic")).toBe(begun);
  expect(withAdded(step, begun, "  ")).toBe(begun);
  const full = withAdded(step, begun, "A nap");
  expect(withAdded(step, full, "Tea")).toBe(full);
});

test("what the step before has gained comes unsorted, what it lost goes, what it reworded stays on its side", () => {
  const own = withSorted(withAdded(step, sorted, "A nap"), "A nap", "want");
  const read = sorterRules.read(step, own, ["Clinic on Tuesday", "A run", "The inbox"])!;
  expect(sorterRules.entries(step, read, "should")).toEqual(["Clinic on Tuesday"]);
  expect(sorterRules.entries(step, read, "want")).toEqual(["A run", "A nap"]);
  expect(read.entries.filter(({ column }) => column === null).map(({ text }) => text)).toEqual([
    "The inbox",
  ]);
});

test("of a version with other columns all is there, to be sorted again", () => {
  const columns = [
    { id: "mine", text: "Mine" },
    { id: "theirs", text: "Theirs" },
  ];
  const read = sorterRules.read({ ...step, columns }, sorted, CARRIED)!;
  expect(read.entries.map(({ column }) => column)).toEqual([null, null, null]);
  expect(read.entries.map(({ text }) => text).toSorted()).toEqual(CARRIED.toSorted());
});

test("what is not sorted yet is told before the two sides", () => {
  expect(sorterRules.toMarkdown(step, sorted)).toBe(
    "- Committee\n\n**I want this**\n\n- A run\n\n**I think I should**\n\n- Clinic",
  );
});

test("what was never an answer is none", () => {
  for (const raw of [null, {}, { entries: [{ text: "Clinic" }] }])
    expect(sorterRules.read(step, raw, CARRIED)).toBeNull();
});
