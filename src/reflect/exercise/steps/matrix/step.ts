/** Short entries in the cells of a table, such as strategies, structures, systems and supports by what holds and what is missing. */
import * as v from "valibot";
import { askFields, explainedSchema } from "../../step-fields.ts";

export const matrixStepSchema = v.strictObject({
  kind: v.literal("matrix"),
  ...askFields,
  rows: v.pipe(v.array(explainedSchema), v.minLength(2), v.maxLength(8)),
  /** Asked one after the other, the first one for all rows before the second. */
  columns: v.pipe(v.array(explainedSchema), v.minLength(1), v.maxLength(3)),
});
export type MatrixStep = v.InferOutput<typeof matrixStepSchema>;
