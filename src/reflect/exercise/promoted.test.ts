import fc from "fast-check";
import { expect, test } from "vitest";
import {
  asExperiment,
  asLater,
  ideasDue,
  promotedChanges,
  readPromoted,
  type KeptPromoted,
} from "./promoted.ts";
import type { PromoteStep } from "./steps/promote/step.ts";

const TODAY = "2026-11-22";
const toIdeas = {
  kind: "promote",
  id: "by",
  to: "ideas",
  againInDays: 30,
} as unknown as PromoteStep;
const toPlan = { kind: "promote", id: "try", to: "experiment" } as unknown as PromoteStep;
const filling = { id: "f1", exercise: "stir-the-pot" };
const idea = (id: string, text: string, again: string): KeptPromoted => ({
  id,
  text,
  to: "ideas",
  on: "2026-10-01",
  again,
  from: { exercise: "stir-the-pot", filling: "f1", step: "by" },
});

test("what was taken on is written once, with its day to come back", () => {
  const { write, remove } = promotedChanges(
    toIdeas,
    { before: ["old"], after: ["old", "new"] },
    filling,
    [],
    TODAY,
  );
  expect(write).toEqual([
    {
      text: "new",
      to: "ideas",
      on: TODAY,
      again: "2026-12-22",
      from: { exercise: "stir-the-pot", filling: "f1", step: "by" },
    },
  ]);
  expect(remove).toEqual([]);
});

test("what goes to Plan has no day to come back", () => {
  const change = { before: [], after: ["walk"] };
  expect(promotedChanges(toPlan, change, filling, [], TODAY).write[0]!.again).toBeNull();
});

test("what was let go in the exercise goes, and nothing of another step or filling", () => {
  const own = idea("1", "gone", "2026-12-01");
  const others = [
    { ...own, id: "2", from: { ...own.from, filling: "f2" } },
    { ...own, id: "3", from: { ...own.from, step: "other" } },
  ];
  const change = { before: ["gone"], after: [] };
  const { write, remove } = promotedChanges(toIdeas, change, filling, [own, ...others], TODAY);
  expect(write).toEqual([]);
  expect(remove).toEqual(["1"]);
});

test("what was removed from Plan does not come back when the exercise is looked at again", () => {
  const change = { before: ["walk"], after: ["walk"] };
  expect(promotedChanges(toPlan, change, filling, [], TODAY)).toEqual({ write: [], remove: [] });
});

test("an idea is due from its day on, the longest waiting first", () => {
  const kept = [
    idea("1", "later", "2026-11-23"),
    idea("2", "today", TODAY),
    idea("3", "long due", "2026-11-01"),
  ];
  expect(ideasDue(kept, TODAY).map(({ text }) => text)).toEqual(["long due", "today"]);
});

test("an idea that is put by once more, or tried, is not due any more", () => {
  const { id: _, ...due } = idea("1", "due", TODAY);
  expect(ideasDue([{ ...asLater(due, TODAY), id: "1" }], TODAY)).toEqual([]);
  expect(ideasDue([{ ...asExperiment(due, TODAY), id: "1" }], TODAY)).toEqual([]);
});

test("what lies in the safe is read as it was written, and nonsense is passed over", () => {
  const { id: _, ...one } = idea("1", "due", TODAY);
  expect(readPromoted(JSON.parse(JSON.stringify(one)))).toEqual(one);
  fc.assert(fc.property(fc.anything(), (raw) => void readPromoted(raw)));
  expect(readPromoted({ ...one, to: "anywhere" })).toBeNull();
});
