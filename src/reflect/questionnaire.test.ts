import { expect, test } from "vitest";
import fc from "fast-check";
import { readCheckIn } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import {
  answeredCount,
  draftFrom,
  emptyDraft,
  itemsCallingForCare,
  nextItem,
  withAnswer,
  withDriverToggled,
  type CheckInDraft,
} from "./questionnaire.ts";

const full = await readContentFile("content", "check-in/full", readCheckIn);
const pulse = await readContentFile("content", "check-in/pulse", readCheckIn);

function answered(draft: CheckInDraft, item: string, value: number | null): CheckInDraft {
  const next = withAnswer(full, draft, item, value);
  if (!next.ok) throw new Error(next.refusal.type);
  return next.value;
}

test("the first item is asked first, and a skipped one is not asked again", () => {
  const [first, second] = full.items;
  expect(nextItem(full, {})?.id).toBe(first!.id);
  const skipped = answered(emptyDraft(full), first!.id, null);
  expect(nextItem(full, skipped.answers)?.id).toBe(second!.id);
  expect(answeredCount(full, skipped.answers)).toBe(0);
});

test("an answer can be changed, and only to what is offered", () => {
  const item = full.items[0]!.id;
  expect(answered(answered(emptyDraft(full), item, 1), item, 4).answers[item]).toBe(4);
  for (const value of [-1, 5, 1.5, Number.NaN]) {
    expect(withAnswer(full, emptyDraft(full), item, value)).toMatchObject({
      refusal: { type: "NoSuchOption" },
    });
  }
  expect(withAnswer(full, emptyDraft(full), "nothing", 1)).toMatchObject({
    refusal: { type: "NoSuchItem" },
  });
});

test("five drivers can be picked, a sixth only after one is put back", () => {
  let draft = emptyDraft(full);
  for (const id of ["volume", "record", "inbox", "admin", "pay"]) {
    const next = withDriverToggled(full, draft, id);
    if (next.ok) draft = next.value;
  }
  expect(withDriverToggled(full, draft, "home")).toEqual({
    ok: false,
    refusal: { type: "TooManyDrivers", atMost: 5 },
  });
  const fewer = withDriverToggled(full, draft, "pay");
  expect(fewer.ok && withDriverToggled(full, fewer.value, "home").ok).toBe(true);
});

test("the mildest answer above never to the dark question calls for care, skipping it does not", () => {
  const care = (value: number | null) =>
    itemsCallingForCare(full, { "dark-moments": value }).map(({ id }) => id);
  expect(care(0)).toEqual([]);
  expect(care(null)).toEqual([]);
  expect([1, 2, 3, 4].map(care)).toEqual(Array.from({ length: 4 }, () => ["dark-moments"]));
});

test("a draft comes back as it was kept", () => {
  const draft = { ...answered(emptyDraft(full), "ran-on-empty", 3), drivers: ["home"], words: "x" };
  expect(draftFrom(full, JSON.parse(JSON.stringify(draft)))).toEqual(draft);
});

test("what no longer fits is dropped, what fits is kept", () => {
  const kept = {
    checkIn: "full",
    version: 0,
    answers: { "ran-on-empty": 9, "off-gives-back": 2, gone: 1, "never-enough": null },
    drivers: ["a", "a", 3, "b", "c", "d", "e", "f"],
    words: 7,
  };
  expect(draftFrom(full, kept)).toEqual({
    checkIn: "full",
    version: full.version,
    answers: { "off-gives-back": 2, "never-enough": null },
    drivers: ["a", "b", "c", "d", "e"],
    words: "",
  });
  expect(draftFrom(pulse, kept)).toEqual(emptyDraft(pulse));
});

test("anything at all can come out of a store without a throw", () => {
  fc.assert(fc.property(fc.anything(), (kept) => draftFrom(full, kept).checkIn === "full"));
});
