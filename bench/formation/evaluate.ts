/**
 * What a division into circles is worth by the instance's own words, and whether it breaks a rule of it. Written
 * from the instances alone: it has only the weight of a pair in common with the search it judges.
 */
import type { FormationInstance, Person } from "./instances.ts";
import { weighPeople } from "./instances.ts";

export interface Judged {
  readonly score: number;
  readonly unplaced: number;
  /** In words; none where every rule is kept. */
  readonly breaches: readonly string[];
}

/** `circles`: ids of people. */
export function evaluate(
  { people, rules, avoid }: FormationInstance,
  circles: readonly (readonly number[])[],
): Judged {
  const personById = new Map(people.map((person) => [person.id, person]));
  const breaches: string[] = [];
  const placed = new Set<number>();
  let score = 0;
  for (const ids of circles) {
    for (const id of ids) {
      if (!personById.has(id)) breaches.push(`${id} is nobody`);
      if (placed.has(id)) breaches.push(`${id} sits twice`);
      placed.add(id);
    }
    if (ids.length < rules.minSize || ids.length > rules.maxSize)
      breaches.push(`A circle of ${ids.length}`);
    for (const [one, other] of avoid)
      if (ids.includes(one) && ids.includes(other)) breaches.push(`${one} sits with ${other}`);

    const members = ids.flatMap((id) => personById.get(id) ?? []);
    if (new Set(members.map(({ employer }) => employer)).size < members.length)
      breaches.push(`Two of one employer among ${ids.join(", ")}`);
    const hours = commonHours(members);
    if (hours === 0) breaches.push(`No common hour for ${ids.join(", ")}`);
    score += Math.round((100 * pairWeights(members)) / (members.length - 1));
    score += 50 * Math.min(3, hours - 1);
  }
  const unplaced = people.length - placed.size;
  return { score: score + rules.unplaced * unplaced, unplaced, breaches };
}

function commonHours(members: readonly Person[]): number {
  const counts = new Map<number, number>();
  for (const { hours } of members)
    for (const hour of new Set(hours)) counts.set(hour, (counts.get(hour) ?? 0) + 1);
  return [...counts.values()].filter((count) => count === members.length).length;
}

function pairWeights(members: readonly Person[]): number {
  let sum = 0;
  for (const one of members)
    for (const other of members) if (one.id < other.id) sum += weighPeople(one, other);
  return sum;
}
