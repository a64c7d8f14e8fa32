import fc from "fast-check";
import { expect, test } from "vitest";
import { padJson } from "./padding.ts";

const KIB = 1024;

test("what was filled up says the same, and has one of a few sizes and never a smaller one than needed", () => {
  const values = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary", maxLength: 30_000 }));
  fc.assert(
    fc.property(values, (value) => {
      const text = JSON.stringify(value);
      const bytes = Buffer.byteLength(padJson(text));
      expect(JSON.parse(padJson(text))).toEqual(JSON.parse(text));
      expect([1, 4, 16, 64, 256].map((size) => size * KIB)).toContain(bytes);
      expect(bytes === KIB || Buffer.byteLength(text) > bytes / 4).toBe(true);
    }),
  );
});

test("beyond the largest size it is a multiple of it", () => {
  expect(padJson(JSON.stringify("x".repeat(600 * KIB)))).toHaveLength(768 * KIB);
});
