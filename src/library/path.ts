/** The four paths as pages, and the additive rules that rank them. */
import * as v from "valibot";
import { evidenceSchema, idSchema, proseSchema, versionSchema } from "./prose.ts";

export const pathIdSchema = v.picklist(["burnout", "career", "leadership", "sustainable-practice"]);
export type PathId = v.InferOutput<typeof pathIdSchema>;

const sectionSchema = v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(10));

export const pathSchema = v.strictObject({
  kind: v.literal("path"),
  id: pathIdSchema,
  version: versionSchema,
  name: proseSchema,
  inOneLine: proseSchema,
  purpose: proseSchema,
  suits: sectionSchema,
  happens: sectionSchema,
  firstStep: proseSchema,
  cannot: sectionSchema,
  evidence: v.pipe(v.array(evidenceSchema), v.minLength(1)),
});
export type Path = v.InferOutput<typeof pathSchema>;

const pointsSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5));

/** A condition that a rule asks for; all of a rule's conditions must hold. */
const conditionSchema = v.union([
  v.strictObject({ driver: idSchema }),
  v.strictObject({ want: idSchema }),
  v.strictObject({ dimension: idSchema, band: v.picklist(["low", "middle", "high"]) }),
]);
export type Condition = v.InferOutput<typeof conditionSchema>;

export const pathRulesSchema = v.strictObject({
  kind: v.literal("path-rules"),
  version: versionSchema,
  ask: v.strictObject({
    drivers: proseSchema,
    wants: proseSchema,
    care: proseSchema,
  }),
  wants: v.pipe(v.array(v.strictObject({ id: idSchema, text: proseSchema })), v.minLength(1)),
  rules: v.pipe(
    v.array(
      v.strictObject({
        when: v.pipe(v.array(conditionSchema), v.minLength(1), v.maxLength(3)),
        adds: v.pipe(
          v.array(
            v.strictObject({ path: pathIdSchema, points: pointsSchema, because: proseSchema }),
          ),
          v.minLength(1),
        ),
      }),
    ),
    v.minLength(1),
  ),
  /** Where coaching is not enough, or not first. Never hides a path. */
  care: v.array(
    v.strictObject({
      id: idSchema,
      text: proseSchema,
      says: proseSchema,
      next: sectionSchema,
      /** Also raised by the check-in itself, when all of these hold. */
      alsoWhen: v.exactOptional(v.array(conditionSchema)),
      crisis: v.boolean(),
    }),
  ),
  texts: v.strictObject({
    first: proseSchema,
    tied: proseSchema,
    others: proseSchema,
    none: proseSchema,
    why: proseSchema,
  }),
});
export type PathRules = v.InferOutput<typeof pathRulesSchema>;
export type CareSignal = PathRules["care"][number];
