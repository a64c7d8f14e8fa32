/** What the host says about the right to use an instrument's wording: said by somebody, and shown to every member. */
import * as v from "valibot";
import { lineField, textField } from "#platform/wire.ts";

const dayField = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\d$/, "day"),
  v.check((day) => isDay(day), "day"),
);

export const assertedLicence = v.strictObject({
  /** Who says so: a person's office, or an organisation. */
  by: lineField(120),
  terms: textField(600),
  /** The day on which it was found to be so. */
  on: dayField,
});
export type AssertedLicence = v.InferOutput<typeof assertedLicence>;

function isDay(day: string): boolean {
  try {
    return Temporal.PlainDate.from(day).toString() === day;
  } catch {
    return false;
  }
}
