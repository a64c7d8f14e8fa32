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
import { bestOf, OFFERS } from "./variety.ts";

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
  /** If there are fewer than three offers: what letting one wish go would bring, the most first. */
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
  const { passedOver, unseen } = parted(coaches, round.passedOver);
  const { fitting, excluded } = sifted(unseen, tests);
  const best = bestOf(
    fitting,
    scoreFor(preferences, round.leanings, tests.sharedQuarters),
    round.seed,
  );
  return {
    offers: best.map((coach) => ({
      coach,
      reasons: reasonsFor(coach, preferences, tests.sharedQuarters),
    })),
    fitting: fitting.length,
    passedOver: sifted(passedOver, tests).fitting.length,
    excluded,
    relaxations: best.length < OFFERS ? relaxations(unseen, tests) : [],
  };
}

function parted(coaches: readonly Coach[], offeredBefore: readonly CoachId[]) {
  if (offeredBefore.length === 0) return { passedOver: [], unseen: coaches };
  const wasOffered = new Set(offeredBefore);
  return {
    passedOver: coaches.filter((coach) => wasOffered.has(coach.id)),
    unseen: coaches.filter((coach) => !wasOffered.has(coach.id)),
  };
}

/** One look at each coach, which ends at the first broken constraint. */
function sifted(coaches: readonly Coach[], { breaks }: Tests) {
  const tests = CONSTRAINTS.map((constraint) => breaks[constraint]);
  const counts = tests.map(() => 0);
  const fitting = coaches.filter((coach) => {
    const broken = tests.findIndex((isBroken) => isBroken(coach));
    if (broken >= 0) counts[broken]!++;
    return broken < 0;
  });
  const excluded = Object.fromEntries(
    CONSTRAINTS.map((constraint, at) => [constraint, counts[at]!]),
  ) as Record<Constraint, number>;
  return { fitting, excluded };
}
