import { expect, test } from "vitest";
import { listRules, type ListStep } from "./list/step.ts";
import { pairsRules, type PairsStep } from "./pairs/step.ts";

const list = { kind: "list", id: "l", ask: "What?", atMost: 9 } as ListStep;
const pairs = { kind: "pairs", id: "p", ask: "?", left: "A", right: "B", atMost: 9 } as PairsStep;

test("a list begins with what was carried, and takes up what comes later", () => {
  const begun = listRules.empty(list, ["tea"]);
  expect(listRules.read(list, begun, ["tea", "a walk"])!.entries).toEqual(["tea", "a walk"]);
});

test("what was removed here does not come back by itself", () => {
  const removed = { entries: ["a walk"], taken: ["tea", "a walk"] };
  expect(listRules.read(list, removed, ["tea", "a walk"])!.entries).toEqual(["a walk"]);
});

test("what goes in the step before goes here too, but for what was written here", () => {
  const begun = { entries: ["tea", "my own"], taken: ["tea"] };
  expect(listRules.read(list, begun, ["something else"])!.entries).toEqual([
    "my own",
    "something else",
  ]);
});

test("a pair that was answered stays, though its left side went in the step before", () => {
  const begun = {
    entries: [
      { left: "duty", right: "my father" },
      { left: "fear", right: "" },
    ],
    taken: ["duty", "fear"],
  };
  expect(pairsRules.read(pairs, begun, ["quiet hours"])!.entries).toEqual([
    { left: "duty", right: "my father" },
    { left: "quiet hours", right: "" },
  ]);
});

test("a pair follows its left side when that is reworded", () => {
  const begun = { entries: [{ left: "the inbox", right: "habit" }], taken: ["the inbox"] };
  expect(pairsRules.read(pairs, begun, ["the inbox at night"])!.entries).toEqual([
    { left: "the inbox at night", right: "habit" },
  ]);
});

test("where nothing is carried any more, as in a newer version, all stays", () => {
  const begun = { entries: ["tea"], taken: ["tea"] };
  expect(listRules.read(list, begun, [])!.entries).toEqual(["tea"]);
});

test("a pair counts as answered by what was written here, not by what was carried here", () => {
  const pair = { left: "duty", right: "" };
  expect(pairsRules.isAnswered(pairs, { entries: [pair], taken: ["duty"] })).toBe(false);
  expect(pairsRules.isAnswered(pairs, { entries: [pair], taken: [] })).toBe(true);
});

test("a pair is told whole, or by its sides", () => {
  const answer = { entries: [{ left: "care", right: "one call" }], taken: [] };
  expect(pairsRules.entries(pairs, answer)).toEqual(["care: one call"]);
  expect(pairsRules.entries(pairs, answer, "right")).toEqual(["one call"]);
  expect(pairsRules.toMarkdown(pairs, answer)).toBe("- **care**: one call");
});
