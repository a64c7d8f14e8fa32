/**
 * What a member asks of a coach, and whom they must never meet. It is sealed before it is stored and read
 * only on the member's own devices: the server learns neither a wish nor a name on the conflict list.
 */
import * as v from "valibot";
import { stageField } from "#identity/account.ts";
import { idField, textField, zoneField } from "#platform/wire.ts";
import {
  currencyField,
  languageField,
  MODALITIES,
  pathField,
  minorUnitsField,
  tagField,
  weeklyHoursField,
} from "../directory/coach.ts";

const names = v.pipe(v.array(textField(120)), v.maxLength(200));
const wishes = v.pipe(v.array(tagField), v.maxLength(12));

export const preferencesSchema = v.strictObject({
  path: pathField,
  /** Any of these will do. */
  languages: v.pipe(v.array(languageField), v.minLength(1), v.maxLength(12)),
  timeZone: zoneField,
  /** The member's own free hours in their zone; null: any hour. */
  freeHours: v.nullable(weeklyHoursField),
  /** Hours a week that must be shared at least. */
  sharedHours: v.pipe(v.number(), v.minValue(0.5), v.maxValue(40)),
  /** The most a session may cost, in each currency the member would pay in; none: no ceiling. */
  priceCeilings: v.pipe(
    v.array(v.strictObject({ currency: currencyField, minorUnitsPerSession: minorUnitsField })),
    v.maxLength(8),
  ),
  /** Any of these will do; none: any at all. */
  modalities: v.pipe(v.array(v.picklist(MODALITIES)), v.maxLength(MODALITIES.length)),
  /** Only coaches who are verified doctors. */
  doctorsOnly: v.boolean(),
  ownEmployers: names,
  conflicts: v.strictObject({
    people: names,
    employers: names,
    /** Added by "never offer this person again" on a card. */
    coaches: v.pipe(v.array(idField), v.maxLength(200)),
  }),
  stage: v.nullable(stageField),
  specialty: v.nullable(tagField),
  livedExperiences: wishes,
  styles: wishes,
});
export type Preferences = v.InferOutput<typeof preferencesSchema>;
