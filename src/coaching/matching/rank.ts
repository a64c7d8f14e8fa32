/**
 * Matching, on the member's device: hard constraints first, then what is shared, then three offers with
 * their reasons. The same wishes and seed give the same offers, in whatever order the index file lists them.
 */
import type { Coach, CoachId } from "../directory/coach.ts";
import { bitByConstraint, CONSTRAINTS, judge } from "./constraint.ts";
import type { Constraint } from "./constraint.ts";
import type { Preferences } from "./preferences.ts";
import type { PreparedIndex } from "./prepared-index.ts";
import { relaxations } from "./relaxation.ts";
import type { Relaxation } from "./relaxation.ts";
import { reasonsFor, scores } from "./score.ts";
import type { Leaning, Reason } from "./score.ts";
import { likeness, drawOf } from "./variety.ts";

const OFFERS = 3;

/** Where a member stands in the search: kept sealed with the preferences. */
export interface Round {
  /** Random, made once on the device: spreads members over coaches who fit equally well. */
  readonly seed: string;
  /** Offered before and passed over. */
  readonly passedOver: readonly CoachId[];
  readonly leanings: readonly Leaning[];
}

export const firstRound = (seed: string): Round => ({ seed, passedOver: [], leanings: [] });

export interface Offer {
  readonly coach: Coach;
  readonly reasons: readonly Reason[];
}

export interface Matching {
  /** At most three, the best first. */
  readonly offers: readonly Offer[];
  /** All who break no constraint and were not passed over, the offered ones among them. */
  readonly fitting: number;
  /** Those who would fit but were passed over in an earlier round. */
  readonly passedOver: number;
  /** How many coaches break each constraint; one who breaks two is counted at both. */
  readonly excluded: Readonly<Record<Constraint, number>>;
  /** What one changed wish would bring, the most first. Never the conflict list or the own employer. */
  readonly relaxations: readonly Relaxation[];
}

export function rank(index: PreparedIndex, preferences: Preferences, round: Round): Matching {
  const judgement = judge(index, preferences);
  const score = scores(index, preferences, judgement, round.leanings);
  const passedOver = new Set(round.passedOver);
  const isPassedOver = Uint8Array.from(index.coaches, (coach) => Number(passedOver.has(coach.id)));
  const fitting: number[] = [];
  let fittingButPassedOver = 0;
  for (let at = 0; at < index.coaches.length; at++) {
    if (judgement.broken[at] !== 0) continue;
    if (isPassedOver[at] === 1) fittingButPassedOver++;
    else fitting.push(at);
  }
  return {
    offers: bestOf(index, fitting, score, round.seed).map((at) => ({
      coach: index.coaches[at]!,
      reasons: reasonsFor(index.coaches[at]!, preferences, judgement.sharedQuarters[at]!),
    })),
    fitting: fitting.length,
    passedOver: fittingButPassedOver,
    excluded: countByConstraint(judgement.broken),
    relaxations: relaxations(index, judgement, isPassedOver),
  };
}

/** Which constraints keep this coach from being offered; none: the coach fits. For the directory's cards. */
export function constraintsBrokenBy(
  index: PreparedIndex,
  preferences: Preferences,
): (coach: CoachId) => Constraint[] {
  const { broken } = judge(index, preferences);
  const brokenById = new Map(index.coaches.map((coach, at) => [coach.id, broken[at]!]));
  return (coach) => {
    const bits = brokenById.get(coach) ?? 0;
    return CONSTRAINTS.filter((constraint) => (bits & bitByConstraint[constraint]) !== 0);
  };
}

/**
 * One after the other: the higher score; at equal scores whoever resembles least those already chosen, so
 * that three offers are three choices; then the member's own draw.
 */
function bestOf(
  index: PreparedIndex,
  fitting: readonly number[],
  score: Int16Array,
  seed: string,
): number[] {
  const draws = new Map<number, number>();
  const draw = (at: number) => {
    const known = draws.get(at) ?? drawOf(seed, index.coaches[at]!.id);
    draws.set(at, known);
    return known;
  };
  const chosen: number[] = [];
  while (chosen.length < Math.min(OFFERS, fitting.length)) {
    let best = -1;
    let bestLikeness = 0;
    for (const at of fitting) {
      if (chosen.includes(at) || (best >= 0 && score[at]! < score[best]!)) continue;
      const itsLikeness = likeness(index, at, chosen);
      const isBetter =
        best < 0 ||
        score[at]! > score[best]! ||
        itsLikeness < bestLikeness ||
        (itsLikeness === bestLikeness &&
          (draw(at) < draw(best) ||
            (draw(at) === draw(best) && index.coaches[at]!.id < index.coaches[best]!.id)));
      if (isBetter) {
        best = at;
        bestLikeness = itsLikeness;
      }
    }
    chosen.push(best);
  }
  return chosen;
}

function countByConstraint(broken: Uint16Array): Record<Constraint, number> {
  const counts = CONSTRAINTS.map(() => 0);
  for (const bits of broken) {
    for (let at = 0; at < counts.length; at++) counts[at]! += (bits >> at) & 1;
  }
  return Object.fromEntries(
    CONSTRAINTS.map((constraint, at) => [constraint, counts[at]!]),
  ) as Record<Constraint, number>;
}
