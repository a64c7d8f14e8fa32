/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): random changes, taken whenever they help, and at
 * first often when they don't. Circles may be too small on the way; that becomes dearer, so that none is in the end.
 */
import type { FormationRules } from "../formation.ts";
import type { Pool } from "./pool.ts";
import { LEFT_WAITING } from "./score.ts";
import { IMPOSSIBLE, NOWHERE, Seating } from "./seating.ts";

/** Between two looks at the clock. */
const STEPS_A_STRETCH = 1 << 12;
/** A round has so many for each pair of people: from here on, another round finds more than a longer one. */
const STEPS_A_PAIR = 4000;
/** Of steps, those that try an empty circle, and those that try to leave. The rest try a circle at a common hour. */
const OPENING = 0.02;
const PARTING = 0.01;
/** Of tries at a circle with a seat left, those that take it instead of somebody's place. */
const JOINING = 0.4;
/** Temperatures are in points of the score: from what somebody left waiting costs down to a part of a weight. */
const HOTTEST = LEFT_WAITING;
const COLDEST_PER_SPREAD = 4;
/** Shares of a round: small circles are dear from the first on, and nothing is worsened after the second. */
const STRICT_FROM = 0.4;
const DOWNHILL_FROM = 0.97;

/** One round, which ends when it is long enough for the pool, or the time left to it is spent; yields the share of that. */
export function* anneal(
  pool: Pool<unknown>,
  rules: FormationRules<never>,
  random: () => number,
  spent: (steps: number) => number,
): Generator<number, { circles: number[][]; steps: number }> {
  const seating = new Seating(pool, rules);
  const people = pool.entries.length;
  const coldest = Math.max(1, COLDEST_PER_SPREAD * pool.spread);
  const hottest = Math.max(HOTTEST, coldest);
  const length = (STEPS_A_PAIR * people * people) / 2;
  let steps = 0;
  let share = 0;
  for (let timeSpent = 0; share < 1; share = Math.max(steps / length, timeSpent)) {
    seating.setTolerance(Math.max(0, 1 - share / STRICT_FROM));
    const temperature =
      share < DOWNHILL_FROM ? hottest * (coldest / hottest) ** (share / DOWNHILL_FROM) : 0;
    stretch(seating, pool, rules.largest, random, temperature);
    steps += STEPS_A_STRETCH;
    timeSpent = spent(steps);
    yield Math.min(1, timeSpent);
  }
  return { circles: seating.seated(), steps };
}

/** Some thousand changes tried at one temperature, in points of the score. */
function stretch(
  seating: Seating,
  { hoursOf }: Pool<unknown>,
  largest: number,
  random: () => number,
  temperature: number,
): void {
  const { circleOf, sizes, members, byHour, circlesAt, circles } = seating;
  const below = (end: number) => Math.floor(random() * end);
  const isTaken = (gain: number) => gain >= 0 || random() < Math.exp(gain / temperature);

  for (let step = 0; step < STEPS_A_STRETCH; step++) {
    const person = below(hoursOf.length);
    const from = circleOf[person]!;
    const kind = random();
    if (kind < PARTING) {
      if (from !== NOWHERE && isTaken(seating.leaving(person) - LEFT_WAITING))
        seating.move(person, NOWHERE);
      continue;
    }

    let to: number;
    if (kind < PARTING + OPENING) {
      to = below(circles);
      for (let left = circles; left > 0 && sizes[to] !== 0; left--)
        to = to + 1 === circles ? 0 : to + 1;
      if (sizes[to] !== 0) continue;
    } else {
      const hours = hoursOf[person]!;
      const hour = hours[below(hours.length)]!;
      if (circlesAt[hour] === 0) continue;
      to = byHour[hour * circles + below(circlesAt[hour]!)]!;
      if (to === from) continue;
    }
    if (sizes[to] === 0 || (sizes[to]! < largest && random() < JOINING)) {
      const gain = seating.joining(person, to);
      if (gain !== IMPOSSIBLE && isTaken(gain + seating.leaving(person))) seating.move(person, to);
      continue;
    }

    // Somebody there who has an hour in common with all that the person leaves, if there is anybody.
    let seat = below(sizes[to]!);
    let other = members[to * largest + seat]!;
    if (from !== NOWHERE) {
      let left = sizes[to]!;
      while (left > 0 && !seating.couldReplace(person, other)) {
        seat = seat + 1 === sizes[to] ? 0 : seat + 1;
        other = members[to * largest + seat]!;
        left--;
      }
      if (left === 0) continue;
    }
    let gain = seating.replacing(other, person);
    if (gain !== IMPOSSIBLE && from !== NOWHERE) gain += seating.replacing(person, other);
    if (gain !== IMPOSSIBLE && isTaken(gain)) seating.swap(person, other);
  }
}
