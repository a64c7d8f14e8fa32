/**
 * A coach's card as every member's device gets it, all coaches in one cacheable file, so that matching asks
 * the server nothing. Everything on it was written to be read by members; nothing else is on it.
 */
import * as v from "valibot";
import { nameField, STAGES } from "#identity/account.ts";
import { bytesField, idField, textField, zoneField } from "#platform/wire.ts";
import { credentialSchema } from "./credential.ts";

export const PATHS = ["burnout", "career", "leadership", "sustainable-practice"] as const;
export type Path = (typeof PATHS)[number];

export const MODALITIES = ["video", "audio", "written", "in-person"] as const;
export type Modality = (typeof MODALITIES)[number];

export const pathField = v.picklist(PATHS);

/** The id of an entry in `content/coaching/`: a specialty family, a lived experience, a style. */
export const tagField = v.pipe(v.string(), v.regex(/^[a-z]+(-[a-z]+)*$/, "tag"), v.maxLength(60));

/** BCP 47: language, and where it matters script and region. */
export const languageField = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, "language"),
);

/** See `weekly-hours.ts`. */
export const weeklyHoursField = bytesField(21);
export const currencyField = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, "currency"));

/** Cents, pence and so on. More than ten thousand dollars or pounds a session is a slip of the keyboard. */
export const minorUnitsField = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(1_000_000),
);

const priceSchema = v.strictObject({
  currency: currencyField,
  /** 0 for coaching that is given away. */
  minorUnitsPerSession: minorUnitsField,
  freeChemistryCall: v.boolean(),
});
export type Price = v.InferOutput<typeof priceSchema>;

const tags = (most: number) =>
  v.pipe(v.array(tagField), v.maxLength(most), v.check(isWithoutRepeats, "twice"));

const someOf = <const Options extends readonly string[]>(options: Options) =>
  v.pipe(
    v.array(v.picklist(options)),
    v.minLength(1),
    v.maxLength(options.length),
    v.check<Options[number][], string>(isWithoutRepeats, "twice"),
  );

export const coachSchema = v.strictObject({
  id: idField,
  name: nameField,
  /** A doctor whom the stewards verified, or another certified coach, who is marked as such everywhere. */
  kind: v.picklist(["physician", "other-certified-coach"]),
  /** The coach's own account of a bad stretch, in their own words; an empty line parts paragraphs. */
  story: textField(2_000),
  paths: someOf(PATHS),
  stages: someOf(STAGES),
  languages: v.pipe(
    v.array(languageField),
    v.minLength(1),
    v.maxLength(12),
    v.check(isWithoutRepeats, "twice"),
  ),
  timeZone: zoneField,
  /** In the coach's own zone, so that it stays true when clocks change. */
  weeklyHours: weeklyHoursField,
  /** Null for a coach who is not a doctor. */
  specialty: v.nullable(tagField),
  livedExperiences: tags(12),
  styles: tags(6),
  price: priceSchema,
  modalities: someOf(MODALITIES),
  /** Where the coach works, so that a device can keep colleagues apart; compared by `employer-name.ts`. */
  employers: v.pipe(v.array(textField(120)), v.maxLength(12)),
  credentials: v.pipe(v.array(credentialSchema), v.maxLength(8)),
});
export type Coach = v.InferOutput<typeof coachSchema>;
export type CoachId = Coach["id"];

/** The answer of `GET /api/named/coaches`. */
export const coachIndexSchema = v.strictObject({
  coaches: v.pipe(
    v.array(coachSchema),
    v.maxLength(50_000),
    v.check((coaches) => isWithoutRepeats(coaches.map((coach) => coach.id)), "twice"),
  ),
});
export type CoachIndex = v.InferOutput<typeof coachIndexSchema>;

function isWithoutRepeats(values: string[]): boolean {
  return new Set(values).size === values.length;
}
