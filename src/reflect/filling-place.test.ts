import { expect, test } from "vitest";
import fc from "fast-check";
import { readCheckIn } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import {
  isEmpty,
  placeAfter,
  placeBefore,
  placeToResume,
  stepCount,
  type Place,
} from "./filling-place.ts";
import { emptyDraft, withAnswer, type CheckInDraft } from "./questionnaire.ts";

const full = await readContentFile("content", "check-in/full", readCheckIn);
const pulse = await readContentFile("content", "check-in/pulse", readCheckIn);
const TODAY = "2026-11-22";
const care = full.items.findIndex(({ safety }) => safety !== undefined);

function answered(draft: CheckInDraft, index: number, value: number | null): CheckInDraft {
  const next = withAnswer(full, draft, full.items[index]!.id, value);
  if (!next.ok) throw new Error(next.refusal.type);
  return next.value;
}

test("a full check-in opens with a page, a pulse with its first question", () => {
  expect(placeToResume(full, emptyDraft(full), null, TODAY)).toEqual({ at: "opening" });
  expect(placeToResume(pulse, emptyDraft(pulse), null, TODAY)).toEqual({ at: "item", index: 0 });
});

test("after a reload one is at the first question that was neither answered nor skipped", () => {
  const draft = answered(answered(emptyDraft(full), 0, 3), 1, null);
  expect(placeToResume(full, draft, TODAY, TODAY)).toEqual({ at: "item", index: 2 });
});

test("what was begun more than three days ago asks whether it still fits", () => {
  const draft = answered(emptyDraft(full), 0, 3);
  expect(placeToResume(full, draft, "2026-11-19", TODAY)).toEqual({ at: "item", index: 1 });
  expect(placeToResume(full, draft, "2026-11-18", TODAY)).toEqual({ at: "old" });
});

test("an answer that calls for care is followed by the lines, and then by the next question", () => {
  const at: Place = { at: "item", index: care };
  const dark = answered(emptyDraft(full), care, 1);
  expect(placeAfter(full, dark, at)).toEqual({ at: "care", index: care });
  expect(placeAfter(full, dark, { at: "care", index: care })).toEqual({
    at: "item",
    index: care + 1,
  });
  for (const value of [0, null]) {
    const light = answered(emptyDraft(full), care, value);
    expect(placeAfter(full, light, at)).toEqual({ at: "item", index: care + 1 });
  }
});

test("the last tap of a pulse finishes it", () => {
  expect(placeAfter(pulse, emptyDraft(pulse), { at: "item", index: 3 })).toBeNull();
});

test("whatever is answered, the way leads through every step to the end, and every step leads back", () => {
  const answers = fc.array(fc.option(fc.integer({ min: 0, max: 4 })), {
    minLength: full.items.length,
    maxLength: full.items.length,
  });
  fc.assert(
    fc.property(answers, (values) => {
      let draft = emptyDraft(full);
      let place: Place | null = { at: "opening" };
      const asked: string[] = [];
      while (place !== null) {
        if (place.at === "item") {
          draft = answered(draft, place.index, values[place.index]!);
          asked.push(full.items[place.index]!.id);
        }
        if (place.at === "drivers" || place.at === "words") asked.push(place.at);
        expect(placeBefore(full, place) === null).toBe(place.at === "opening");
        place = placeAfter(full, draft, place);
      }
      expect(asked).toEqual([...full.items.map(({ id }) => id), "drivers", "words"]);
      expect(asked.length).toBe(stepCount(full));
    }),
  );
});

test("skipping alone, or blanks alone, leaves nothing to keep", () => {
  expect(isEmpty(answered(emptyDraft(full), 0, null))).toBe(true);
  expect(isEmpty({ ...emptyDraft(full), words: " \n" })).toBe(true);
  expect(isEmpty(answered(emptyDraft(full), 0, 0))).toBe(false);
});
