/**
 * Matching, on the member's device: hard constraints first, then what is shared, then three offers with
 * their reasons. The same wishes and seed give the same offers, in whatever order the index file lists them.
 */
import type { Coach, CoachId } from "../directory/coach.ts";
import { CONSTRAINTS, testsFor } from "./constraint.ts";
import type { Constraint, Tests } from "./constraint.ts";
import type { Preferences } from "./preferences.ts";
import { relaxations } from "./relaxation.ts";
import type { Relaxation } from "./relaxation.ts";
import { reasonsFor, scoreFor } from "./score.ts";
import type { Leaning, Reason } from "./score.ts";
import { bestOf } from "./variety.ts";

/** Where a member stands in the search: kept sealed with the preferences. */
export interface Round {
  /** Random, made once on the device: the member's own draw among coaches who fit alike. */
  readonly seed: string;
  /** Offered before. */
  readonly passedOver: readonly CoachId[];
  readonly leanings: readonly Leaning[];
}

export interface Offer {
  readonly coach: Coach;
  readonly reasons: readonly Reason[];
}

export interface Matching {
  /** At most three, the best first. */
  readonly offers: readonly Offer[];
  /** All who break no constraint and were not offered before, the offered ones among them. */
  readonly fitting: number;
  /** Those who would fit but were offered before. */
  readonly passedOver: number;
  /** All others, each counted once: at the first constraint they break, in the order of CONSTRAINTS. */
  readonly excluded: Readonly<Record<Constraint, number>>;
  /** What letting one wish go would bring, the most first. Never the conflict list or the own employer. */
  readonly relaxations: readonly Relaxation[];
}

/** `now`: milliseconds since the epoch. */
export function rank(
  coaches: readonly Coach[],
  preferences: Preferences,
  round: Round,
  now: number,
): Matching {
  const tests = testsFor(preferences, now);
  const wasOffered = new Set(round.passedOver);
  const { fitting, excluded, nearMisses } = sifted(
    coaches.filter((coach) => !wasOffered.has(coach.id)),
    tests,
  );
  const offeredBefore = coaches.filter((coach) => wasOffered.has(coach.id));
  const scoreOf = scoreFor(preferences, round.leanings, tests.sharedQuarters);
  return {
    offers: bestOf(fitting, scoreOf, round.seed).map((coach) => ({
      coach,
      reasons: reasonsFor(coach, preferences, tests.sharedQuarters),
    })),
    fitting: fitting.length,
    passedOver: sifted(offeredBefore, tests).fitting.length,
    excluded,
    relaxations: relaxations(nearMisses, tests.sharedQuarters),
  };
}

/** One look at each coach, which ends at the second broken constraint: more would change no answer. */
function sifted(coaches: readonly Coach[], { breaks }: Tests) {
  const fitting: Coach[] = [];
  const excluded = byConstraint(() => 0);
  const nearMisses = byConstraint((): Coach[] => []);
  for (const coach of coaches) {
    let first: Constraint | null = null;
    let breaksAnother = false;
    for (const constraint of CONSTRAINTS) {
      if (!breaks[constraint](coach)) continue;
      breaksAnother = first !== null;
      if (breaksAnother) break;
      first = constraint;
    }
    if (first === null) fitting.push(coach);
    else {
      excluded[first]++;
      if (!breaksAnother) nearMisses[first].push(coach);
    }
  }
  return { fitting, excluded, nearMisses };
}

function byConstraint<Value>(make: () => Value): Record<Constraint, Value> {
  return Object.fromEntries(CONSTRAINTS.map((constraint) => [constraint, make()])) as Record<
    Constraint,
    Value
  >;
}
