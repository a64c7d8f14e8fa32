/**
 * How well a coach fits beyond the hard constraints. No trial shows that a matching rule improves outcomes,
 * so the weights are few, small, whole numbers; each point can be told as a reason the member recognises.
 */
import * as v from "valibot";
import type { Stage } from "#identity/account.ts";
import { currencyField, minorUnitsField, tagField } from "../directory/coach.ts";
import type { Coach, Modality, Path, Price } from "../directory/coach.ts";
import { spokenWith } from "./constraint.ts";
import type { Preferences } from "./preferences.ts";
import type { SharedQuarters } from "./shared-hours.ts";

const WISHES = ["stage", "specialty", "livedExperience", "style"] as const;
type Wish = (typeof WISHES)[number];
const POINTS: Readonly<Record<Wish, number>> = {
  stage: 4,
  specialty: 3,
  livedExperience: 3,
  style: 1,
};
/** A fourth thing in common says little more than the third did. */
const COUNTED_IN_COMMON = 3;
const POINTS_FOR_LOWER_PRICE = 6;
const MOST_POINTS_FOR_HOURS = 8;

const amountSchema = v.strictObject({
  currency: currencyField,
  minorUnitsPerSession: minorUnitsField,
});
export type Amount = v.InferOutput<typeof amountSchema>;

/** What a member said when passing over earlier offers; it weighs, it never excludes. */
export const leaningSchema = v.variant("type", [
  v.strictObject({ type: v.literal("DoublyWanted"), what: v.picklist(WISHES) }),
  v.strictObject({ type: v.literal("MoreSharedHours") }),
  v.strictObject({ type: v.literal("LowerPrice"), below: v.array(amountSchema) }),
  v.strictObject({ type: v.literal("OtherStyles"), than: v.array(tagField) }),
]);
export type Leaning = v.InferOutput<typeof leaningSchema>;

/** For coaches who break no constraint: higher fits better. */
export function scoreFor(
  preferences: Preferences,
  leanings: readonly Leaning[],
  quarters: SharedQuarters,
): (coach: Coach) => number {
  const { stage, specialty } = preferences;
  const points: Record<Wish, number> = { ...POINTS };
  for (const leaning of leanings) {
    if (leaning.type === "DoublyWanted") points[leaning.what] = POINTS[leaning.what] * 2;
  }
  const others = leanings.filter((leaning) => leaning.type !== "DoublyWanted");
  return (coach) => {
    let sum = 0;
    if (stage !== null && coach.stages.includes(stage)) sum += points.stage;
    if (specialty !== null && coach.specialty === specialty) sum += points.specialty;
    sum += points.livedExperience * counted(preferences.livedExperiences, coach.livedExperiences);
    sum += points.style * counted(preferences.styles, coach.styles);
    for (const leaning of others) sum += pointsForLeaning(leaning, coach);
    return sum;
  };

  function pointsForLeaning(leaning: (typeof others)[number], coach: Coach): number {
    switch (leaning.type) {
      case "MoreSharedHours":
        return Math.min(
          MOST_POINTS_FOR_HOURS,
          Math.floor(quarters(coach) / 4 - preferences.sharedHours),
        );
      case "LowerPrice":
        return leaning.below.some((amount) => isLower(coach.price, amount))
          ? POINTS_FOR_LOWER_PRICE
          : 0;
      case "OtherStyles":
        return -2 * inCommon(leaning.than, coach.styles).length;
    }
  }
}

/** Why this coach, in data; words are the screen's. Wishes come first, then what was asked of everybody. */
export type Reason =
  | { readonly type: "SharesLivedExperience"; readonly what: string }
  | { readonly type: "CoachesYourStage"; readonly stage: Stage }
  | { readonly type: "SharesSpecialty"; readonly specialty: string }
  | { readonly type: "HasStyle"; readonly style: string }
  | { readonly type: "CoachesYourPath"; readonly path: Path }
  | { readonly type: "SpeaksYourLanguage"; readonly language: string }
  | { readonly type: "SharesHours"; readonly hoursAWeek: number }
  | { readonly type: "OffersModality"; readonly modality: Modality }
  | { readonly type: "IsWithinPrice"; readonly price: Price };

export function reasonsFor(
  coach: Coach,
  preferences: Preferences,
  quarters: SharedQuarters,
): Reason[] {
  const { stage, specialty } = preferences;
  const reasons: Reason[] = [];
  for (const what of inCommon(preferences.livedExperiences, coach.livedExperiences))
    reasons.push({ type: "SharesLivedExperience", what });
  if (stage !== null && coach.stages.includes(stage))
    reasons.push({ type: "CoachesYourStage", stage });
  if (specialty !== null && coach.specialty === specialty)
    reasons.push({ type: "SharesSpecialty", specialty });
  for (const style of inCommon(preferences.styles, coach.styles))
    reasons.push({ type: "HasStyle", style });
  reasons.push({ type: "CoachesYourPath", path: preferences.path });
  for (const language of spokenWith(coach, preferences))
    reasons.push({ type: "SpeaksYourLanguage", language });
  reasons.push({ type: "SharesHours", hoursAWeek: quarters(coach) / 4 });
  for (const modality of inCommon(preferences.modalities, coach.modalities))
    reasons.push({ type: "OffersModality", modality });
  if (preferences.priceCeilings.length > 0)
    reasons.push({ type: "IsWithinPrice", price: coach.price });
  return reasons;
}

function counted(wished: readonly string[], has: readonly string[]): number {
  return wished.length === 0 ? 0 : Math.min(COUNTED_IN_COMMON, inCommon(wished, has).length);
}

function inCommon<Tag extends string>(wished: readonly Tag[], has: readonly Tag[]): Tag[] {
  return has.filter((tag) => wished.includes(tag));
}

function isLower(price: Amount, than: Amount): boolean {
  return price.currency === than.currency && price.minorUnitsPerSession < than.minorUnitsPerSession;
}
