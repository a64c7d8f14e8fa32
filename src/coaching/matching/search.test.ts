import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import type { Coach } from "../directory/coach.ts";
import { inventedCoaches } from "./invented-coaches.ts";
import type { Preferences } from "./preferences.ts";
import { rematch, resumeSearch, searchSchema, startSearch } from "./search.ts";
import type { Found, RematchReason } from "./search.ts";

const NOW = Date.UTC(2031, 2, 3, 12);
const coaches = inventedCoaches(400, 31);
const wishes: Preferences = {
  path: "burnout",
  languages: ["en"],
  timeZone: "America/New_York",
  freeHours: null,
  sharedHours: 1,
  priceCeilings: [],
  modalities: [],
  doctorsOnly: false,
  ownEmployers: [],
  conflicts: { people: [], employers: [], coaches: [] },
  stage: "resident",
  specialty: null,
  livedExperiences: ["lived-a"],
  styles: [],
};
const first = startSearch(coaches, wishes, "a member", NOW);
const ids = ({ matching }: Found) => matching.offers.map(({ coach }) => coach.id);
const cards = ({ matching }: Found): Coach[] => matching.offers.map(({ coach }) => coach);
const after = (reason: RematchReason, before: Found = first) =>
  rematch(coaches, before.search, reason, NOW);

test("a search survives being stored, and resumes with the offers it left off with", () => {
  const stored: unknown = JSON.parse(JSON.stringify(after({ type: "TooExpensive" }).search));
  const resumed = resumeSearch(coaches, v.parse(searchSchema, stored), NOW);
  expect(resumed).toEqual(after({ type: "TooExpensive" }));
});

test("nobody is offered twice, until all who fit were offered once", () => {
  const seen: string[] = [];
  let found = first;
  while (ids(found).length > 0) {
    seen.push(...ids(found));
    expect(found.matching.fitting + found.matching.passedOver).toBe(first.matching.fitting);
    found = after({ type: "ShowOthers" }, found);
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(first.matching.fitting);
  expect(found.matching).toMatchObject({ fitting: 0, passedOver: seen.length });
});

test("times that do not suit bring coaches with more shared hours", () => {
  const narrow = { ...wishes, freeHours: "AAAAAAAAAAAAAP8AAP8AAP8AAAAA" };
  const few = startSearch(coaches, narrow, "a member", NOW);
  const hours = (found: Found) =>
    found.matching.offers.map(({ reasons }) => {
      const shared = reasons.find((reason) => reason.type === "SharesHours");
      return shared?.type === "SharesHours" ? shared.hoursAWeek : 0;
    });
  const more = rematch(coaches, few.search, { type: "TimesDoNotSuit" }, NOW);
  const others = rematch(coaches, few.search, { type: "ShowOthers" }, NOW);
  expect(Math.min(...hours(more))).toBeGreaterThan(Math.min(...hours(others)));
});

test("too expensive brings coaches who ask less than the cheapest just seen", () => {
  const lowest = (currency: string) =>
    Math.min(
      ...cards(first)
        .filter(({ price }) => price.currency === currency)
        .map(({ price }) => price.minorUnitsPerSession),
    );
  for (const { price } of cards(after({ type: "TooExpensive" }))) {
    expect(price.minorUnitsPerSession).toBeLessThan(lowest(price.currency));
  }
});

test("another manner brings coaches with none of the styles just seen", () => {
  const seen = cards(first).flatMap(({ styles }) => styles);
  expect(seen).not.toEqual([]);
  for (const { styles } of cards(after({ type: "NotMyManner" }))) {
    expect(styles.filter((style) => seen.includes(style))).toEqual([]);
  }
});

test("somebody who has been there weighs more than the stage after it was asked for", () => {
  const stage = { ...coaches[0]!, id: id(1), livedExperiences: [], stages: ["resident" as const] };
  const lived = {
    ...stage,
    id: id(2),
    livedExperiences: ["lived-a"],
    stages: ["student" as const],
  };
  const two = [stage, lived].map((coach) => ({
    ...coach,
    paths: ["burnout" as const],
    languages: ["en"],
  }));
  const before = startSearch(two, wishes, "a member", NOW);
  expect(ids(before)[0]).toBe(stage.id);
  const unseen = { ...before.search, offered: [] };
  expect(ids(rematch(two, unseen, { type: "HasNotBeenThere" }, NOW))[0]).toBe(lived.id);
});

test("rather a doctor leaves only doctors, from then on", () => {
  const doctors = after({ type: "RatherADoctor" });
  expect(doctors.search.preferences.doctorsOnly).toBe(true);
  for (const { kind } of cards(after({ type: "ShowOthers" }, doctors)))
    expect(kind).toBe("physician");
});

test("whom a member must not meet is gone for good, and the other two stay", () => {
  const [one, two, three] = ids(first);
  const without = after({ type: "MustNotMeet", coach: two! });
  expect(without.search.preferences.conflicts.coaches).toEqual([two]);
  expect(ids(without)).toContain(one);
  expect(ids(without)).toContain(three);
  const fresh = startSearch(coaches, without.search.preferences, "another day", NOW);
  const all = [fresh, after({ type: "ShowOthers" }, fresh)].flatMap(ids);
  expect(all).not.toContain(two);
});

test("whatever is said and however often, the search stays valid and the offers new", () => {
  const reason = fc.constantFrom<RematchReason>(
    ...([
      "ShowOthers",
      "TimesDoNotSuit",
      "TooExpensive",
      "NotMyStage",
      "NotMyKindOfWork",
      "HasNotBeenThere",
      "NotMyManner",
      "RatherADoctor",
    ].map((type) => ({ type })) as RematchReason[]),
  );
  fc.assert(
    fc.property(fc.array(reason, { maxLength: 12 }), (reasons) => {
      let found = first;
      for (const each of reasons) {
        const before = [...found.search.round.passedOver, ...found.search.offered];
        found = after(each, found);
        expect(ids(found).filter((coach) => before.includes(coach))).toEqual([]);
        expect(v.parse(searchSchema, found.search)).toEqual(found.search);
      }
      const said = found.search.round.leanings.map((leaning) =>
        leaning.type === "DoublyWanted" ? leaning.what : leaning.type,
      );
      expect(new Set(said).size).toBe(said.length);
    }),
    { numRuns: 40 },
  );
});

function id(at: number): string {
  return `00000000-0000-4000-8000-${at.toString(16).padStart(12, "0")}`;
}
