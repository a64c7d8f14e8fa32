/** Instances of the formation bench, and what is known of them, from files in the format they explain themselves. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { seededChance } from "../../src/circles/formation/chance.ts";

export interface FormationInstance {
  readonly name: string;
  readonly rules: {
    readonly minSize: number;
    readonly maxSize: number;
    /** Negative: what each person left unplaced adds. */
    readonly unplaced: number;
  };
  readonly people: readonly Person[];
  /** Pairs of ids, possibly repeated. */
  readonly avoid: readonly (readonly [number, number])[];
}

export interface Person {
  readonly id: number;
  readonly employer: number;
  readonly specialty: number;
  readonly region: number;
  readonly stage: number;
  readonly setting: number;
  readonly format: number;
  readonly topics: readonly number[];
  readonly hours: readonly number[];
}

export interface KnownBest {
  readonly best: number;
  readonly status: "Optimal" | "Feasible";
}

/**
 * Every instance of the folder, the smallest first, with the best value known where there is one beside it; where
 * there is no such folder, two made from a seed.
 */
export function readInstances(
  folder: string,
): { instance: FormationInstance; known: KnownBest | null }[] {
  if (!existsSync(folder))
    return [makeInstance(96, 40, 24, 9), makeInstance(1000, 60, 120, 10)].map((instance) => ({
      instance,
      known: null,
    }));
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json") && !file.endsWith(".best.json"))
    .map((file) => {
      const best = join(folder, file.replace(/\.json$/, ".best.json"));
      return {
        instance: readJson(join(folder, file)) as FormationInstance,
        known: existsSync(best) ? (readJson(best) as KnownBest) : null,
      };
    })
    .toSorted((one, other) => one.instance.people.length - other.instance.people.length);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** w(i,j) as the instances put it. */
export function weighPeople(one: Person, other: Person): number {
  const common = one.topics.filter((topic) => other.topics.includes(topic)).length;
  const stages = Math.abs(one.stage - other.stage);
  const specialty = one.region === other.region ? -3 : 1;
  return (
    3 * common +
    (stages <= 1 ? 2 : 0) -
    (stages >= 3 ? 2 : 0) +
    (one.setting === other.setting ? 1 : 0) +
    (one.specialty === other.specialty ? specialty : 0) +
    (one.format === other.format ? 1 : 0)
  );
}

function makeInstance(
  people: number,
  hours: number,
  employers: number,
  seed: number,
): FormationInstance {
  const random = seededChance(seed);
  const below = (end: number) => Math.floor(random() * end);
  const someOf = (count: number, end: number) => {
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(below(end));
    return [...chosen];
  };
  return {
    name: `made-of-${people}`,
    rules: { minSize: 6, maxSize: 8, unplaced: -1000 },
    people: Array.from({ length: people }, (_, id) => ({
      id,
      employer: below(employers),
      specialty: below(12),
      region: below(5),
      stage: below(4),
      setting: below(3),
      format: below(2),
      topics: someOf(2, 8),
      hours: someOf(3 + below(6), hours),
    })),
    avoid: Array.from({ length: Math.floor(people / 12) }, () => {
      const [one, other] = someOf(2, people);
      return [one!, other!];
    }),
  };
}
