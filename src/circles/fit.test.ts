import { expect, test } from "vitest";
import { CIRCLE_RULES, seatReasons, weighFit } from "./fit.ts";
import type { WaitingEntry } from "./fit.ts";

const entry = (id: string, given: Partial<WaitingEntry> = {}): WaitingEntry => ({
  id,
  hours: [3, 4],
  themes: ["burnout", "leaving"],
  stage: 2,
  language: "en",
  employer: null,
  ...given,
});

test("themes in common weigh most, then how near two are in their careers", () => {
  const one = entry("one");
  expect(weighFit(one, entry("two"))).toBe(8);
  expect(weighFit(one, entry("two", { themes: ["leaving"], stage: 3 }))).toBe(5);
  expect(weighFit(one, entry("two", { themes: [], stage: 4 }))).toBe(0);
  expect(weighFit(entry("one", { stage: 0 }), entry("two", { themes: [], stage: 3 }))).toBe(-2);
});

test("two of one employer are kept apart where they wish it, and two without a common language always", () => {
  const { mayMeet } = CIRCLE_RULES;
  expect(mayMeet(entry("one", { employer: "a" }), entry("two", { employer: "a" }))).toBe(false);
  expect(mayMeet(entry("one", { employer: "a" }), entry("two", { employer: "b" }))).toBe(true);
  expect(mayMeet(entry("one", { employer: "a" }), entry("two"))).toBe(true);
  expect(mayMeet(entry("one"), entry("two"))).toBe(true);
  expect(mayMeet(entry("one"), entry("two", { language: "es" }))).toBe(false);
});

test("a member learns the circle's hours, and their own themes and stage among the others", () => {
  const me = entry("me", { themes: ["family", "leaving", "burnout"] });
  const circle = [
    me,
    entry("two", { hours: [4, 9], themes: ["burnout"], stage: 3 }),
    entry("three", { themes: ["burnout", "leaving", "litigation"], stage: 4 }),
  ];
  expect(seatReasons(me, circle)).toEqual({
    hours: [4],
    themes: [
      { theme: "burnout", others: 2 },
      { theme: "leaving", others: 1 },
    ],
    nearInStage: 1,
    others: 2,
  });
});
