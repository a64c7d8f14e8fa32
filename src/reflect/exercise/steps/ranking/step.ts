/** Things in order, the first one first. What is ranked is given here or taken from an earlier step. */
import * as v from "valibot";
import { pointerSchema } from "../../pointer.ts";
import { askFields, countSchema, namedSchema } from "../../step-fields.ts";

export const rankingStepSchema = v.pipe(
  v.strictObject({
    kind: v.literal("ranking"),
    ...askFields,
    items: v.exactOptional(v.pipe(v.array(namedSchema), v.minLength(2), v.maxLength(20))),
    from: v.exactOptional(pointerSchema),
    /** How many from the top are taken on by steps that point here; all of them without it. */
    keep: v.exactOptional(countSchema(20)),
  }),
  v.check(
    (step) => (step.items === undefined) !== (step.from === undefined),
    "ranks either `items` or what `from` points at",
  ),
);
export type RankingStep = v.InferOutput<typeof rankingStepSchema>;
