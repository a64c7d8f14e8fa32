import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { communityCourseSchema } from "./contract.ts";
import { courseFrom, emptyCourseForm, faultsOf } from "./course-form.ts";

const good = {
  ...emptyCourseForm,
  title: "Letters",
  provider: "A society",
  about: "Shorter letters.",
};

test("an empty form says what is missing", () => {
  expect(faultsOf(emptyCourseForm)).toEqual(["title", "provider", "about"]);
  expect(faultsOf({ ...good, url: "http://a.example" })).toEqual(["url"]);
  expect(faultsOf({ ...good, url: "https://a.example/x" })).toEqual([]);
});

test("tags are words that others can filter by", () => {
  const { tags } = courseFrom({ ...good, tags: "Work & Life, pay , PAY,, é!" }, "2026-11-22");
  expect(tags).toEqual(["work-life", "pay", "e"]);
});

test("whatever tags are typed, a form without faults makes a course that the contract takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (tags) => {
      const form = { ...good, tags };
      if (faultsOf(form).length > 0) return;
      expect(v.safeParse(communityCourseSchema, courseFrom(form, "2026-11-22")).success).toBe(true);
    }),
  );
});
