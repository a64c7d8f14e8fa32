import * as v from "valibot";
import { expect, test } from "vitest";
import { inventedCoaches } from "../matching/invented-coaches.ts";
import { coachIndexSchema, coachSchema } from "./coach.ts";

const [card, other] = inventedCoaches(2, 1);

test("a card comes out of its schema as it went in", () => {
  expect(v.parse(coachSchema, card)).toEqual(card);
});

test.each([
  ["a field that nobody declared", { employer: "secret" }],
  ["no path", { paths: [] }],
  ["a path twice", { paths: ["career", "career"] }],
  ["a language in words", { languages: ["English"] }],
  ["a fixed offset for a zone", { timeZone: "+05:30" }],
  ["a zone that does not exist", { timeZone: "Europe/Atlantis" }],
  ["hours of five days", { weeklyHours: "AAAAAAAAAAAAAAAAAAAA" }],
  ["a story without end", { story: "x".repeat(2_001) }],
  ["a name that turns the line round", { name: "Ada \u202Enafako" }],
  ["half a cent", { price: { ...card!.price, minorUnitsPerSession: 0.5 } }],
  ["a published credential number", { credentials: [{ ...other!.credentials[0], number: "1" }] }],
])("%s is refused", (_, change) => {
  expect(v.is(coachSchema, { ...card, ...change })).toBe(false);
});

test("two cards of one coach are refused", () => {
  expect(v.is(coachIndexSchema, { coaches: [card, other] })).toBe(true);
  expect(v.is(coachIndexSchema, { coaches: [card, { ...other, id: card!.id }] })).toBe(false);
});
