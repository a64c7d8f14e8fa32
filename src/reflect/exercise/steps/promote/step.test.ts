import { expect, test } from "vitest";
import { promoteRules, withReworded, withToggled, type PromoteStep } from "./step.ts";

const step: PromoteStep = {
  kind: "promote",
  id: "try",
  ask: "Is one worth a trial?",
  from: { step: "heaviest" },
  to: "experiment",
  atMost: 2,
};
const CARRIED = ["Clinic", "Inbox", "Committee"];
const empty = promoteRules.empty(step, CARRIED);
const two = withToggled(step, withToggled(step, empty, "Clinic"), "Inbox");

test("no more are taken on than the step allows, until one is put back", () => {
  expect(withToggled(step, two, "Committee")).toBe(two);
  const other = withToggled(step, withToggled(step, two, "Clinic"), "Committee");
  expect(promoteRules.entries(step, other)).toEqual(["Inbox", "Committee"]);
});

test("where one alone can be taken on, another takes its place", () => {
  const one = { ...step, atMost: 1 };
  const answer = withToggled(one, withToggled(one, empty, "Clinic"), "Inbox");
  expect(promoteRules.entries(one, answer)).toEqual(["Inbox"]);
});

test("it is taken on in the person's own words, and without any it is not taken on", () => {
  const worded = withReworded(two, "Inbox", " Inbox closed at eight ");
  expect(promoteRules.toMarkdown(step, worded)).toBe("- Clinic\n- Inbox closed at eight");
  expect(promoteRules.typed(step, worded)).toEqual([" Inbox closed at eight "]);
  expect(promoteRules.entries(step, withReworded(two, "Inbox", " "))).toEqual(["Clinic"]);
});

test("what was taken on stays when the step before lets it go, and follows where that one rewords it", () => {
  const worded = withReworded(two, "Inbox", "Closed at eight");
  expect(promoteRules.read(step, worded, ["Clinics", "Inboxes"])?.taken).toEqual([
    { from: "Clinics", text: "Clinics" },
    { from: "Inboxes", text: "Closed at eight" },
  ]);
  expect(promoteRules.read(step, worded, ["Committee"])).toEqual(worded);
});

test("what was never an answer is none", () => {
  for (const raw of [null, { taken: ["Clinic"] }, { taken: {} }])
    expect(promoteRules.read(step, raw, CARRIED)).toBeNull();
});
