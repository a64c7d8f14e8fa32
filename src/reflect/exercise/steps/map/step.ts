/** A level for each place: where in the body it sits, or what each thing in a week gives and takes. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { pointerSchema } from "../../pointer.ts";
import { askFields, explainedSchema, namedSchema } from "../../step-fields.ts";

/** Places that the drawing of a body has. */
export const BODY_PLACES = [
  "head",
  "eyes",
  "jaw",
  "neck",
  "shoulders",
  "chest",
  "belly",
  "back",
  "hands",
  "legs",
] as const;

export const mapStepSchema = v.pipe(
  v.strictObject({
    kind: v.literal("map"),
    ...askFields,
    /** `body`: places are some of BODY_PLACES. `energy`: bars that reach to both sides of a middle line. */
    picture: v.picklist(["body", "energy"]),
    places: v.exactOptional(v.pipe(v.array(explainedSchema), v.minLength(2), v.maxLength(20))),
    from: v.exactOptional(pointerSchema),
    /** From least to most; for `energy` from what takes most to what gives most. */
    levels: v.pipe(v.array(namedSchema), v.minLength(2), v.maxLength(5)),
    /** Label of a field for words beside each place. */
    note: v.exactOptional(proseSchema),
  }),
  v.check(
    (step) => (step.places === undefined) !== (step.from === undefined),
    "maps either `places` or what `from` points at",
  ),
  v.check(
    (step) =>
      step.picture !== "body" ||
      (step.places ?? []).every(({ id }) => (BODY_PLACES as readonly string[]).includes(id)),
    `a body has these places: ${BODY_PLACES.join(", ")}`,
  ),
);
export type MapStep = v.InferOutput<typeof mapStepSchema>;
