/** What circles form around, when they can meet, and what everybody agrees to on coming in. */
import * as v from "valibot";
import { idSchema, proseSchema, versionSchema } from "./prose.ts";

export const circleThemesSchema = v.strictObject({
  kind: v.literal("circle-themes"),
  version: versionSchema,
  themes: v.pipe(
    v.array(v.strictObject({ id: idSchema, name: proseSchema, about: proseSchema })),
    v.minLength(3),
    v.check((themes) => new Set(themes.map(({ id }) => id)).size === themes.length, "ids differ"),
  ),
});
export type CircleThemes = v.InferOutput<typeof circleThemesSchema>;

const TIMES_A_DAY = 3;

const hoursSchema = v.strictObject({
  zone: v.pipe(
    v.string(),
    v.check((zone) => isZone(zone), "no time zone"),
  ),
  /** Of one day, in that zone, the earliest first. */
  times: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "not a time like 07:00"))),
    v.length(TIMES_A_DAY),
    v.check(
      (times) => times.every((time, at) => at === 0 || times[at - 1]! < time),
      "one after the other",
    ),
  ),
});
export type CircleHoursOfCountry = v.InferOutput<typeof hoursSchema>;

/** By country (ISO 3166-1 alpha-2), and for all others. */
export const circleHoursSchema = v.strictObject({
  kind: v.literal("circle-hours"),
  version: versionSchema,
  hours: v.objectWithRest({ else: hoursSchema }, hoursSchema),
});
export type CircleHours = v.InferOutput<typeof circleHoursSchema>;

export const circleNormsSchema = v.strictObject({
  kind: v.literal("circle-norms"),
  version: versionSchema,
  norms: v.pipe(
    v.array(v.strictObject({ id: idSchema, brief: proseSchema, about: proseSchema })),
    v.minLength(1),
  ),
});
export type CircleNorms = v.InferOutput<typeof circleNormsSchema>;

function isZone(name: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== "";
  } catch {
    return false;
  }
}
