/**
 * The waiting pool as the search reads it: people and hours numbered from 0, hours in 32-bit words, weights in
 * one table. Hours and people that can't be part of any circle are left out.
 */
import type { FormationRules, Waiting } from "../formation.ts";
import { leastSize } from "./score.ts";

export interface Pool<Entry> {
  readonly entries: readonly Entry[];
  readonly hours: number;
  /** The hours of each person. */
  readonly hoursOf: readonly Uint16Array[];
  /** `words` words a person: bit h of a person's is set where they are free at hour h. */
  readonly words: number;
  readonly hourWords: Int32Array;
  /** A row a person; `APART` where two may not meet, 0 for a person and themselves. */
  readonly weights: Int16Array;
  /** Standard deviation of the weights of those who may meet. */
  readonly spread: number;
}

/** So far below any weight that a sum over a circle shows whether it holds one. */
export const APART = -30_000;
const MOST_WEIGHT = 1000;

export function makePool<Entry extends Waiting>(
  waiting: readonly Entry[],
  rules: FormationRules<Entry>,
  weigh: (one: Entry, other: Entry) => number,
): Pool<Entry> {
  const peopleByHour = new Map<number, number>();
  for (const { hours } of waiting)
    for (const hour of new Set(hours)) peopleByHour.set(hour, (peopleByHour.get(hour) ?? 0) + 1);
  const usable = [...peopleByHour].filter(([, people]) => people >= leastSize(rules));
  const numberByHour = new Map(usable.map(([hour], number) => [hour, number]));

  const entries = waiting.filter(({ hours }) => hours.some((hour) => numberByHour.has(hour)));
  const hoursOf = entries.map(({ hours }) =>
    Uint16Array.from(new Set(hours.flatMap((hour) => numberByHour.get(hour) ?? []))),
  );
  const words = Math.max(1, Math.ceil(usable.length / 32));
  const hourWords = new Int32Array(entries.length * words);
  for (const [person, hours] of hoursOf.entries())
    for (const hour of hours) hourWords[person * words + (hour >>> 5)]! |= 1 << (hour & 31);
  return {
    entries,
    hours: usable.length,
    hoursOf,
    words,
    hourWords,
    ...weighAll(entries, rules, weigh),
  };
}

function weighAll<Entry>(
  entries: readonly Entry[],
  rules: FormationRules<Entry>,
  weigh: (one: Entry, other: Entry) => number,
): { weights: Int16Array; spread: number } {
  const people = entries.length;
  const weights = new Int16Array(people * people);
  let [pairs, sum, squares] = [0, 0, 0];
  for (let one = 0; one < people; one++)
    for (let other = 0; other < one; other++) {
      let weight = APART;
      if (rules.mayMeet(entries[one]!, entries[other]!)) {
        weight = weigh(entries[one]!, entries[other]!);
        if (!Number.isInteger(weight) || Math.abs(weight) > MOST_WEIGHT)
          throw new RangeError("A weight is a whole number between -1000 and 1000");
        pairs++;
        sum += weight;
        squares += weight * weight;
      }
      weights[one * people + other] = weight;
      weights[other * people + one] = weight;
    }
  const mean = sum / Math.max(1, pairs);
  return { weights, spread: Math.sqrt(Math.max(0, squares / Math.max(1, pairs) - mean * mean)) };
}
