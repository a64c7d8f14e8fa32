/** A card sort: each card goes to a pile, or to none. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { askFields, explainedSchema, namedSchema } from "../../step-fields.ts";

export const cardsStepSchema = v.strictObject({
  kind: v.literal("cards"),
  ...askFields,
  piles: v.pipe(v.array(namedSchema), v.minLength(2), v.maxLength(4)),
  cards: v.pipe(v.array(explainedSchema), v.minLength(4), v.maxLength(60)),
  /** Label of the field for a card of one's own. */
  own: v.exactOptional(proseSchema),
});
export type CardsStep = v.InferOutput<typeof cardsStepSchema>;
