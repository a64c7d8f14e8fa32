/**
 * The two tables of Learn: courses and webinars with who offers them at what cost, and what the licensing forms
 * of each state ask about health, with the day somebody looked and whether we are sure.
 */
import * as v from "valibot";
import { daySchema, idSchema, linkSchema, proseSchema, versionSchema } from "#library/prose.ts";

export const COURSE_KINDS = ["course", "webinar", "certificate", "community", "reading"] as const;
export const COURSE_FORMATS = ["online", "in-person", "mixed", "self-paced"] as const;

const courseSchema = v.strictObject({
  id: idSchema,
  title: proseSchema,
  provider: proseSchema,
  kind: v.picklist(COURSE_KINDS),
  format: v.picklist(COURSE_FORMATS),
  /** In words, as the provider tells it; null where it doesn't. */
  cost: v.nullable(proseSchema),
  /** How long it takes, in words. */
  time: v.nullable(proseSchema),
  about: proseSchema,
  url: v.nullable(linkSchema),
  checked_on: daySchema,
  tags: v.pipe(v.array(idSchema), v.maxLength(8)),
});
export type Course = v.InferOutput<typeof courseSchema>;

export const coursesSchema = v.strictObject({
  kind: v.literal("courses"),
  version: versionSchema,
  /** What to keep in mind before paying for any of them. */
  note: v.exactOptional(proseSchema),
  courses: v.array(courseSchema),
});
export type Courses = v.InferOutput<typeof coursesSchema>;

export const licenceFormsSchema = v.strictObject({
  kind: v.literal("licence-forms"),
  version: versionSchema,
  /** Why it matters and what the table can't tell. */
  notes: v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(8)),
  forms: v.pipe(
    v.array(
      v.strictObject({
        /** As the postal service writes it: `CA`. */
        state: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, "not a state's two letters")),
        name: proseSchema,
        asks: proseSchema,
        /** Year or day since when, in words; null where we don't know. */
        since: v.nullable(proseSchema),
        source: proseSchema,
        url: v.exactOptional(linkSchema),
        checked_on: daySchema,
        /** False where the row must be checked with the board before anybody relies on it. */
        sure: v.boolean(),
      }),
    ),
    v.minLength(1),
  ),
});
export type LicenceForms = v.InferOutput<typeof licenceFormsSchema>;
