import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CIRCLE_RULES, weighFit } from "./fit.ts";
import type { WaitingEntry } from "./fit.ts";
import { formCircles } from "./formation.ts";
import type { Formation, FormationProgress, FormationRules } from "./formation.ts";
import { seededChance } from "./formation/chance.ts";

const STRICT: FormationRules<WaitingEntry> = { ...CIRCLE_RULES, exceptional: false };

function form(
  pool: readonly WaitingEntry[],
  { rules = CIRCLE_RULES, seed = 1, steps = 400_000 } = {},
): Formation<WaitingEntry> & { progress: FormationProgress[] } {
  const search = formCircles(pool, rules, weighFit, {
    random: seededChance(seed),
    spent: (done) => done / steps,
  });
  const progress: FormationProgress[] = [];
  let next = search.next();
  for (; next.done !== true; next = search.next()) progress.push(next.value);
  return { ...next.value, progress };
}

const idsOf = ({ circles }: Formation<WaitingEntry>) =>
  circles.map(({ members }) => members.map(({ id }) => id));

/** `count` people who differ in nothing but what is given. */
function people(count: number, given: Partial<WaitingEntry> = {}, from = 0): WaitingEntry[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `w${from + at}`,
    hours: [3],
    themes: ["burnout"],
    stage: 2,
    language: "en",
    employer: null,
    ...given,
  }));
}

/** Small weeks and few employers, so that the rules bite. */
function pools(most: number, blocks: number): fc.Arbitrary<WaitingEntry[]> {
  const entry = fc.record({
    hours: fc.uniqueArray(fc.nat({ max: blocks - 1 }), { minLength: 1, maxLength: 6 }),
    themes: fc.uniqueArray(fc.constantFrom("burnout", "leaving", "litigation", "family"), {
      maxLength: 3,
    }),
    stage: fc.nat({ max: 4 }),
    language: fc.constantFrom("en", "en", "en", "en", "es"),
    employer: fc.constantFrom(null, null, "a", "b", "c"),
  });
  return fc
    .array(entry, { maxLength: most })
    .map((entries) => entries.map((each, at) => ({ id: `w${at}`, ...each })));
}

describe("whatever the pool", () => {
  test("no hard rule is broken, and everybody sits once or waits once", () => {
    fc.assert(
      fc.property(pools(60, 21), fc.boolean(), fc.integer(), (pool, exceptional, seed) => {
        const rules = { ...CIRCLE_RULES, exceptional };
        const formed = form(pool, { rules, seed, steps: 50_000 });
        for (const { members, hours } of formed.circles) {
          expect(members.length).toBeGreaterThanOrEqual(exceptional ? 5 : 6);
          expect(members.length).toBeLessThanOrEqual(8);
          expect(hours.length).toBeGreaterThan(0);
          for (const hour of hours)
            expect(members.every((member) => member.hours.includes(hour))).toBe(true);
          expect(new Set(members.map(({ language }) => language)).size).toBe(1);
          const employers = members.flatMap(({ employer }) => employer ?? []);
          expect(new Set(employers).size).toBe(employers.length);
        }
        const everybody = [...idsOf(formed).flat(), ...formed.waiting.map(({ entry }) => entry.id)];
        expect(everybody.toSorted()).toEqual(pool.map(({ id }) => id).toSorted());
      }),
      { numRuns: 60 },
    );
  });

  test("the same seed and steps form the same circles", () => {
    fc.assert(
      fc.property(pools(40, 12), fc.integer(), (pool, seed) => {
        expect(form(pool, { seed, steps: 60_000 })).toEqual(form(pool, { seed, steps: 60_000 }));
      }),
      { numRuns: 15 },
    );
  });

  test("a small one is divided as well as can be", () => {
    fc.assert(
      fc.property(pools(13, 4), fc.boolean(), (pool, exceptional) => {
        const rules = { ...CIRCLE_RULES, exceptional };
        expect(form(pool, { rules, steps: 1_500_000 }).score).toBe(bestScore(pool, rules));
      }),
      // The search goes by chance: the same pools each time, so that it finds the best of them each time.
      { numRuns: 30, seed: 2031 },
    );
  });
});

describe("sizes", () => {
  const sizes = (count: number, rules = CIRCLE_RULES) =>
    form(people(count), { rules, steps: 100_000 })
      .circles.map(({ members }) => members.length)
      .toSorted((one, other) => one - other);

  test("five form a circle as an exception, and only where exceptions may be", () => {
    expect(sizes(5)).toEqual([5]);
    expect(sizes(5, STRICT)).toEqual([]);
    expect(sizes(4)).toEqual([]);
  });

  test("five sit together when more than one would wait otherwise", () => {
    expect(sizes(11)).toEqual([5, 6]);
    expect(sizes(11, STRICT)).toEqual([8]);
    expect(sizes(9)).toEqual([8]);
    expect(sizes(12)).toEqual([6, 6]);
    expect(sizes(17)).toEqual([5, 6, 6]);
  });

  test("ten never form a circle, whatever the rules say", () => {
    expect(() => form(people(10), { rules: { ...CIRCLE_RULES, largest: 10 } })).toThrow(RangeError);
  });
});

