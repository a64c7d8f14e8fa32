import { expect, test } from "vitest";
import { answersOf, instrumentOf } from "../../../tests/instrument-files.ts";
import { changeThreshold } from "../change.ts";
import {
  finishInstrument,
  isFinishedInstrument,
  noiseOf,
  type FinishedInstrument,
} from "./finished-instrument.ts";
import { SCORERS } from "./scorers/all.ts";
import { cbi } from "./scorers/cbi.ts";
import { pfi } from "./scorers/pfi.ts";
import { gad7, phq9 } from "./scorers/phq-gad.ts";
import { who5 } from "./scorers/who-5.ts";

const phq = (sum: number) => {
  const values = Array.from({ length: 9 }, (_, index) => Math.max(0, Math.min(3, sum - index * 3)));
  return answersOf(phq9, values);
};

function kept(...sums: readonly number[]): FinishedInstrument[] {
  return sums.reduce<FinishedInstrument[]>(
    (before, sum, index) => [
      ...before,
      finishInstrument(instrumentOf(phq9), phq(sum), before, `2026-0${index + 1}-15`),
    ],
    [],
  );
}

test("thresholds are those of the literature", () => {
  const threshold = (scorer: typeof cbi, scale: string) =>
    changeThreshold(
      noiseOf(
        scorer,
        scorer.scales.find(({ id }) => id === scale)!,
      )!,
    );
  expect(threshold(cbi, "personal")).toBeCloseTo(16.5, 1);
  expect(threshold(cbi, "work")).toBeCloseTo(17.7, 1);
  expect(threshold(cbi, "client")).toBeCloseTo(18.9, 1);
  expect(threshold(phq9, "total")).toBeCloseTo(5.6, 1);
  expect(threshold(gad7, "total")).toBeCloseTo(3.7, 1);
  expect(Math.round(threshold(who5, "well-being"))).toBe(21);
});

test("a change under the threshold is none, one beyond it is told with what it rests on", () => {
  const [, small, large] = kept(10, 15, 4);
  expect(small!.told["total"]).toMatchObject({ state: "no-clear-change", by: 5 });
  expect(large!.told["total"]).toMatchObject({
    state: "improved",
    by: -6,
    noise: { sd: 6.1, r: 0.89, version: "phq-9.total@1" },
  });
});

test("a first one, one that is not scored, and a scale of unknown noise claim no change", () => {
  expect(kept(10)[0]!.told).toEqual({});
  const [first] = kept(10);
  const none = finishInstrument(instrumentOf(phq9), {}, [first!], "2026-03-01");
  expect([none.scores["total"], none.told]).toEqual([null, {}]);
  const values = pfi.items.map(() => 4);
  const before = finishInstrument(instrumentOf(pfi), answersOf(pfi, values), [], "2026-01-01");
  const after = answersOf(pfi, values.map(() => 0)); // prettier-ignore
  expect(finishInstrument(instrumentOf(pfi), after, [before], "2026-02-01").told).toEqual({});
});

test("only its own instrument counts before it, and several on one day are told apart", () => {
  const [first] = kept(10);
  const other = { ...first!, instrument: "gad-7", nth: 9 };
  const again = finishInstrument(instrumentOf(phq9), phq(20), [first!, other], "2026-01-15");
  expect([again.nth, again.told["total"]?.by]).toEqual([2, 10]);
});

test("what is kept is known again as JSON, and anything else is passed over", () => {
  const [one] = kept(3);
  expect(isFinishedInstrument(JSON.parse(JSON.stringify(one)))).toBe(true);
  for (const other of [null, 3, [], {}, { ...one, on: "yesterday" }, { ...one, response: {} }])
    expect(isFinishedInstrument(other)).toBe(false);
});

test("no scorer assumes a reliability without naming where it is from", () => {
  const noises = SCORERS.flatMap((scorer) => scorer.scales.map((scale) => noiseOf(scorer, scale)));
  for (const noise of noises) if (noise) expect(noise.source.length).toBeGreaterThan(8);
});
