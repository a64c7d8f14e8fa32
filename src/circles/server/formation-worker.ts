/** A thread of its own for the search: it may take a core for seconds, and nobody else waits for it. */
import { parentPort, workerData } from "node:worker_threads";
import { CIRCLE_RULES, weighFit, type WaitingEntry } from "../fit.ts";
import { formCircles } from "../formation.ts";
import { seededChance } from "../formation/chance.ts";

export interface FormationOrder {
  readonly entries: readonly WaitingEntry[];
  readonly seed: number;
  readonly ms: number;
}

/** The members' ids, and the hours all of a circle are free. */
export interface FoundCircle {
  readonly members: readonly string[];
  readonly hours: readonly number[];
}

export type FormationNews =
  { readonly share: number } | { readonly circles: readonly FoundCircle[] };

const { entries, seed, ms } = workerData as FormationOrder;
const start = performance.now();
const search = formCircles(entries, CIRCLE_RULES, weighFit, {
  random: seededChance(seed),
  spent: () => (performance.now() - start) / ms,
});
let told = 0;
for (let step = search.next(); ; step = search.next()) {
  if (step.done === true) {
    const circles = step.value.circles.map(({ members, hours }) => ({
      members: members.map(({ id }) => id),
      hours,
    }));
    parentPort!.postMessage({ circles } satisfies FormationNews);
    break;
  }
  if (step.value.share - told < 0.02) continue;
  told = step.value.share;
  parentPort!.postMessage({ share: told } satisfies FormationNews);
}
