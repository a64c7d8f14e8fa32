/**
 * "None of these": one tap brings three others. What was offered stays passed over, the reason given leans
 * the next round, and a coach who knows the member goes onto the conflict list for good.
 */
import type { CoachId } from "../directory/coach.ts";
import type { Preferences } from "./preferences.ts";
import type { PreparedIndex } from "./prepared-index.ts";
import { rank } from "./rank.ts";
import type { Matching, Round } from "./rank.ts";
import { lowestPrices } from "./relaxation.ts";
import type { Leaning } from "./score.ts";

export type RematchReason =
  | { readonly type: "ShowOthers" }
  | { readonly type: "TimesDoNotSuit" }
  | { readonly type: "TooExpensive" }
  | { readonly type: "NotMyStage" }
  | { readonly type: "NotMyKindOfWork" }
  | { readonly type: "HasNotBeenThere" }
  | { readonly type: "NotMyManner" }
  | { readonly type: "RatherADoctor" }
  /** Any reason not to meet: this one is never offered again, in no later search either. */
  | { readonly type: "MustNotMeet"; readonly coach: CoachId };

/** All that a device keeps of a search, sealed. */
export interface Search {
  readonly preferences: Preferences;
  readonly round: Round;
  /** Cards on the screen now. */
  readonly offered: readonly CoachId[];
}

export function startSearch(
  index: PreparedIndex,
  preferences: Preferences,
  round: Round,
): { readonly search: Search; readonly matching: Matching } {
  const matching = rank(index, preferences, round);
  return {
    search: { preferences, round, offered: matching.offers.map(({ coach }) => coach.id) },
    matching,
  };
}

export function rematch(
  index: PreparedIndex,
  previous: Search,
  reason: RematchReason,
): { readonly search: Search; readonly matching: Matching } {
  const passedOver = new Set([...previous.round.passedOver, ...previous.offered]);
  return startSearch(index, changedPreferences(previous.preferences, reason), {
    seed: previous.round.seed,
    passedOver: [...passedOver],
    leanings: leaningsAfter(index, previous, reason),
  });
}

function changedPreferences(preferences: Preferences, reason: RematchReason): Preferences {
  switch (reason.type) {
    case "RatherADoctor":
      return { ...preferences, doctorsOnly: true };
    case "MustNotMeet": {
      const coaches = [...new Set([...preferences.conflicts.coaches, reason.coach])];
      return { ...preferences, conflicts: { ...preferences.conflicts, coaches } };
    }
    default:
      return preferences;
  }
}

/** A later word on the same thing replaces the earlier one. */
function leaningsAfter(
  index: PreparedIndex,
  { preferences, round, offered }: Search,
  reason: RematchReason,
): readonly Leaning[] {
  const cards = index.coaches.filter((coach) => offered.includes(coach.id));
  const leaning = leaningFrom(reason);
  if (leaning === null) return round.leanings;
  const isSame = (other: Leaning) =>
    other.type === leaning.type &&
    !(
      other.type === "DoublyWanted" &&
      leaning.type === "DoublyWanted" &&
      other.what !== leaning.what
    );
  return [...round.leanings.filter((other) => !isSame(other)), leaning];

  function leaningFrom(given: RematchReason): Leaning | null {
    switch (given.type) {
      case "TimesDoNotSuit":
        return { type: "MoreSharedHours" };
      case "TooExpensive":
        return { type: "LowerPrice", below: lowestPrices(cards.map((coach) => coach.price)) };
      case "NotMyStage":
        return { type: "DoublyWanted", what: "stage" };
      case "NotMyKindOfWork":
        return { type: "DoublyWanted", what: "specialty" };
      case "HasNotBeenThere":
        return { type: "DoublyWanted", what: "livedExperience" };
      case "NotMyManner": {
        const earlier = round.leanings.flatMap((other) =>
          other.type === "OtherStyles" ? other.than : [],
        );
        const unasked = cards
          .flatMap((coach) => coach.styles)
          .filter((style) => !preferences.styles.includes(style));
        return { type: "OtherStyles", than: [...new Set([...earlier, ...unasked])] };
      }
      case "ShowOthers":
      case "RatherADoctor":
      case "MustNotMeet":
        return null;
    }
  }
}
