import { expect, test } from "vitest";
import type { WaitingEntry } from "./fit.ts";
import { offersFor, type OpenCircle } from "./newcomers.ts";

const circle: OpenCircle = { id: "c", hour: 4, language: "en", themes: ["error"], free: 2 };
const entry = (over: Partial<WaitingEntry> = {}): WaitingEntry => ({
  id: "one",
  themes: ["error"],
  hours: [4],
  stage: 2,
  language: "en",
  employer: null,
  ...over,
});
const ids = (waiting: WaitingEntry[], circles = [circle]) =>
  offersFor(waiting, circles).map((offer) => [offer.entry.id, offer.circle.id]);

test("a seat is offered where hour, language and a theme are the circle's", () => {
  expect(ids([entry()])).toEqual([["one", "c"]]);
  expect(ids([entry({ hours: [5] })])).toEqual([]);
  expect(ids([entry({ language: "de" })])).toEqual([]);
  expect(ids([entry({ themes: ["meaning"] })])).toEqual([]);
});

test("who wished to avoid an employer is offered none, since nobody could keep the wish", () => {
  expect(ids([entry({ employer: "00" })])).toEqual([]);
});

test("no circle is offered more than its free seats, and nobody two", () => {
  const three = ["one", "two", "three"].map((id) => entry({ id }));
  expect(ids(three)).toHaveLength(2);
  expect(ids(three, [circle, { ...circle, id: "d", free: 1 }])).toHaveLength(3);
  expect(ids(three, [{ ...circle, free: 0 }])).toEqual([]);
});

test("whoever shares most goes first, and of two circles the one with more room takes them", () => {
  const themes = ["error", "meaning"];
  const both = { ...circle, themes, free: 1 };
  expect(ids([entry(), entry({ id: "two", themes })], [both])).toEqual([["two", "c"]]);
  expect(
    ids(
      [entry()],
      [
        { ...circle, free: 1 },
        { ...circle, id: "d", free: 3 },
      ],
    ),
  ).toEqual([["one", "d"]]);
});
