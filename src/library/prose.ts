/** The few shapes that every kind of content is made of, so that all of them are bounded and checked alike. */
import * as v from "valibot";

/** A name that other files point at: lower case, digits and hyphens. */
export const idSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "not an id"),
  v.maxLength(60),
);

/** Anything a person reads: trimmed, not empty, bounded. */
export const proseSchema = v.pipe(
  v.string(),
  v.check((text) => text.trim() === text && text.length > 0, "empty, or with blanks at its ends"),
  v.maxLength(1500),
);

/** A calendar day, ISO 8601. Content says what day it was checked, never what hour. */
export const daySchema = v.pipe(v.string(), v.isoDate("not a day like 2026-11-21"));

const yearSchema = v.pipe(v.number(), v.integer(), v.minValue(1950), v.maxValue(2100));

export const versionSchema = v.pipe(v.number(), v.integer(), v.minValue(1));

export const linkSchema = v.pipe(v.string(), v.url("not a link"), v.startsWith("https://"));

/**
 * A study that a sentence leans on. `seen` says whether we read the figure in a source ("source") or
 * quote it from memory of the literature ("memory"); screens print the second with that warning.
 */
const sourceSchema = v.strictObject({
  study: proseSchema,
  year: yearSchema,
  /** How many people answered or took part; null where the source we saw does not say. */
  n: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  url: v.exactOptional(linkSchema),
  seen: v.picklist(["source", "memory"]),
  checked_on: daySchema,
});

/** A claim with its study and what it cannot tell. */
export const evidenceSchema = v.strictObject({
  says: proseSchema,
  limits: proseSchema,
  source: sourceSchema,
});
export type Evidence = v.InferOutput<typeof evidenceSchema>;
