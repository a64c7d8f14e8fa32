import { expect, test } from "vitest";
import { readKeptSeat, seatNews } from "./kept-seat.ts";
import type { Place } from "./use-place.ts";

const kept = { pseudonym: "me", circle: "old" };

function at(circle: string, given: Partial<NonNullable<Place["seat"]>> = {}) {
  const reasons = { hours: [3], themes: [], nearInStage: 0, others: 5 };
  const rest = { number: 0, block: 3, language: "en", themes: [], reasons, warned: false };
  return { waiting: null, seat: { circle, state: "taken" as const, ...rest, ...given } };
}
const merged = {
  reasons: { hours: [3], themes: [], nearInStage: 0, others: 5, merged: true as const },
};
const waiting = { themes: ["error"], blocks: [1], stage: 2, language: "en" };

test("the first seat, and one under another pseudonym, is kept without a word", () => {
  const seat = { pseudonym: "me", circle: "new" };
  expect(seatNews(null, "me", at("new"))).toEqual({ is: "new", seat });
  // Whose circle was new to this device from the start is told nothing of a merging.
  expect(seatNews(null, "me", at("new", merged))).toEqual({ is: "new", seat });
  expect(seatNews({ ...kept, pseudonym: "before" }, "me", at("new", merged))).toMatchObject({
    is: "new",
  });
});

test("whoever sits in another circle that two became is told so, once", () => {
  const seat = { pseudonym: "me", circle: "new" };
  expect(seatNews(kept, "me", at("new", merged))).toEqual({ is: "merged", from: "old", seat });
  expect(seatNews(seat, "me", at("new", merged))).toEqual({ is: "known" });
});

test("whose pass had ended meanwhile is told too, until they wait anew", () => {
  const gone = { is: "merged", from: "old", seat: null };
  expect(seatNews(kept, "me", { waiting: null, seat: null })).toEqual(gone);
  expect(seatNews(kept, "me", { waiting, seat: null })).toEqual({ is: "known" });
  expect(seatNews(kept, "me", at("new"))).toMatchObject({ is: "new" });
});

test("an offer is no seat yet, and nothing that isn't one is read", () => {
  expect(seatNews(kept, "me", at("new", { state: "offered" }))).toEqual({ is: "known" });
  expect(readKeptSeat(kept)).toEqual(kept);
  for (const other of [null, 3, {}, { pseudonym: "me" }, { pseudonym: "me", circle: 1 }])
    expect(readKeptSeat(other)).toBe(null);
});
