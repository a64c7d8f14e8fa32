/** Learn's HTTP surface: the courses that this community's stewards add to the catalogue that comes with Callroom. */
import * as v from "valibot";
import { linkSchema } from "#library/prose.ts";
import { route } from "#platform/contract.ts";
import { idField, lineField, textField } from "#platform/wire.ts";
import { COURSE_FORMATS, COURSE_KINDS } from "./catalogue.ts";

/** The 30th of February fits the pattern, and some browsers throw when they are to show it. */
function isDay(day: string): boolean {
  const [year, month, last] = day.split("-").map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, last)).toISOString().startsWith(day);
}

const tagField = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "tag"), v.maxLength(40));

export const communityCourseSchema = v.strictObject({
  title: lineField(160),
  provider: lineField(120),
  kind: v.picklist(COURSE_KINDS),
  format: v.picklist(COURSE_FORMATS),
  cost: v.nullable(lineField(120)),
  time: v.nullable(lineField(120)),
  about: textField(600),
  // An address may hold letters that no database keeps.
  url: v.nullable(v.pipe(lineField(500), linkSchema)),
  checked_on: v.pipe(v.string(), v.isoDate(), v.check(isDay, "day")),
  tags: v.pipe(v.array(tagField), v.maxLength(8)),
});
export type CommunityCourse = v.InferOutput<typeof communityCourseSchema>;

export const readCourses = route({
  name: "readCourses",
  about: "Courses and webinars that the stewards added to the catalogue.",
  method: "GET",
  path: "/api/named/learn/courses",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    courses: v.array(v.strictObject({ id: idField, ...communityCourseSchema.entries })),
  }),
  refusals: {},
  perMinute: 60,
});

export const addCourse = route({
  name: "addCourse",
  about:
    "Adds a course to the catalogue. It is shown to every member, and nobody is told who added it.",
  method: "POST",
  path: "/api/named/learn/courses",
  zone: "named",
  who: "steward",
  body: communityCourseSchema,
  answer: v.strictObject({ id: idField }),
  refusals: { CatalogueFull: 409 },
  perMinute: 30,
});

export const dropCourse = route({
  name: "dropCourse",
  about: "Takes a course off the catalogue.",
  method: "DELETE",
  path: "/api/named/learn/courses/:id",
  zone: "named",
  who: "steward",
  params: v.strictObject({ id: idField }),
  answer: v.strictObject({}),
  refusals: {},
  perMinute: 30,
});
