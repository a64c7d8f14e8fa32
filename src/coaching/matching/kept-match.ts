/**
 * All that a member's devices keep of matching, as one sealed record: the search as it was left, and whom they
 * must never be offered, which outlives every search and may stand before the first.
 */
import * as v from "valibot";
import { idField } from "#platform/wire.ts";
import type { CoachId } from "../directory/coach.ts";
import type { Preferences } from "./preferences.ts";
import { searchSchema } from "./search.ts";

export const keptMatchSchema = v.variant("at", [
  v.strictObject({ at: v.literal("not-searched"), never: v.array(idField) }),
  v.strictObject({ at: v.literal("searching"), search: searchSchema }),
]);
export type KeptMatch = v.InferOutput<typeof keptMatchSchema>;

export const NOTHING_KEPT: KeptMatch = { at: "not-searched", never: [] };

/** People, places and cards that must be kept away, with the member's own places of work. */
export function keptApart(kept: KeptMatch): Pick<Preferences, "conflicts" | "ownEmployers"> {
  if (kept.at === "searching") return kept.search.preferences;
  return { ownEmployers: [], conflicts: { people: [], employers: [], coaches: kept.never } };
}

/** The cards among them. */
export const neverOffered = (kept: KeptMatch): readonly CoachId[] =>
  keptApart(kept).conflicts.coaches;

export function withNever(kept: KeptMatch, coach: CoachId): KeptMatch {
  return withCards(kept, [...neverOffered(kept).filter((each) => each !== coach), coach]);
}

export function withoutNever(kept: KeptMatch, coach: CoachId): KeptMatch {
  return withCards(
    kept,
    neverOffered(kept).filter((each) => each !== coach),
  );
}

/**
 * Two devices wrote at once and one wrote over the other: whoever stood on either list stays kept away, and
 * all else is as in `ours`.
 */
export function withApartOf(ours: KeptMatch, theirs: KeptMatch): KeptMatch {
  const [own, other] = [keptApart(ours), keptApart(theirs)];
  const cards = withCards(ours, union(own.conflicts.coaches, other.conflicts.coaches));
  if (cards.at === "not-searched")
    return theirs.at === "searching" ? withCards(theirs, neverOffered(cards)) : cards;
  const { preferences } = cards.search;
  return withPreferences(cards, {
    ...preferences,
    ownEmployers: union(own.ownEmployers, other.ownEmployers),
    conflicts: {
      ...preferences.conflicts,
      people: union(own.conflicts.people, other.conflicts.people),
      employers: union(own.conflicts.employers, other.conflicts.employers),
    },
  });
}

function withCards(kept: KeptMatch, listed: readonly CoachId[]): KeptMatch {
  const coaches = listed.slice(-MOST_LISTED);
  if (kept.at === "not-searched") return { at: "not-searched", never: coaches };
  const { preferences } = kept.search;
  return withPreferences(kept, {
    ...preferences,
    conflicts: { ...preferences.conflicts, coaches },
  });
}

function withPreferences(
  kept: Extract<KeptMatch, { at: "searching" }>,
  preferences: Preferences,
): KeptMatch {
  return { at: "searching", search: { ...kept.search, preferences } };
}

/** As many as preferences hold; what was listed last stays. */
const MOST_LISTED = 200;

function union(ours: readonly string[], theirs: readonly string[]): string[] {
  return [...new Set([...theirs, ...ours])].slice(-MOST_LISTED);
}
