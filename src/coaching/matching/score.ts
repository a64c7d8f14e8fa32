/**
 * How well a coach fits beyond the hard constraints. No trial shows that a matching rule improves outcomes,
 * so the weights are few, small, whole numbers; each point can be told as a reason the member recognises.
 */
import { STAGES } from "#identity/account.ts";
import type { Stage } from "#identity/account.ts";
import type { Coach, Modality, Path, Price } from "../directory/coach.ts";
import { flagsOf } from "./constraint.ts";
import type { Judgement } from "./constraint.ts";
import type { Preferences } from "./preferences.ts";
import { primaryLanguage } from "./prepared-index.ts";
import type { PreparedIndex, Tags } from "./prepared-index.ts";

const points = { stage: 4, specialty: 3, livedExperience: 3, style: 1 } as const;
/** A fourth thing in common says little more than the third did. */
const COUNTED_IN_COMMON = 3;
const POINTS_FOR_LOWER_PRICE = 6;
const MOST_POINTS_FOR_HOURS = 8;

/** What a member said when passing over earlier offers; it weighs, it never excludes. */
export type Leaning =
  | { readonly type: "DoublyWanted"; readonly what: keyof typeof points }
  | { readonly type: "MoreSharedHours" }
  | {
      readonly type: "LowerPrice";
      readonly below: readonly Pick<Price, "currency" | "minorUnitsPerSession">[];
    }
  | { readonly type: "OtherStyles"; readonly than: readonly string[] };

export function scores(
  index: PreparedIndex,
  preferences: Preferences,
  judgement: Judgement,
  leanings: readonly Leaning[],
): Int16Array {
  const weight = (what: keyof typeof points) =>
    leanings.some((leaning) => leaning.type === "DoublyWanted" && leaning.what === what)
      ? points[what] * 2
      : points[what];
  const [stagePoints, specialtyPoints] = [weight("stage"), weight("specialty")];
  const [livedPoints, stylePoints] = [weight("livedExperience"), weight("style")];
  const stage = preferences.stage === null ? 0 : 1 << STAGES.indexOf(preferences.stage);
  const specialty = flagsOf(
    index.specialties,
    preferences.specialty === null ? [] : [preferences.specialty],
  );
  const lived = flagsOf(index.livedExperiences, preferences.livedExperiences);
  const styles = flagsOf(index.styles, preferences.styles);
  const unlikedStyles = flagsOf(
    index.styles,
    leanings.flatMap((leaning) => (leaning.type === "OtherStyles" ? leaning.than : [])),
  );
  const leansToHours = leanings.some((leaning) => leaning.type === "MoreSharedHours");
  const lowerThan = pricesToBeat(index.currencies, leanings);

  return Int16Array.from(index.coaches, (_, at) => {
    if (judgement.broken[at] !== 0) return 0;
    const spareQuarters = judgement.sharedQuarters[at]! - preferences.sharedHours * 4;
    return (
      ((index.stages[at]! & stage) !== 0 ? stagePoints : 0) +
      specialtyPoints * count(index.specialties, at, specialty) +
      livedPoints * Math.min(COUNTED_IN_COMMON, count(index.livedExperiences, at, lived)) +
      stylePoints * Math.min(COUNTED_IN_COMMON, count(index.styles, at, styles)) -
      2 * count(index.styles, at, unlikedStyles) +
      (leansToHours ? Math.min(MOST_POINTS_FOR_HOURS, Math.floor(spareQuarters / 4)) : 0) +
      (index.prices[at]! < lowerThan[index.currencies.numbers[at]!]! ? POINTS_FOR_LOWER_PRICE : 0)
    );
  });
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

/** `sharedQuarters`: quarters of an hour a week. */
export function reasonsFor(
  coach: Coach,
  preferences: Preferences,
  sharedQuarters: number,
): Reason[] {
  const spoken = new Set(preferences.languages.map(primaryLanguage));
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
  for (const language of coach.languages)
    if (spoken.has(primaryLanguage(language)))
      reasons.push({ type: "SpeaksYourLanguage", language });
  reasons.push({ type: "SharesHours", hoursAWeek: sharedQuarters / 4 });
  for (const modality of inCommon(preferences.modalities, coach.modalities))
    reasons.push({ type: "OffersModality", modality });
  if (preferences.priceCeilings.length > 0)
    reasons.push({ type: "IsWithinPrice", price: coach.price });
  return reasons;
}

function inCommon<Tag extends string>(wished: readonly Tag[], has: readonly Tag[]): Tag[] {
  return [...new Set(wished)].filter((tag) => has.includes(tag));
}

function count(tags: Tags, at: number, flags: Uint8Array): number {
  let sum = 0;
  const end = tags.starts[at + 1]!;
  for (let tag = tags.starts[at]!; tag < end; tag++) sum += flags[tags.numbers[tag]!]!;
  return sum;
}

function pricesToBeat(currencies: Tags, leanings: readonly Leaning[]): Float64Array {
  const lowest = new Float64Array(currencies.numberByTag.size);
  for (const leaning of leanings) {
    if (leaning.type !== "LowerPrice") continue;
    for (const { currency, minorUnitsPerSession } of leaning.below) {
      const number = currencies.numberByTag.get(currency);
      if (number !== undefined) lowest[number] = minorUnitsPerSession;
    }
  }
  return lowest;
}