describe("whoever is left waiting is told why", () => {
  const reasons = (pool: readonly WaitingEntry[]) =>
    form(pool, { rules: STRICT, steps: 100_000 }).waiting.map(({ entry, why }) => [entry.id, why]);

  test("too few are free at their hours", () => {
    expect(reasons([...people(6), ...people(1, { hours: [4, 5] }, 6)])).toEqual([
      ["w6", "few-at-the-hours"],
    ]);
    expect(reasons(people(5)).map(([, why]) => why)).toEqual(Array(5).fill("few-at-the-hours"));
    expect(reasons(people(1, { hours: [] }))).toEqual([["w0", "few-at-the-hours"]]);
  });

  test("enough are free, but not of those they may meet", () => {
    expect(reasons([...people(8), ...people(1, { language: "es" }, 8)])).toEqual([
      ["w8", "kept-apart"],
    ]);
  });

  test("six would do, had not two of them one employer", () => {
    const six = [...people(2, { employer: "a" }), ...people(4, {}, 2)];
    expect(reasons(six).map(([, why]) => why)).toEqual([
      ...Array<string>(2).fill("kept-apart"),
      ...Array<string>(4).fill("no-seat-left"),
    ]);
  });

  test("circles came out better without them", () => {
    const [, ...others] = people(9, { themes: ["leaving"] });
    expect(reasons([...people(1, { themes: [], stage: 4 }), ...others])).toEqual([
      ["w0", "no-seat-left"],
    ]);
  });
});

test("an hour beyond the first ninety is an hour like any other", () => {
  const pool = Array.from({ length: 100 }, (_, hour) =>
    people(6, { hours: [hour, 200 + hour] }, hour * 6),
  ).flat();
  const formed = form(pool, { rules: STRICT, steps: 3_000_000 });
  expect(formed.waiting).toEqual([]);
  expect(formed.circles.map(({ hours }) => hours.length)).toEqual(Array(100).fill(2));
});

test("an empty pool forms nothing", () => {
  expect(form([])).toMatchObject({ circles: [], waiting: [], score: 0 });
});

test("progress never goes back, and tells the best score so far", () => {
  const { progress, score } = form(people(12), { steps: 1_000_000 });
  expect(progress.length).toBeGreaterThan(20);
  expect(progress[0]!.score).toBe(-12_000);
  for (const [at, { share, score: soFar }] of progress.entries()) {
    expect(share).toBeGreaterThanOrEqual(progress[at - 1]?.share ?? 0);
    expect(share).toBeLessThanOrEqual(1);
    expect(soFar).toBeLessThanOrEqual(score);
  }
  expect(progress.at(-1)!.score).toBe(score);
});

test("a weight that could hide a broken rule is refused", () => {
  const search = (weight: number) =>
    formCircles(people(6), CIRCLE_RULES, () => weight, {
      random: seededChance(1),
      spent: () => 1,
    }).next();
  expect(() => search(0.5)).toThrow(RangeError);
  expect(() => search(1001)).toThrow(RangeError);
});

/** By every subset of the pool, written from the rules anew. */
function bestScore(
  pool: readonly WaitingEntry[],
  { exceptional, mayMeet }: FormationRules<WaitingEntry>,
): number {
  const all = 2 ** pool.length;
  const worths = Array.from({ length: all }, (_, set) => {
    const members = pool.filter((_, at) => set & (1 << at));
    const size = members.length;
    if (size > 8 || size < (exceptional ? 5 : 6)) return null;
    const hours = members[0]!.hours.filter((hour) => members.every((m) => m.hours.includes(hour)));
    const pairs = members.flatMap((one, at) => members.slice(at + 1).map((other) => [one, other]));
    if (hours.length === 0 || pairs.some(([one, other]) => !mayMeet(one!, other!))) return null;
    const weight = pairs.reduce((sum, [one, other]) => sum + weighFit(one!, other!), 0);
    const exception = size === 5 ? 1500 : 0;
    return Math.round((100 * weight) / (size - 1)) + 50 * Math.min(3, hours.length - 1) - exception;
  });
  const best = Array.from({ length: all }, () => 0);
  for (let set = 1; set < all; set++) {
    const first = set & -set;
    best[set] = best[set ^ first]! - 1000;
    // Every circle that the first of them may sit in.
    for (let others = set ^ first; others > 0; others = (others - 1) & (set ^ first)) {
      const worth = worths[others | first];
      if (worth !== null && worth !== undefined)
        best[set] = Math.max(best[set]!, best[set ^ first ^ others]! + worth);
    }
  }
  return best[all - 1]!;
}
