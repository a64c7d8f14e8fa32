import fc from "fast-check";
import { expect, test } from "vitest";
import { choiceRules, isOneOf, type ChoiceStep } from "./step.ts";

const one: ChoiceStep = {
  kind: "choice",
  id: "c",
  ask: "Which?",
  options: [
    { id: "a", text: "A" },
    { id: "b", text: "B" },
  ],
  own: "Something else",
};

test("what was picked is told in the order of picking, one's own words last", () => {
  const answer = { picked: ["b", "a"], own: " mine " };
  expect(choiceRules.entries(one, answer)).toEqual(["B", "A", "mine"]);
  expect(choiceRules.toMarkdown(one, answer)).toBe("- B\n- A\n- mine");
});

test("an option that has left the exercise is kept in the answer and told no more", () => {
  const read = choiceRules.read(one, { picked: ["gone", "a"], own: "" }, [])!;
  expect(read.picked).toEqual(["gone", "a"]);
  expect(choiceRules.entries(one, read)).toEqual(["A"]);
  expect(choiceRules.isAnswered(one, { picked: ["gone"], own: "" })).toBe(false);
  expect(isOneOf(read, ["gone"])).toBe(true);
});

test("an option that says it is dark calls for the panel while it is picked, and no other does", () => {
  const dark: ChoiceStep = {
    ...one,
    options: [one.options[0]!, { ...one.options[1]!, crisis: true }],
  };
  expect(choiceRules.callsForCare?.(dark, { picked: ["b"], own: "" })).toBe(true);
  expect(choiceRules.callsForCare?.(dark, { picked: ["a"], own: "" })).toBe(false);
  expect(choiceRules.callsForCare?.(one, { picked: ["b"], own: "" })).toBe(false);
});

test("nothing that was kept breaks the step", () => {
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      const read = choiceRules.read(one, raw, []);
      if (read !== null) choiceRules.toMarkdown(one, read);
    }),
  );
});
