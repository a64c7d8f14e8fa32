/** Why somebody was left waiting: what they could change, told apart from what time will change. */
import type { FormationRules, Waiting } from "../formation.ts";
import { leastSize } from "./score.ts";

/**
 * `few-at-the-hours`: at none of their hours are enough people free. `kept-apart`: there would be enough, were
 * there not some among them whom they may not meet. `no-seat-left`: this time the circles came out better without.
 */
export type WhyWaiting = "few-at-the-hours" | "kept-apart" | "no-seat-left";

export function whyWaiting<Entry extends Waiting>(
  entry: Entry,
  waiting: readonly Entry[],
  rules: FormationRules<Entry>,
): WhyWaiting {
  const others = waiting.filter((other) => other !== entry);
  const isEnough = (people: readonly Entry[]) =>
    entry.hours.some(
      (hour) => people.filter(({ hours }) => hours.includes(hour)).length >= leastSize(rules) - 1,
    );
  if (!isEnough(others)) return "few-at-the-hours";
  return isEnough(others.filter((other) => rules.mayMeet(entry, other)))
    ? "no-seat-left"
    : "kept-apart";
}
