import { expect, test } from "vitest";
import { filterCourses, isFree, noFilter } from "./course-filter.ts";

const course = (title: string, cost: string | null, tags: readonly string[] = []) => ({
  title,
  kind: "course" as const,
  format: "online" as const,
  tags: [...tags],
  cost,
});

test("a filter that is not set lets everything through", () => {
  expect(filterCourses([course("a", null), course("b", "Free")], noFilter)).toHaveLength(2);
});

test("every filter that is set must hold", () => {
  const courses = [
    course("a", "Free", ["career"]),
    course("b", "Free"),
    course("c", "$90", ["career"]),
  ];
  const shown = filterCourses(courses, { ...noFilter, tag: "career", isFreeOnly: true });
  expect(shown.map(({ title }) => title)).toEqual(["a"]);
  expect(filterCourses(courses, { ...noFilter, kind: "webinar" })).toEqual([]);
});

test("what is free says so at its beginning; an unknown cost is not called free", () => {
  expect([
    isFree("Free for members"),
    isFree("Freehold"),
    isFree("Not free"),
    isFree(null),
  ]).toEqual([true, false, false, false]);
});
