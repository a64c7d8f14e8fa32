import fc from "fast-check";
import { expect, test } from "vitest";
import {
  byDay,
  entriesToMarkdown,
  excerptOf,
  isJournalEntry,
  onThisDay,
  tagsFrom,
  tagsOf,
} from "./entry.ts";

const entry = (on: string, text = "text", tags: readonly string[] = []) => ({ on, text, tags });

test("tags are told apart by more than case, and blanks make none", () => {
  expect(tagsFrom(" night,  Clinic ,NIGHT,, two  words ")).toEqual([
    "night",
    "Clinic",
    "two words",
  ]);
  expect(tagsFrom(Array.from({ length: 30 }, (_, i) => `t${i}`).join(","))).toHaveLength(10);
});

test("the tags used most stand first", () => {
  expect(tagsOf([entry("2026-11-01", "", ["b", "a"]), entry("2026-11-02", "", ["a"])])).toEqual([
    "a",
    "b",
  ]);
});

test("on this day means earlier years, never today itself", () => {
  const entries = [
    entry("2026-11-22"),
    entry("2025-11-22"),
    entry("2025-11-21"),
    entry("2027-11-22"),
  ];
  expect(onThisDay(entries, "2026-11-22")).toEqual([entry("2025-11-22")]);
  expect(onThisDay([entry("2024-02-29")], "2025-02-28")).toEqual([]);
});

test("newest first, and entries of one day keep their order", () => {
  const entries = [
    { ...entry("2026-11-01"), id: "b" },
    { ...entry("2026-11-02"), id: "c" },
    { ...entry("2026-11-01"), id: "a" },
  ];
  expect(entries.toSorted(byDay).map(({ id }) => id)).toEqual(["c", "a", "b"]);
});

test("an excerpt shows the word that was asked for, is bounded, and is cut between words", () => {
  const long = `${"before ".repeat(100)}owl ${"after ".repeat(100)}`;
  expect(excerptOf(long, "owl")).toContain("owl");
  expect(excerptOf(long, "")).toMatch(/^before .* …$/);
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 900 }),
      fc.string({ maxLength: 12 }),
      (text, query) => {
        expect(excerptOf(text, query).length).toBeLessThanOrEqual(184);
      },
    ),
  );
});

test("what other versions left that is no entry is passed over", () => {
  expect(isJournalEntry(entry("2026-11-22"))).toBe(true);
  for (const kept of [
    null,
    "text",
    {},
    { on: "today", text: "", tags: [] },
    { on: "2026-11-22", text: "", tags: [1] },
  ])
    expect(isJournalEntry(kept)).toBe(false);
});

test("the Markdown has every entry under its day, with its tags", () => {
  const file = entriesToMarkdown(
    [entry("2026-11-22", "One\n\nTwo ", ["night"])],
    "Journal",
    (on) => on,
  );
  expect(file).toBe("# Journal\n\n## 2026-11-22\n\n*night*\n\nOne\n\nTwo\n");
});
