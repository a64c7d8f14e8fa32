/** What leading a circle's hour is, as six short readings and the promises that whoever offers it makes. */
import * as v from "valibot";
import { idSchema, proseSchema, versionSchema } from "./prose.ts";

const READINGS = 6;
/** In all: short enough for an evening, long enough to have thought about it. */
const MINUTES = { least: 10, most: 14 };
/** Slow readers, and a moment to think, included. */
const WORDS_A_MINUTE = 130;

const readingSchema = v.pipe(
  v.strictObject({
    id: idSchema,
    name: proseSchema,
    minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)),
    text: v.pipe(v.array(proseSchema), v.minLength(2), v.maxLength(8)),
    /** Something to do in the next hour, whoever leads it. */
    try: proseSchema,
  }),
  v.check(({ minutes, text, try: tried }) => {
    const words = [...text, tried].join(" ").split(/\s+/).length;
    return words <= minutes * WORDS_A_MINUTE;
  }, "is longer than its minutes"),
);

export const circleFacilitatingSchema = v.strictObject({
  kind: v.literal("circle-facilitating"),
  version: versionSchema,
  readings: v.pipe(
    v.array(readingSchema),
    v.length(READINGS),
    v.check((readings) => {
      const minutes = readings.reduce((sum, each) => sum + each.minutes, 0);
      return minutes >= MINUTES.least && minutes <= MINUTES.most;
    }, "takes too little time, or too much"),
  ),
  promises: v.pipe(v.array(proseSchema), v.minLength(3), v.maxLength(8)),
});
export type CircleFacilitating = v.InferOutput<typeof circleFacilitatingSchema>;
