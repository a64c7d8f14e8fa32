/** The fields that steps of every kind have, and the small shapes that several kinds are made of. */
import * as v from "valibot";
import { idSchema, proseSchema } from "#library/prose.ts";

export const stepFields = {
  id: idSchema,
  /** Asked only when a choice before it was answered with one of these options. */
  when: v.exactOptional(
    v.strictObject({ step: idSchema, is: v.pipe(v.array(idSchema), v.minLength(1)) }),
  ),
};

export const askFields = {
  ...stepFields,
  ask: proseSchema,
  hint: v.exactOptional(proseSchema),
};

/** A thing that can be named in an answer. */
export const namedSchema = v.strictObject({ id: idSchema, text: proseSchema });

/** As `namedSchema`, with a sentence that says more. */
export const explainedSchema = v.strictObject({
  id: idSchema,
  text: proseSchema,
  says: v.exactOptional(proseSchema),
});

/**
 * What can be picked. `crisis` is for what says that somebody may not want to live: picking it opens the crisis
 * panel as typed words do, for no recogniser reads what was not typed.
 */
export const pickedSchema = v.strictObject({
  ...explainedSchema.entries,
  crisis: v.exactOptional(v.literal(true)),
});

export const promptsSchema = v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(12));

export const countSchema = (atMost: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(atMost));
