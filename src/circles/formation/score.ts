/**
 * What a circle is worth, and the hard rules, in plain words over plain lists. The search counts the same in
 * typed arrays; what it found is counted again here, so that a slip of the fast side can't seat anybody.
 */
import type { FormationRules, Waiting } from "../formation.ts";

/** A pair's weight, averaged over a member's neighbours, counts this often. */
export const WEIGHT_FACTOR = 100;
/** Every further common hour makes it easier to move a meeting; beyond three they no longer count. */
export const FURTHER_HOUR = 50;
export const MOST_FURTHER_HOURS = 3;
/** What one person left waiting costs. */
export const LEFT_WAITING = 1000;
/** What a circle of one fewer than the smallest costs: more than leaving one person waiting, less than two. */
export const EXCEPTION = 1500;

export function sharedHours(members: readonly Waiting[]): number[] {
  const [first, ...others] = members;
  return [...new Set(first?.hours)].filter((hour) =>
    others.every((other) => other.hours.includes(hour)),
  );
}

/** Throws where a hard rule is broken: that would be a defect of the search. */
export function circleScore<Entry extends Waiting>(
  members: readonly Entry[],
  rules: FormationRules<Entry>,
  weigh: (one: Entry, other: Entry) => number,
): number {
  const hours = sharedHours(members);
  if (hours.length === 0) throw new Error("A circle without a common hour");
  if (members.length < leastSize(rules) || members.length > rules.largest)
    throw new Error(`A circle of ${members.length}`);
  let weight = 0;
  for (const [at, one] of members.entries())
    for (const other of members.slice(at + 1)) {
      if (!rules.mayMeet(one, other)) throw new Error("A circle of two who may not meet");
      weight += weigh(one, other);
    }
  return (
    Math.round((WEIGHT_FACTOR * weight) / (members.length - 1)) +
    FURTHER_HOUR * Math.min(MOST_FURTHER_HOURS, hours.length - 1) -
    (members.length < rules.smallest ? EXCEPTION : 0)
  );
}

export function leastSize(rules: FormationRules<never>): number {
  return rules.exceptional ? rules.smallest - 1 : rules.smallest;
}
