import { expect, test } from "vitest";
import fc from "fast-check";
import { followed } from "./carried.ts";

test("an entry that was mended or added to is the same entry", () => {
  const now = followed(
    ["Commitee", "Clinic", "A run"],
    ["Committee", "Clinic on Tuesday", "A run"],
  );
  expect([...now.values()]).toEqual(["Committee", "Clinic on Tuesday", "A run"]);
});

test("another entry in its place is not", () => {
  expect([...followed(["A run", "Ran"], ["A nap", "Run"]).values()]).toEqual([null, null]);
});

test("where the step before is not asked any more, everything stays", () => {
  expect([...followed(["A run", "Clinic"], []).values()]).toEqual(["A run", "Clinic"]);
});

test("no two entries become one, whatever was changed", () => {
  const texts = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 8 });
  fc.assert(
    fc.property(texts, texts, (held, carried) => {
      const now = followed(held, carried);
      const left = [...now.values()].filter((text) => text !== null);
      expect([...now.keys()]).toEqual(held);
      expect(new Set(left).size).toBe(left.length);
      if (carried.length > 0) expect(left.every((text) => carried.includes(text))).toBe(true);
      for (const text of held) if (carried.includes(text)) expect(now.get(text)).toBe(text);
    }),
  );
});
