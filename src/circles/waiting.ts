/**
 * What somebody tells who waits for a circle, and what of it a pseudonym must not tell (rule 9): few hours out of
 * few, few themes out of few, no free words, and of an employer a mark that says only whether two have the same.
 */
import * as v from "valibot";
import { bytesField } from "#platform/wire.ts";
import type { WaitingEntry } from "./fit.ts";

/** Three a day, seven days, counted from Monday; their times are in content/circles/hours.yaml. */
export const BLOCKS = 21;
export const MOST_BLOCKS = 6;
export const MOST_THEMES = 3;
/** From students to those about to retire. */
const MOST_STAGE = 4;

const themeField = v.pipe(v.string(), v.regex(/^[a-z][a-z-]{1,39}$/, "theme"));
const blockField = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(BLOCKS - 1));

const withoutRepeats = <Item>(items: readonly Item[]) => new Set(items).size === items.length;

/** Free hours of the week. */
export const blocksField = v.pipe(
  v.array(blockField),
  v.minLength(1),
  v.maxLength(MOST_BLOCKS),
  v.check(withoutRepeats, "twice"),
);

/** As it is sent and shown again. */
export const waitingField = v.strictObject({
  themes: v.pipe(
    v.array(themeField),
    v.minLength(1),
    v.maxLength(MOST_THEMES),
    v.check(withoutRepeats, "twice"),
  ),
  blocks: blocksField,
  stage: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_STAGE)),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/, "language")),
  /** `employerMark` of the name; null for whoever doesn't mind. */
  employer: v.nullable(bytesField(32)),
});
export type WaitingForm = v.InferOutput<typeof waitingField>;

/** `id` is the pseudonym's, in any writing; `employer` what the server made of the mark. */
export const toEntry = (
  id: string,
  { themes, blocks, stage, language }: WaitingForm,
  employer: string | null,
): WaitingEntry => ({ id, themes, hours: blocks, stage, language, employer });
