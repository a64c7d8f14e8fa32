/**
 * Circles formed from pools with known values: for each at most a minute of this process, searched as the app
 * does, but by the instance's weights. Every division is judged by an evaluator of its own.
 */
import { fileURLToPath } from "node:url";
import { formCircles } from "../src/circles/formation.ts";
import type { FormationRules } from "../src/circles/formation.ts";
import { seededChance } from "../src/circles/formation/chance.ts";
import { evaluate } from "./formation/evaluate.ts";
import type { Judged } from "./formation/evaluate.ts";
import type { FormationInstance, Person } from "./formation/instances.ts";
import { readInstances, weighPeople } from "./formation/instances.ts";

const SHARED_INSTANCES = fileURLToPath(new URL("../../shared/bench/groups", import.meta.url));
/** A minute, less what the last steps and judging take. */
const LONG_SECONDS = 58;
/** A thousand people are searched in seconds first, and once more for the minute. */
const SHORT_SECONDS = 20;
const THOUSAND = 1000;
const SEED = 2031;

export async function bench(options: {
  instances?: string;
  log: (line: string) => void;
}): Promise<Record<string, number>> {
  const short = { seconds: 0, score: 0 };
  const total = { breaches: 0, worstGap: Number.POSITIVE_INFINITY };
  for (const { instance, known } of readInstances(options.instances ?? SHARED_INSTANCES)) {
    const report = ({ seconds, judged }: Search) => {
      const gap = known === null ? "" : `, gap ${judged.score - known.best} to ${known.status}`;
      options.log(
        `${instance.name}: score ${judged.score}${gap}, ${judged.unplaced} unplaced, ` +
          `${seconds.toFixed(1)} s${judged.breaches.map((breach) => `; ${breach}`).join("")}`,
      );
      total.breaches += judged.breaches.length;
    };
    if (instance.people.length === THOUSAND) {
      const search = searchFor(SHORT_SECONDS, instance);
      report(search);
      short.seconds = search.seconds;
      short.score = search.judged.score;
    }
    const search = searchFor(LONG_SECONDS, instance);
    report(search);
    if (known !== null) total.worstGap = Math.min(total.worstGap, search.judged.score - known.best);
  }
  return {
    ...(Number.isFinite(total.worstGap) ? { worstGapToBest: total.worstGap } : {}),
    ...(short.seconds > 0
      ? { seconds1000: Math.round(short.seconds * 10) / 10, score1000: short.score }
      : {}),
    breaches: total.breaches,
  };
}

interface Search {
  readonly seconds: number;
  readonly judged: Judged;
}

/** Seconds are those of the clock on the wall, from the people as read to the circles. */
function searchFor(seconds: number, instance: FormationInstance): Search {
  const start = performance.now();
  const secondsSpent = () => (performance.now() - start) / 1000;
  const search = formCircles(instance.people, rulesOf(instance), weighPeople, {
    random: seededChance(SEED),
    spent: () => secondsSpent() / seconds,
  });
  let step = search.next();
  while (step.done !== true) step = search.next();
  const circles = step.value.circles.map(({ members }) => members.map(({ id }) => id));
  return { seconds: secondsSpent(), judged: evaluate(instance, circles) };
}

function rulesOf({ rules, avoid }: FormationInstance): FormationRules<Person> {
  const avoided = new Set(avoid.flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]));
  return {
    smallest: rules.minSize,
    largest: rules.maxSize,
    exceptional: false,
    mayMeet: (one, other) =>
      one.employer !== other.employer && !avoided.has(`${one.id} ${other.id}`),
  };
}
