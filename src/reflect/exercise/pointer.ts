/** How one step takes up what another one holds: the entries of a list, a pile, a column, the options picked. */
import * as v from "valibot";
import { idSchema } from "#library/prose.ts";

/** `part` names a pile, a column or a row of that step; without it all of its entries are meant. */
export const pointerSchema = v.strictObject({
  step: idSchema,
  part: v.exactOptional(idSchema),
});
export type Pointer = v.InferOutput<typeof pointerSchema>;
