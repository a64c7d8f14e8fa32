import { expect, test } from "vitest";
import { inventedCoaches } from "./invented-coaches.ts";
import { relaxed } from "./relaxed.ts";
import { rank } from "./rank.ts";
import type { Preferences } from "./preferences.ts";

const NOW = Date.UTC(2031, 2, 3, 12);
const round = { seed: "seed", passedOver: [], leanings: [] };
const easy: Preferences = {
  path: "career",
  languages: ["en"],
  timeZone: "UTC",
  freeHours: null,
  sharedHours: 1,
  priceCeilings: [],
  modalities: [],
  doctorsOnly: false,
  ownEmployers: [],
  conflicts: { people: [], employers: [], coaches: [] },
  stage: null,
  specialty: null,
  livedExperiences: [],
  styles: [],
};
const dear = inventedCoaches(40, 3).map((coach) => ({
  ...coach,
  paths: ["career" as const],
  languages: ["en-US"],
  kind: "physician" as const,
  modalities: ["video" as const],
  price: {
    ...coach.price,
    currency: "USD",
    minorUnitsPerSession: coach.price.minorUnitsPerSession + 20_000,
  },
}));

test.each<[string, Partial<Preferences>]>([
  ["a price ceiling", { priceCeilings: [{ currency: "USD", minorUnitsPerSession: 500 }] }],
  ["a way of meeting", { modalities: ["written"] }],
  ["too many shared hours", { sharedHours: 40 }],
])("letting go of %s brings somebody", (_, change) => {
  const preferences = { ...easy, ...change };
  const { offers, relaxations } = rank(dear, preferences, round, NOW);
  expect(offers).toEqual([]);
  const next = relaxed(preferences, relaxations[0]!);
  expect(rank(dear, next!, round, NOW).offers.length).toBeGreaterThan(0);
});

test("the wish for a doctor is let go of as a whole", () => {
  const next = relaxed({ ...easy, doctorsOnly: true }, { constraint: "doctor", brings: 2 });
  expect(next).toEqual(easy);
});

test("a ceiling in another currency stays", () => {
  const preferences = {
    ...easy,
    priceCeilings: [
      { currency: "GBP", minorUnitsPerSession: 700 },
      { currency: "USD", minorUnitsPerSession: 500 },
    ],
  };
  const lowest = [{ currency: "USD", minorUnitsPerSession: 9_000 }];
  expect(relaxed(preferences, { constraint: "price", brings: 1, lowest })?.priceCeilings).toEqual([
    { currency: "USD", minorUnitsPerSession: 9_000 },
    { currency: "GBP", minorUnitsPerSession: 700 },
  ]);
});

test("which other path, language or hours, only the member can say", () => {
  expect(relaxed(easy, { constraint: "path", brings: 3 })).toBeNull();
  expect(relaxed(easy, { constraint: "language", brings: 3 })).toBeNull();
  expect(relaxed(easy, { constraint: "hours", brings: 3, hoursAWeek: 0 })).toBeNull();
});
