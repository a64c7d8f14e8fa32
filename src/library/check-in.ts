/**
 * What a check-in is, as content: the questions, the texts of a result, and the drivers a person can
 * name. Nothing here scores anything; that is reflect's work.
 */
import * as v from "valibot";
import { evidenceSchema, idSchema, proseSchema, versionSchema } from "./prose.ts";

const scaleSchema = v.strictObject({
  id: idSchema,
  /** Values climb by one from the first option, so that reversing is `min + max - x`. */
  options: v.pipe(
    v.array(v.strictObject({ value: v.pipe(v.number(), v.integer()), text: proseSchema })),
    v.minLength(2),
    v.check(
      (options) => options.every((o, i) => o.value === options[0]!.value + i),
      "option values must climb by one",
    ),
  ),
});
export type Scale = v.InferOutput<typeof scaleSchema>;

const itemSchema = v.strictObject({
  id: idSchema,
  /** Absent for an item that is asked out of care and is part of no score. */
  dimension: v.exactOptional(idSchema),
  text: proseSchema,
  scale: idSchema,
  /** True where much of what the item says means little of its dimension. */
  reversed: v.exactOptional(v.boolean()),
  /** An answer of `from` or more opens the crisis panel, whatever the rest says. */
  safety: v.exactOptional(v.strictObject({ from: v.pipe(v.number(), v.integer()) })),
  /** Said on the page before the question, never after it. */
  lead: v.exactOptional(proseSchema),
});
export type Item = v.InferOutput<typeof itemSchema>;

const noiseSchema = v.strictObject({
  dimension: idSchema,
  /** Standard deviation on the 0-100 scale, and reliability. */
  sd: v.pipe(v.number(), v.minValue(0.1), v.maxValue(60)),
  r: v.pipe(v.number(), v.minValue(0), v.maxValue(0.99)),
  source: proseSchema,
  /** True until a community's own baseline has replaced the two figures. */
  assumed: v.boolean(),
});

export const checkInSchema = v.strictObject({
  kind: v.literal("check-in"),
  id: idSchema,
  version: versionSchema,
  title: proseSchema,
  label: proseSchema,
  seconds: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(180)),
  every: v.picklist(["week", "month"]),
  window: proseSchema,
  before: proseSchema,
  scales: v.pipe(v.array(scaleSchema), v.minLength(1)),
  items: v.pipe(v.array(itemSchema), v.minLength(1), v.maxLength(30)),
  noise: v.array(noiseSchema),
  drivers: v.exactOptional(
    v.strictObject({ text: proseSchema, atMost: v.pipe(v.number(), v.integer()) }),
  ),
  words: v.exactOptional(v.strictObject({ text: proseSchema, hint: proseSchema })),
});
export type CheckIn = v.InferOutput<typeof checkInSchema>;

const bandSchema = v.strictObject({
  id: v.picklist(["low", "middle", "high"]),
  /** The band holds scores from here up to the next band. */
  from: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  means: proseSchema,
  now: v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(3)),
});
export type Band = v.InferOutput<typeof bandSchema>;

const dimensionSchema = v.strictObject({
  id: idSchema,
  name: proseSchema,
  /** The three of burnout first; the others stand beside them. */
  place: v.picklist(["burnout", "beside"]),
  better: v.picklist(["lower", "higher"]),
  about: proseSchema,
  bands: v.pipe(v.array(bandSchema), v.length(3)),
  /** Either a figure with its study, or the plain sentence that we have none. */
  norm: v.union([evidenceSchema, v.strictObject({ unknown: proseSchema })]),
});
export type Dimension = v.InferOutput<typeof dimensionSchema>;

export const checkInResultsSchema = v.strictObject({
  kind: v.literal("check-in-results"),
  version: versionSchema,
  label: proseSchema,
  bandNote: proseSchema,
  noiseNote: proseSchema,
  notScored: proseSchema,
  norm: evidenceSchema,
  dimensions: v.pipe(v.array(dimensionSchema), v.minLength(1)),
  /** Sentences with {name}, {since}, {by}, {threshold}: see reflect/trends/trend.ts. */
  change: v.strictObject({
    first: proseSchema,
    improved: proseSchema,
    worsened: proseSchema,
    unclear: proseSchema,
    improvedTrend: proseSchema,
    worsenedTrend: proseSchema,
    improvingSlowly: proseSchema,
    worseningSlowly: proseSchema,
    notScored: proseSchema,
  }),
});
export type CheckInResults = v.InferOutput<typeof checkInResultsSchema>;

export const driversSchema = v.strictObject({
  kind: v.literal("drivers"),
  version: versionSchema,
  drivers: v.pipe(
    v.array(
      v.strictObject({
        id: idSchema,
        /** Worded so that it can be quoted back: "You named: ...". */
        text: proseSchema,
        group: v.picklist(["load", "control", "values", "people", "life"]),
        cause: proseSchema,
        mine: proseSchema,
        theirs: proseSchema,
      }),
    ),
    v.minLength(1),
  ),
});
export type Drivers = v.InferOutput<typeof driversSchema>;
export type Driver = Drivers["drivers"][number];
