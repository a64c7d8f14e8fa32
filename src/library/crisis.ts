/**
 * Crisis content: the signs that are looked for on the device, the numbers to call, and the labelled
 * sentences that the signs are tested on. Kept as data so that a clinician can read and change it.
 */
import * as v from "valibot";
import { daySchema, idSchema, linkSchema, proseSchema, versionSchema } from "./prose.ts";

/** A word pattern; its small language is described in ./word-pattern.ts. */
const patternSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
/** Several that must all stand there. */
const patternsSchema = v.pipe(v.array(patternSchema), v.minLength(2));
const reachSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20));

/** What makes a match not count: a pattern before it, after it, or anywhere in its sentence. */
const exceptionSchema = v.union([
  v.strictObject({
    before: patternSchema,
    within: reachSchema,
    /** Takes the exception back where the match itself begins with this. */
    butFrom: v.exactOptional(patternSchema),
  }),
  v.strictObject({ after: patternSchema, within: reachSchema }),
  v.strictObject({
    near: v.union([patternSchema, patternsSchema]),
    /** Takes the exception back where it stands in the same sentence or beside it. */
    but: v.exactOptional(patternSchema),
  }),
]);
export type Exception = v.InferOutput<typeof exceptionSchema>;

const wordSchema = v.pipe(v.string(), v.regex(/^[a-z0-9]+$/, "not one plain word"));
const spelledSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+( [a-z0-9]+)?$/, "not one or two words"),
);

export const signsSchema = v.strictObject({
  kind: v.literal("crisis-signs"),
  version: versionSchema,
  language: v.literal("en"),
  /** Named sets of words, written `@name` in patterns. */
  words: v.record(v.pipe(v.string(), v.regex(/^[a-zA-Z]+$/)), v.array(v.string())),
  /** How else a word is written, in one word or in two; see ./spelling.ts. */
  spellings: v.record(wordSchema, v.pipe(v.array(spelledSchema), v.minLength(1))),
  /** Words that are read through a slip of the fingers; see ./spelling.ts. */
  slips: v.array(v.pipe(wordSchema, v.minLength(4))),
  /** A gap never runs across these: "I saw a man who wanted to die" is not about the writer. */
  gapStops: v.array(v.string()),
  /** Guard every sign unless it says `despite`. */
  guards: v.array(
    v.strictObject({ id: idSchema, why: proseSchema, unless: v.array(exceptionSchema) }),
  ),
  signs: v.pipe(
    v.array(
      v.strictObject({
        id: idSchema,
        /** "likely" opens nothing by itself: it adds to the points of the words round it. */
        level: v.picklist(["explicit", "likely", "possible"]),
        /**
         * A list in place of a pattern: the first is what exceptions are held against, the others must
         * stand in the same sentence or in the one before or after.
         */
        any: v.pipe(v.array(v.union([patternSchema, patternsSchema])), v.minLength(1)),
        unless: v.exactOptional(v.array(exceptionSchema)),
        despite: v.exactOptional(v.array(idSchema)),
      }),
    ),
    v.minLength(1),
  ),
});
export type CrisisSigns = v.InferOutput<typeof signsSchema>;

const weightSchema = v.pipe(v.number(), v.integer(), v.minValue(-200), v.maxValue(200));

/** What the labelled sentences taught; written by bin/crisis-points.ts and never by hand. */
export const pointsSchema = v.pipe(
  v.strictObject({
    kind: v.literal("crisis-points"),
    version: versionSchema,
    /** From so many points on, the panel opens; from so many, the quiet line shows. */
    panel: weightSchema,
    line: weightSchema,
    /** A passage with fewer words needs so many points more for each that is missing. */
    short: v.strictObject({
      words: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(40)),
      each: v.pipe(weightSchema, v.minValue(0)),
    }),
    /** A passage that reaches from one entry of a list into the next needs so many points more. */
    apart: v.pipe(weightSchema, v.minValue(0)),
    /** What a likely sign adds to its passage. */
    likely: weightSchema,
    /** What is added, less than nothing, where an exception took the only signs away. */
    explained: v.pipe(weightSchema, v.maxValue(0)),
    /** What every passage begins with. */
    base: weightSchema,
    points: v.array(
      v.strictObject({
        each: weightSchema,
        /** A word's stem, or two neighbours; `^` and `$` are the ends of the passage. */
        features: v.pipe(
          v.array(v.pipe(v.string(), v.regex(/^(\^|[a-z0-9"]+)( ([a-z0-9"]+|\$))?$/))),
          v.minLength(1),
        ),
      }),
    ),
  }),
  v.check(({ panel, line }) => line <= panel, "the line shows no later than the panel"),
);
export type CrisisPoints = v.InferOutput<typeof pointsSchema>;

const waySchema = v.variant("by", [
  v.strictObject({ by: v.literal("call"), number: v.pipe(v.string(), v.regex(/^[0-9][0-9 -]*$/)) }),
  v.strictObject({
    by: v.literal("text"),
    number: v.pipe(v.string(), v.regex(/^[0-9][0-9 -]*$/)),
    word: v.exactOptional(v.string()),
  }),
  v.strictObject({ by: v.literal("web"), url: linkSchema }),
]);

const lineSchema = v.strictObject({
  id: idSchema,
  name: proseSchema,
  kind: v.picklist(["emergency", "anyone", "doctors"]),
  /** ISO 3166-1 alpha-2, or "*" for everywhere else. */
  country: v.pipe(v.string(), v.regex(/^([A-Z]{2}|\*)$/)),
  region: v.exactOptional(proseSchema),
  ways: v.pipe(v.array(waySchema), v.minLength(1)),
  hours: proseSchema,
  about: proseSchema,
  verified: v.boolean(),
  /** The day the source was seen; absent only where nobody has seen one. */
  verified_on: v.exactOptional(daySchema),
  source: v.exactOptional(linkSchema),
});
export type CrisisLine = v.InferOutput<typeof lineSchema>;

export const linesSchema = v.strictObject({
  kind: v.literal("crisis-lines"),
  version: versionSchema,
  /** Shown beside a line nobody has verified. */
  unverifiedNote: proseSchema,
  lines: v.pipe(v.array(lineSchema), v.minLength(1)),
});
export type CrisisLines = v.InferOutput<typeof linesSchema>;

export const labelledSchema = v.strictObject({
  kind: v.literal("crisis-labelled"),
  version: versionSchema,
  sentences: v.array(
    v.strictObject({
      text: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
      expect: v.picklist(["explicit", "possible", "none"]),
    }),
  ),
});
export type LabelledSentences = v.InferOutput<typeof labelledSchema>;
