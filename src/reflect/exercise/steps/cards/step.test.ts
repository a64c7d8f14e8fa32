import { expect, test } from "vitest";
import fc from "fast-check";
import {
  cardsRules,
  pileOf,
  unlaid,
  withLaid,
  withOwn,
  withoutOwn,
  withPickedUp,
  type CardsAnswer,
  type CardsStep,
} from "./step.ts";

const step: CardsStep = {
  kind: "cards",
  id: "values",
  ask: "What matters most to you now?",
  piles: [
    { id: "most", text: "Matters most" },
    { id: "some", text: "Matters" },
  ],
  cards: ["rest", "skill", "humour", "order"].map((id) => ({ id, text: `My ${id}` })),
  own: "One that is missing",
};
const empty = cardsRules.empty(step, []);
const laid = (...cards: readonly [card: string, pile: string | null][]): CardsAnswer =>
  cards.reduce((answer, [card, pile]) => withLaid(answer, card, pile), empty);

test("later steps take up a pile in the order it was laid, or all piles without what was left out", () => {
  const answer = laid(["order", "some"], ["rest", "most"], ["skill", null], ["humour", "most"]);
  expect(cardsRules.entries(step, answer, "most")).toEqual(["My rest", "My humour"]);
  expect(cardsRules.entries(step, answer)).toEqual(["My rest", "My humour", "My order"]);
});

test("a card lies in one place, however often it is moved, and can be picked up again", () => {
  const moved = laid(["rest", "most"], ["rest", null], ["rest", "some"]);
  expect(moved.laid).toEqual([{ card: "rest", pile: "some" }]);
  expect(unlaid(step, withPickedUp(moved, "rest"))).toHaveLength(4);
});

test("a card of one's own is the next to be laid, and its words are kept until it is taken away", () => {
  const answer = withOwn(step, empty, "  Quiet mornings ");
  expect(unlaid(step, answer)[0]?.text).toBe("Quiet mornings");
  const put = withLaid(answer, unlaid(step, answer)[0]!.key, "most");
  expect(cardsRules.typed(step, put)).toEqual(["Quiet mornings"]);
  expect(cardsRules.entries(step, put, "most")).toEqual(["Quiet mornings"]);
  expect(withoutOwn(put, "Quiet mornings")).toEqual(empty);
});

test("a second card of the same words is none", () => {
  expect(withOwn(step, empty, "My rest")).toBe(empty);
  const once = withOwn(step, empty, "Quiet");
  expect(withOwn(step, once, "Quiet")).toBe(once);
});

test("of a version without that pile the card is laid again, and one's own words stay", () => {
  const put = withLaid(withOwn(step, laid(["rest", "most"]), "Quiet"), "own:Quiet", "most");
  const later: CardsStep = { ...step, piles: [step.piles[1]!, { id: "new", text: "New" }] };
  const read = cardsRules.read(later, put, [])!;
  expect(unlaid(later, read).map(({ text }) => text)).toEqual([
    "Quiet",
    "My rest",
    "My skill",
    "My humour",
    "My order",
  ]);
});

test("what was never an answer is none", () => {
  for (const raw of [null, "most", { own: [1], laid: [] }, { laid: [] }])
    expect(cardsRules.read(step, raw, [])).toBeNull();
});

test("the piles are told under their names, and what was left out is not", () => {
  expect(cardsRules.toMarkdown(step, laid(["rest", "most"], ["skill", null]))).toBe(
    "**Matters most**\n\n- My rest",
  );
  expect(cardsRules.toMarkdown(step, empty)).toBe("");
});

test("a dark card calls for the panel in every pile but one that doesn't count, and not when left out", () => {
  const dark: CardsStep = {
    ...step,
    piles: [...step.piles, { id: "not-mine", text: "Not mine", counts: false }],
    cards: step.cards.map((card) => (card.id === "rest" ? { ...card, crisis: true } : card)),
  };
  const calls = (pile: string | null) => cardsRules.callsForCare?.(dark, laid(["rest", pile]));
  expect(["most", "some", "not-mine", null].map(calls)).toEqual([true, true, false, false]);
  expect(cardsRules.callsForCare?.(dark, laid(["skill", "most"]))).toBe(false);
});

test("whatever is laid where, every card is in one pile, left out, or in the deck", () => {
  const moves = fc.array(
    fc.tuple(
      fc.constantFrom(...step.cards.map(({ id }) => id)),
      fc.constantFrom("most", "some", null),
    ),
  );
  fc.assert(
    fc.property(moves, (made) => {
      const answer = cardsRules.read(step, laid(...made), [])!;
      const all = [
        ...["most", "some", null].flatMap((pile) => pileOf(step, answer, pile)),
        ...unlaid(step, answer),
      ];
      expect(all.map(({ key }) => key).toSorted()).toEqual(["humour", "order", "rest", "skill"]);
    }),
  );
});
