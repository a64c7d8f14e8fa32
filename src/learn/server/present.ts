/** What leaves Learn: a course as members see it. */
import type { CourseRow } from "./store.ts";

export const presentCourse = ({ id, course }: CourseRow) => ({
  id,
  title: course.title,
  provider: course.provider,
  kind: course.kind,
  format: course.format,
  cost: course.cost,
  time: course.time,
  about: course.about,
  url: course.url,
  checked_on: course.checked_on,
  tags: course.tags,
});
