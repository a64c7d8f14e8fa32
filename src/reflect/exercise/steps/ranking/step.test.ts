import { expect, test } from "vitest";
import fc from "fast-check";
import { rankingRules, withMoved, type RankingStep } from "./step.ts";

const step: RankingStep = {
  kind: "ranking",
  id: "heaviest",
  ask: "Which costs you the most?",
  from: { step: "sides", part: "should" },
  keep: 2,
};
const CARRIED = ["Clinic", "Inbox", "Committee"];
const begun = rankingRules.empty(step, CARRIED);

test("only the first ones that are kept go on to later steps", () => {
  const moved = withMoved(begun, "Committee", 0);
  expect(rankingRules.entries(step, moved)).toEqual(["Committee", "Clinic"]);
});

test("what lies as it came is no answer; what was moved is, and reads as numbers", () => {
  expect(rankingRules.isAnswered(step, begun)).toBe(false);
  expect(rankingRules.toMarkdown(step, begun)).toBe("");
  const moved = withMoved(begun, "Inbox", 0);
  expect(rankingRules.isAnswered(step, moved)).toBe(true);
  expect(rankingRules.toMarkdown(step, moved)).toBe("1. Inbox\n2. Clinic\n3. Committee");
});

test("beyond the ends nothing moves", () => {
  expect(withMoved(begun, "Clinic", -1)).toBe(begun);
  expect(withMoved(begun, "Committee", 3)).toBe(begun);
  expect(withMoved(begun, "Nobody", 0)).toBe(begun);
});

test("what the step before has gained comes last, what it lost goes, what was reworded keeps its place", () => {
  const moved = withMoved(begun, "Committee", 0);
  expect(rankingRules.read(step, moved, ["Clinics", "Committee", "A favour"])).toEqual({
    order: ["Committee", "Clinics", "A favour"],
    isMoved: true,
  });
});

test("given items are kept by their ids, whatever they are called in this version", () => {
  const given: RankingStep = {
    kind: "ranking",
    id: "given",
    ask: "In what order?",
    items: [
      { id: "pay", text: "Pay" },
      { id: "time", text: "Time" },
    ],
  };
  const moved = withMoved(rankingRules.empty(given, []), "time", 0);
  const items = [
    { id: "pay", text: "Money" },
    { id: "time", text: "Time" },
    { id: "place", text: "Place" },
  ];
  const later = { ...given, items };
  expect(rankingRules.entries(later, rankingRules.read(later, moved, [])!)).toEqual([
    "Time",
    "Money",
    "Place",
  ]);
});

test("however it is moved, nothing is lost and nothing is there twice", () => {
  const moves = fc.array(fc.tuple(fc.constantFrom(...CARRIED), fc.integer({ min: -2, max: 5 })));
  fc.assert(
    fc.property(moves, (made) => {
      const answer = made.reduce((each, [item, to]) => withMoved(each, item, to), begun);
      expect(answer.order.toSorted()).toEqual(CARRIED.toSorted());
      expect(rankingRules.read(step, answer, CARRIED)).toEqual(answer);
    }),
  );
});
