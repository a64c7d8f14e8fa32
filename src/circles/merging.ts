/**
 * Small circles that become one: when a circle may ask for it, and which two go together where all of both have
 * agreed. Nothing here knows who agreed; a circle is willing as a whole.
 */
import { mayOfferMerge, type Attended } from "./live/attendance.ts";
import { FEWEST_AT_FORMATION, MOST_MEMBERS } from "./room/wire.ts";

/** From here down a circle is small, however many of it come. */
const SMALL = 4;

/** Whether this member's device offers it: where few sit, or few came to the last two meetings. */
export const isSmallCircle = (members: number, attended: readonly Attended[]): boolean =>
  members <= SMALL || (members < MOST_MEMBERS && mayOfferMerge(attended));

export interface WillingCircle {
  readonly id: string;
  readonly language: string;
  readonly themes: readonly string[];
  /** Those that all its members could meet at. */
  readonly hours: readonly number[];
  readonly members: number;
  /** Marks of those who wish to meet nobody of their employer. */
  readonly employers: readonly string[];
}

interface Pair<Circle> {
  readonly one: Circle;
  readonly other: Circle;
  readonly fit: number;
}

/** 2^16 sets of circles are looked at within a second. */
const MOST_EXACT = 16;
/** More than any fit: two pairs are always better than one. */
const A_PAIR = 1000;

/**
 * As many pairs as can be, and of those divisions the one that fits best. Exact among up to 16 circles that hang
 * together by whom they could join; of more, the best pair goes first, which finds half of the pairs at least.
 */
export function pairsToMerge<Circle extends WillingCircle>(
  circles: readonly Circle[],
): readonly (readonly [Circle, Circle])[] {
  const pairs = circles.flatMap((one, at) =>
    circles.slice(at + 1).flatMap((other) => {
      const fit = fitOf(one, other);
      return fit === null ? [] : [{ one, other, fit }];
    }),
  );
  return groupsIn(pairs)
    .flatMap((group) => {
      const members = [...new Set(group.flatMap(({ one, other }) => [one, other]))];
      return members.length <= MOST_EXACT ? bestPairs(members, group) : greedyPairs(group);
    })
    .map(({ one, other }) => [one, other]);
}

/** The hours at which all of both are free. */
export const commonHours = (one: WillingCircle, other: WillingCircle): readonly number[] =>
  one.hours.filter((hour) => other.hours.includes(hour));

/** Of the new circle: what both were about first, then in turn what either was. */
export function mergedThemes(
  one: readonly string[],
  other: readonly string[],
  most: number,
): readonly string[] {
  const both = one.filter((theme) => other.includes(theme));
  const inTurn = Array.from({ length: Math.max(one.length, other.length) }, (_, at) =>
    [one[at], other[at]].filter((theme) => theme !== undefined),
  );
  return [...new Set([...both, ...inTurn.flat()])].slice(0, most);
}

/** A theme weighs as in forming; an hour more makes it easier to move a meeting. Null where they may not join. */
function fitOf(one: WillingCircle, other: WillingCircle): number | null {
  const members = one.members + other.members;
  const hours = commonHours(one, other).length;
  const mayJoin =
    one.language === other.language &&
    hours > 0 &&
    members >= FEWEST_AT_FORMATION &&
    members <= MOST_MEMBERS &&
    !one.employers.some((employer) => other.employers.includes(employer));
  const themes = one.themes.filter((theme) => other.themes.includes(theme)).length;
  return mayJoin ? 3 * themes + hours : null;
}

/** Pairs that share circles, over however many others, fall into one group. */
function groupsIn<Circle>(pairs: readonly Pair<Circle>[]): readonly (readonly Pair<Circle>[])[] {
  const groupByCircle = new Map<Circle, Set<Circle>>();
  for (const { one, other } of pairs) {
    const group = groupByCircle.get(one) ?? new Set([one]);
    for (const circle of groupByCircle.get(other) ?? [other]) group.add(circle);
    for (const circle of group) groupByCircle.set(circle, group);
  }
  return [...Map.groupBy(pairs, ({ one }) => groupByCircle.get(one)!).values()];
}

interface Division<Circle> {
  readonly worth: number;
  readonly pairs: readonly Pair<Circle>[];
}

/** Over all sets of circles that are left: the first of a set joins nobody, or one of the others. */
function bestPairs<Circle>(
  circles: readonly Circle[],
  pairs: readonly Pair<Circle>[],
): readonly Pair<Circle>[] {
  const numbered = pairs.map((pair) => {
    const places = [circles.indexOf(pair.one), circles.indexOf(pair.other)];
    return {
      pair,
      first: Math.min(...places),
      both: places.reduce((set, at) => set | (1 << at), 0),
    };
  });
  const bestOfSet = new Map<number, Division<Circle>>([[0, { worth: 0, pairs: [] }]]);
  const best = (left: number): Division<Circle> => {
    const known = bestOfSet.get(left);
    if (known) return known;
    const first = 31 - Math.clz32(left & -left);
    let found = best(left & ~(1 << first));
    for (const { pair, first: lower, both } of numbered) {
      if (lower !== first || (left & both) !== both) continue;
      const rest = best(left & ~both);
      const worth = A_PAIR + pair.fit + rest.worth;
      if (worth > found.worth) found = { worth, pairs: [pair, ...rest.pairs] };
    }
    bestOfSet.set(left, found);
    return found;
  };
  return best((1 << circles.length) - 1).pairs;
}

function greedyPairs<Circle>(pairs: readonly Pair<Circle>[]): readonly Pair<Circle>[] {
  const taken = new Set<Circle>();
  return pairs
    .toSorted((one, other) => other.fit - one.fit)
    .filter(({ one, other }) => {
      if (taken.has(one) || taken.has(other)) return false;
      taken.add(one).add(other);
      return true;
    });
}
