import fc from "fast-check";
import { expect, test } from "vitest";
import { asFinished, emptyFilling, readFilling, withAnswer, type Filling } from "./filling.ts";
import { isSameFilling, mergeFillings } from "./filling-merge.ts";
import type { Exercise } from "./exercise.ts";

const exercise = { id: "made-up", version: 1, language: "en" } as Exercise;
const begun = emptyFilling(exercise, "2026-11-20");
const STEPS = ["a", "b", "c"];
const [morning, evening]: [string, string] = ["2026-11-21", "2026-11-22"];

const says = (filling: Filling, step: string, text: string, sitting: string, today = morning) =>
  withAnswer(filling, exercise, step, { text }, { id: sitting, today });

/** Everything that stands in a filling, also beside its answers. */
const textsIn = (filling: Filling): Set<string> =>
  new Set(
    Object.values(filling.answers).flatMap(({ answer, others = [] }) =>
      [answer, ...others].map((one) => (one as { text: string }).text),
    ),
  );

/** What a device types, one after the other, onto what it had. */
const typing = fc.array(
  fc.record({ step: fc.constantFrom(...STEPS), text: fc.string({ minLength: 1, maxLength: 6 }) }),
  { maxLength: 6 },
);
const typed = (
  from: Filling,
  device: string,
  all: readonly { step: string; text: string }[],
): Filling => all.reduce((now, { step, text }) => says(now, step, device + text, device), from);

test("different steps that two devices filled in are both there", () => {
  const merged = mergeFillings(says(begun, "a", "phone", "p"), says(begun, "b", "laptop", "l"));
  expect(textsIn(merged)).toEqual(new Set(["phone", "laptop"]));
  expect(merged.answers["a"]!.others).toBeUndefined();
});

test("what was changed in sight of the other takes its place, however often that was changed", () => {
  let phone = begun;
  for (const text of ["o", "on", "one", "one two"]) phone = says(phone, "a", text, "p");
  const laptop = says(phone, "a", "better", "l");
  expect(mergeFillings(phone, laptop).answers["a"]).toEqual(laptop.answers["a"]);
});

test("where neither saw the other the later day counts, and the earlier one is kept beside it", () => {
  const phone = says(begun, "a", "old, typed", "p");
  const typedMore = says(phone, "a", "old, typed more", "p");
  const laptop = says(begun, "a", "new", "l", evening);
  const { answer, others } = mergeFillings(typedMore, laptop).answers["a"]!;
  expect(answer).toEqual({ text: "new" });
  expect(others).toEqual([{ text: "old, typed more" }]);
});

test("once finished on one device it stays finished", () => {
  const merged = mergeFillings(asFinished(begun, evening), says(begun, "a", "late", "l"));
  expect(merged.isFinished).toBe(true);
  expect(merged.changedOn).toBe(evening);
  expect(merged.begunOn).toBe("2026-11-20");
});

test("merging is the same in any order, changes nothing twice, and loses nothing", () => {
  fc.assert(
    fc.property(typing, typing, typing, (before, onPhone, onLaptop) => {
      const shared = typed(begun, "s", before);
      const phone = typed(shared, "p", onPhone);
      const laptop = typed(shared, "l", onLaptop);
      const merged = mergeFillings(phone, laptop);
      expect(isSameFilling(merged, mergeFillings(laptop, phone))).toBe(true);
      expect(isSameFilling(merged, mergeFillings(merged, phone))).toBe(true);
      expect(isSameFilling(merged, mergeFillings(laptop, merged))).toBe(true);
      expect(isSameFilling(phone, mergeFillings(phone, shared))).toBe(true);
      const there = textsIn(merged);
      for (const device of [phone, laptop])
        for (const [step, { answer, changes }] of Object.entries(device.answers)) {
          const wasTypedHere = Object.keys(changes).some((sitting) => sitting !== "s");
          if (wasTypedHere) expect(there, step).toContain((answer as { text: string }).text);
        }
    }),
  );
});

test("what is kept is read as it was written, and nonsense is passed over", () => {
  fc.assert(
    fc.property(typing, (all) => {
      const filling = typed(begun, "p", all);
      const kept: unknown = JSON.parse(JSON.stringify(filling));
      expect(isSameFilling(readFilling(kept)!, filling)).toBe(true);
    }),
  );
  fc.assert(fc.property(fc.anything(), (raw) => void readFilling(raw)));
  expect(readFilling({ exercise: "x", answers: {}, begunOn: "yesterday" })).toBeNull();
});
