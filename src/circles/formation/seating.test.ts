import fc from "fast-check";
import { expect, test } from "vitest";
import type { FormationRules, Waiting } from "../formation.ts";
import { seededChance } from "./chance.ts";
import { makePool } from "./pool.ts";
import { circleScore, LEFT_WAITING } from "./score.ts";
import { IMPOSSIBLE, NOWHERE, Seating } from "./seating.ts";

interface Invented extends Waiting {
  readonly taste: number;
}
const RULES: FormationRules<Invented> = {
  smallest: 4,
  largest: 5,
  exceptional: true,
  mayMeet: (one, other) => (one.taste + other.taste) % 7 !== 0,
};
const weigh = (one: Invented, other: Invented) => ((one.taste * other.taste) % 11) - 3;

/** Small circles, so that they fill by chance; forty hours, so that these lie in two words. */
function invent(seed: number): Invented[] {
  const random = seededChance(seed);
  const below = (end: number) => Math.floor(random() * end);
  return Array.from({ length: 30 }, () => ({
    hours: Array.from({ length: 14 }, () => below(40)),
    taste: below(1000),
  }));
}

test("what a change is said to add, a plain count finds added, and hard rules show as impossible", () => {
  const seen = { joined: 0, left: 0, swapped: 0, impossible: 0 };
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const pool = makePool(invent(seed), RULES, weigh);
      const seating = new Seating(pool, RULES);
      seating.setTolerance(0);
      const random = seededChance(seed + 1);
      const below = (end: number) => Math.floor(random() * end);
      const total = () => {
        const circles = seating.seated();
        const left = pool.entries.length - circles.flat().length;
        const scores = circles.map((people) =>
          circleScore(
            people.map((person) => pool.entries[person]!),
            RULES,
            weigh,
          ),
        );
        return scores.reduce((sum, score) => sum + score, -LEFT_WAITING * left);
      };
      let before = total();
      const expectAdded = (gain: number) => {
        const after = total();
        expect(after - before).toBeCloseTo(gain, 6);
        before = after;
      };

      for (let step = 0; step < 300; step++) {
        const person = below(pool.entries.length);
        const other = below(pool.entries.length);
        const [from, to] = [seating.circleOf[person]!, seating.circleOf[other]!];
        const kind = random();
        if (kind < 0.1 && from !== NOWHERE) {
          const gain = seating.leaving(person) - LEFT_WAITING;
          seating.move(person, NOWHERE);
          expectAdded(gain);
          seen.left++;
        } else if (kind < 0.5) {
          const circle = below(seating.circles);
          if (circle === from || seating.sizes[circle] === RULES.largest) continue;
          const gain = seating.joining(person, circle) + seating.leaving(person);
          if (gain === IMPOSSIBLE) seen.impossible++;
          else {
            seating.move(person, circle);
            expectAdded(gain);
            seen.joined++;
          }
        } else if (to !== NOWHERE && to !== from) {
          const there = seating.replacing(other, person);
          const gain = there + (from === NOWHERE ? 0 : seating.replacing(person, other));
          if (gain === IMPOSSIBLE) seen.impossible++;
          else {
            seating.swap(person, other);
            expectAdded(gain);
            seen.swapped++;
          }
        }
      }
    }),
    { numRuns: 20 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});

test("an hour's list holds the circles that could meet then, and no other", () => {
  const pool = makePool(invent(7), RULES, weigh);
  const seating = new Seating(pool, RULES);
  const random = seededChance(8);
  for (let step = 0; step < 500; step++) {
    const person = Math.floor(random() * pool.entries.length);
    const circle = Math.floor(random() * seating.circles);
    if (seating.circleOf[person] === circle || seating.sizes[circle] === RULES.largest) continue;
    if (seating.joining(person, circle) !== IMPOSSIBLE) seating.move(person, circle);
  }
  for (let hour = 0; hour < pool.hours; hour++) {
    const listed = seating.byHour.subarray(
      hour * seating.circles,
      hour * seating.circles + seating.circlesAt[hour]!,
    );
    const meeting = Array.from({ length: seating.circles }, (_, circle) => circle).filter(
      (circle) => {
        const members = pool.hoursOf.filter((_, person) => seating.circleOf[person] === circle);
        return members.length > 0 && members.every((hours) => hours.includes(hour));
      },
    );
    expect([...listed].toSorted((one, other) => one - other)).toEqual(meeting);
  }
});
