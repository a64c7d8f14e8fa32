/**
 * Forming circles: a waiting pool is divided into circles that share an hour and fit as well as can be found in
 * the time given. The same search seats members and runs in the bench; whoever calls hands in what fits.
 */
import { anneal } from "./formation/annealing.ts";
import { makePool } from "./formation/pool.ts";
import type { Pool } from "./formation/pool.ts";
import { circleScore, LEFT_WAITING, sharedHours } from "./formation/score.ts";
import { whyWaiting } from "./formation/why-waiting.ts";
import type { WhyWaiting } from "./formation/why-waiting.ts";

/** What every pool must tell of somebody; what else it holds is for `weigh` and `mayMeet`. */
export interface Waiting {
  /** Free hours of a week, as whole numbers of any meaning that is the same for all. */
  readonly hours: readonly number[];
}

export interface FormationRules<Entry> {
  /** How many sit in a circle, both included. */
  readonly smallest: number;
  readonly largest: number;
  /** Whether a circle of one fewer than the smallest may form where more than one person would be left. */
  readonly exceptional: boolean;
  /** False where the two must never sit together. Symmetric. */
  readonly mayMeet: (one: Entry, other: Entry) => boolean;
}

export interface FormationOptions {
  /** Numbers in [0, 1). The same ones, and the same steps, give the same circles. */
  readonly random: () => number;
  /** Which share of the time is spent after so many steps; the search ends when it reaches 1. */
  readonly spent: (steps: number) => number;
}

export interface FormationProgress {
  /** From 0 to 1. */
  readonly share: number;
  /** Of the best division so far, at first of everybody left waiting. */
  readonly score: number;
}

export interface Formation<Entry> {
  readonly circles: readonly FormedCircle<Entry>[];
  readonly waiting: readonly { readonly entry: Entry; readonly why: WhyWaiting }[];
  /** Of all circles, less a thousand for everybody left waiting. */
  readonly score: number;
}

interface FormedCircle<Entry> {
  readonly members: readonly Entry[];
  /** The hours all of them are free. */
  readonly hours: readonly number[];
  readonly score: number;
}

/** Ten people are a meeting, not a circle, whatever the rules handed in. */
const NEVER = 10;

/**
 * `weigh` says how well two fit: a whole number between -1000 and 1000, symmetric. Rounds follow each other until
 * the time is spent, and the best counts. Yields every few milliseconds, so that a job can let others work.
 */
export function* formCircles<Entry extends Waiting>(
  waiting: readonly Entry[],
  rules: FormationRules<Entry>,
  weigh: (one: Entry, other: Entry) => number,
  { random, spent }: FormationOptions,
): Generator<FormationProgress, Formation<Entry>> {
  if (rules.largest >= NEVER) throw new RangeError(`A circle of ${rules.largest} never forms`);
  const pool = makePool(waiting, rules, weigh);
  let best = toFormation([], pool, waiting, rules, weigh);
  let steps = 0;
  for (let share = 0; share < 1 && pool.entries.length > 0; share = spent(steps)) {
    const [stepsBefore, shareBefore] = [steps, share];
    const round = anneal(pool, rules, random, (stepsOfRound) => {
      return (spent(stepsBefore + stepsOfRound) - shareBefore) / (1 - shareBefore);
    });
    let next = round.next();
    for (; next.done !== true; next = round.next())
      yield { share: shareBefore + next.value * (1 - shareBefore), score: best.score };
    steps += next.value.steps;
    const found = toFormation(next.value.circles, pool, waiting, rules, weigh);
    if (found.score > best.score) best = found;
  }
  return best;
}

/** Counts plainly what was found, and refuses to seat anybody twice. */
function toFormation<Entry extends Waiting>(
  found: readonly number[][],
  pool: Pool<Entry>,
  waiting: readonly Entry[],
  rules: FormationRules<Entry>,
  weigh: (one: Entry, other: Entry) => number,
): Formation<Entry> {
  const circles = found.map((people) => {
    const members = people.map((person) => pool.entries[person]!);
    return {
      members,
      hours: sharedHours(members),
      score: circleScore(members, rules, weigh),
    };
  });
  const seated = circles.flatMap(({ members }) => members);
  const isSeated = new Set(seated);
  if (isSeated.size < seated.length) throw new Error("Somebody was seated twice");
  const left = waiting.filter((entry) => !isSeated.has(entry));
  return {
    circles,
    waiting: left.map((entry) => ({ entry, why: whyWaiting(entry, waiting, rules) })),
    score: circles.reduce((sum, { score }) => sum + score, 0) - LEFT_WAITING * left.length,
  };
}
