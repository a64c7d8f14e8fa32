/** "Promote to...": entries of an earlier step become something to try, something to do, or something to see again on a later day. */
import * as v from "valibot";
import { pointerSchema } from "../../pointer.ts";
import { askFields, countSchema } from "../../step-fields.ts";

export const promoteStepSchema = v.pipe(
  v.strictObject({
    kind: v.literal("promote"),
    ...askFields,
    from: pointerSchema,
    /** `experiment` and `step` are kept for Plan, `ideas` lie apart until their day. */
    to: v.picklist(["experiment", "step", "ideas"]),
    atMost: countSchema(20),
    /** Days until what was put by is shown again; said for `ideas` only. */
    againInDays: v.exactOptional(countSchema(120)),
  }),
  v.check(
    (step) => (step.to === "ideas") === (step.againInDays !== undefined),
    "`ideas` need `againInDays`, and nothing else has it",
  ),
);
export type PromoteStep = v.InferOutput<typeof promoteStepSchema>;
