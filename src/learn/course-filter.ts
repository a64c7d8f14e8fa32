/** Which courses are shown: by kind, form, what they are about, and whether they cost anything. */
import type { Course } from "./catalogue.ts";

export interface CourseFilter {
  /** Empty for any. */
  readonly kind: string;
  readonly format: string;
  readonly tag: string;
  readonly isFreeOnly: boolean;
}

export const noFilter: CourseFilter = { kind: "", format: "", tag: "", isFreeOnly: false };

export const filterCourses = <Listed extends Pick<Course, "kind" | "format" | "tags" | "cost">>(
  courses: readonly Listed[],
  { kind, format, tag, isFreeOnly }: CourseFilter,
): readonly Listed[] =>
  courses.filter(
    (course) =>
      (kind === "" || course.kind === kind) &&
      (format === "" || course.format === format) &&
      (tag === "" || course.tags.includes(tag)) &&
      (!isFreeOnly || isFree(course.cost)),
  );

/** By the word that the catalogue begins with where nothing is to be paid. */
export const isFree = (cost: string | null): boolean => cost !== null && /^free\b/i.test(cost);
