import { expect, test } from "vitest";
import { inventedCoaches } from "./invented-coaches.ts";
import {
  keptApart,
  keptMatchSchema,
  neverOffered,
  NOTHING_KEPT,
  withApartOf,
  withNever,
  withoutNever,
  type KeptMatch,
} from "./kept-match.ts";
import { rematch, startSearch } from "./search.ts";
import { emptyWishes, formToPreferences } from "./wishes-form.ts";
import * as v from "valibot";

const NOW = Date.UTC(2031, 2, 3, 12);
const coaches = inventedCoaches(60, 5);
const [ada, bela, cyr] = coaches.map(({ id }) => id) as [string, string, string];

function searching(people: string, never: readonly string[] = []): KeptMatch {
  const form = emptyWishes({
    path: "burnout",
    stage: "attending",
    timeZone: "UTC",
    languages: ["en"],
    currency: "USD",
  });
  const preferences = formToPreferences({ ...form, people }, never);
  if (!preferences.ok) throw new Error("The form should be whole");
  return { at: "searching", search: startSearch(coaches, preferences.value, "seed", NOW).search };
}

test("whoever must not be met stands on the list before the first search", () => {
  expect(neverOffered(withNever(withNever(NOTHING_KEPT, ada), bela))).toEqual([ada, bela]);
});

test("put on twice is on it once, and taken off is off", () => {
  const kept = withNever(withNever(searching("Iris Vane"), ada), ada);
  expect(neverOffered(kept)).toEqual([ada]);
  expect(neverOffered(withoutNever(kept, ada))).toEqual([]);
});

test("the list stays as it is when a search goes on", () => {
  const kept = withNever(searching("Iris Vane"), ada);
  if (kept.at !== "searching") throw new Error("A search was under way");
  const next = rematch(coaches, kept.search, { type: "ShowOthers" }, NOW);
  expect(neverOffered({ at: "searching", search: next.search })).toEqual([ada]);
});

test("what another device wrote over keeps everybody away whom either list names", () => {
  const merged = withApartOf(
    withNever(searching("Iris Vane"), ada),
    withNever(searching("Otto Bleak"), bela),
  );
  const { conflicts } = keptApart(merged);
  expect(new Set(conflicts.people)).toEqual(new Set(["Iris Vane", "Otto Bleak"]));
  expect(new Set(conflicts.coaches)).toEqual(new Set([ada, bela]));
});

test("a search on the other device is not lost to a list on this one", () => {
  const merged = withApartOf(withNever(NOTHING_KEPT, cyr), searching("Otto Bleak", [ada]));
  expect(merged.at).toBe("searching");
  expect(new Set(neverOffered(merged))).toEqual(new Set([ada, cyr]));
});

test("merged twice is merged once", () => {
  const [ours, theirs] = [withNever(searching("Iris Vane"), ada), searching("Otto Bleak", [bela])];
  const once = withApartOf(ours, theirs);
  expect(withApartOf(once, theirs)).toEqual(once);
});

test("two full lists still make a record that can be read again", () => {
  const names = (letter: string) =>
    Array.from({ length: 200 }, (_, nth) => `${letter} ${nth}`).join("\n");
  const merged = withApartOf(searching(names("a")), searching(names("b")));
  expect(v.safeParse(keptMatchSchema, merged).success).toBe(true);
  expect(keptApart(merged).conflicts.people).toContain("a 199");
});
