/**
 * A member's search for a coach, from the first three offers through "none of these" to the next three. What
 * was offered stays passed over, the reason given leans the next round, and whom the member must not meet goes
 * onto the conflict list for good.
 */
import * as v from "valibot";
import { idField } from "#platform/wire.ts";
import type { Coach, CoachId } from "../directory/coach.ts";
import { preferencesSchema } from "./preferences.ts";
import type { Preferences } from "./preferences.ts";
import { rank } from "./rank.ts";
import type { Matching, Round } from "./rank.ts";
import { lowestPrices } from "./relaxation.ts";
import { leaningSchema } from "./score.ts";
import type { Leaning } from "./score.ts";

/** All that a device keeps of a search, sealed. */
export const searchSchema = v.strictObject({
  preferences: preferencesSchema,
  round: v.strictObject({
    /** Random, made once on the device and kept when a search starts over. */
    seed: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    passedOver: v.array(idField),
    leanings: v.array(leaningSchema),
  }),
  /** Cards on the screen now. */
  offered: v.array(idField),
});
export type Search = v.InferOutput<typeof searchSchema>;

export interface Found {
  readonly search: Search;
  readonly matching: Matching;
}

/** `now`: milliseconds since the epoch. */
export function startSearch(
  coaches: readonly Coach[],
  preferences: Preferences,
  seed: string,
  now: number,
): Found {
  return found(coaches, preferences, { seed, passedOver: [], leanings: [] }, now);
}

/** The offers of a search as it was left, on the directory as it is now. */
export function resumeSearch(coaches: readonly Coach[], search: Search, now: number): Found {
  return found(coaches, search.preferences, search.round, now);
}

/** What a member may say when none of the three will do; saying nothing is `ShowOthers`. */
export type RematchReason =
  | { readonly type: "ShowOthers" }
  | { readonly type: "TimesDoNotSuit" }
  | { readonly type: "TooExpensive" }
  | { readonly type: "NotMyStage" }
  | { readonly type: "NotMyKindOfWork" }
  | { readonly type: "HasNotBeenThere" }
  | { readonly type: "NotMyManner" }
  | { readonly type: "RatherADoctor" }
  /** This one is never offered again, in no later search either; the other two stay. */
  | { readonly type: "MustNotMeet"; readonly coach: CoachId };

export function rematch(
  coaches: readonly Coach[],
  previous: Search,
  reason: RematchReason,
  now: number,
): Found {
  const { preferences, round, offered } = previous;
  const passingOver = {
    ...round,
    passedOver: [...new Set([...round.passedOver, ...offered])],
  };
  switch (reason.type) {
    case "ShowOthers":
      return found(coaches, preferences, passingOver, now);
    case "RatherADoctor":
      return found(coaches, { ...preferences, doctorsOnly: true }, passingOver, now);
    case "MustNotMeet":
      return found(coaches, withoutCoach(preferences, reason.coach), round, now);
    case "TimesDoNotSuit":
    case "TooExpensive":
    case "NotMyStage":
    case "NotMyKindOfWork":
    case "HasNotBeenThere":
    case "NotMyManner": {
      const cards = coaches.filter((coach) => offered.includes(coach.id));
      const leaning = leaningFrom(reason, cards, preferences);
      return found(
        coaches,
        preferences,
        { ...passingOver, leanings: joined(round.leanings, leaning) },
        now,
      );
    }
  }
}

function found(
  coaches: readonly Coach[],
  preferences: Preferences,
  round: Search["round"] & Round,
  now: number,
): Found {
  const matching = rank(coaches, preferences, round, now);
  const offered = matching.offers.map(({ coach }) => coach.id);
  return { search: { preferences, round, offered }, matching };
}

function withoutCoach(preferences: Preferences, coach: CoachId): Preferences {
  const coaches = [...new Set([...preferences.conflicts.coaches, coach])];
  return { ...preferences, conflicts: { ...preferences.conflicts, coaches } };
}

/** `cards`: what the member just passed over. */
function leaningFrom(
  reason: Exclude<RematchReason, { type: "ShowOthers" | "RatherADoctor" | "MustNotMeet" }>,
  cards: readonly Coach[],
  preferences: Preferences,
): Leaning {
  switch (reason.type) {
    case "TimesDoNotSuit":
      return { type: "MoreSharedHours" };
    case "TooExpensive":
      return { type: "LowerPrice", below: lowestPrices(cards) };
    case "NotMyStage":
      return { type: "DoublyWanted", what: "stage" };
    case "NotMyKindOfWork":
      return { type: "DoublyWanted", what: "specialty" };
    case "HasNotBeenThere":
      return { type: "DoublyWanted", what: "livedExperience" };
    case "NotMyManner": {
      const styles = cards.flatMap((coach) => coach.styles);
      const unasked = styles.filter((style) => !preferences.styles.includes(style));
      return { type: "OtherStyles", than: [...new Set(unasked)] };
    }
  }
}

/** A later word on price replaces the earlier; unwanted styles add up; saying the rest twice says it once. */
function joined(earlier: readonly Leaning[], later: Leaning): Leaning[] {
  const others = earlier.filter(
    (leaning) =>
      leaning.type !== later.type ||
      (leaning.type === "DoublyWanted" &&
        later.type === "DoublyWanted" &&
        leaning.what !== later.what),
  );
  if (later.type !== "OtherStyles") return [...others, later];
  const before = earlier.flatMap((leaning) => (leaning.type === "OtherStyles" ? leaning.than : []));
  return [...others, { type: "OtherStyles", than: [...new Set([...before, ...later.than])] }];
}
