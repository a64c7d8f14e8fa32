/** The coaching agreement: shown before the first booking, accepted by version, kept by both. */
import * as v from "valibot";
import { daySchema, idSchema, proseSchema, versionSchema } from "./prose.ts";

export const agreementSchema = v.strictObject({
  kind: v.literal("agreement"),
  version: versionSchema,
  dated: daySchema,
  title: proseSchema,
  intro: proseSchema,
  sections: v.pipe(
    v.array(
      v.strictObject({
        id: idSchema,
        title: proseSchema,
        /** The one sentence to take away. */
        brief: proseSchema,
        text: v.pipe(v.array(proseSchema), v.minLength(1)),
      }),
    ),
    v.minLength(1),
  ),
  acceptClient: proseSchema,
  acceptCoach: proseSchema,
  note: proseSchema,
});
export type Agreement = v.InferOutput<typeof agreementSchema>;
