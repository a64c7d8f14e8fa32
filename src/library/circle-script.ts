/** How an hour of a circle goes: its phases, their minutes, what whoever leads can say, and what helps in a hard moment. */
import * as v from "valibot";
import { proseSchema, versionSchema } from "./prose.ts";

/** In this order. */
export const SCRIPT_PHASES = [
  "arrival",
  "opening-round",
  "topic",
  "open-talk",
  "closing-round",
] as const;
export type ScriptPhase = (typeof SCRIPT_PHASES)[number];

const HOUR = 60;

export const circleScriptSchema = v.strictObject({
  kind: v.literal("circle-script"),
  version: versionSchema,
  phases: v.pipe(
    v.array(
      v.strictObject({
        id: v.picklist(SCRIPT_PHASES),
        minutes: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(40)),
        name: proseSchema,
        /** For everybody: what happens now. */
        about: proseSchema,
        /** For whoever leads, to be said in their own words. */
        says: v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(5)),
      }),
    ),
    v.check(
      (phases) =>
        phases.length === SCRIPT_PHASES.length &&
        phases.every(({ id }, at) => id === SCRIPT_PHASES[at]),
      "not these phases in this order",
    ),
    v.check(
      (phases) => phases.reduce((sum, { minutes }) => sum + minutes, 0) === HOUR,
      "the minutes are no hour",
    ),
  ),
  hardMoment: v.strictObject({
    name: proseSchema,
    about: proseSchema,
    steps: v.pipe(v.array(proseSchema), v.minLength(3), v.maxLength(8)),
  }),
});
export type CircleScript = v.InferOutput<typeof circleScriptSchema>;
