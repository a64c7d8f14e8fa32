import { expect, test } from "vitest";
import { answersOf, instrumentOf } from "../../../tests/instrument-files.ts";
import { finishInstrument, type FinishedInstrument } from "./finished-instrument.ts";
import type { Scorer } from "./scorer.ts";
import { cbi } from "./scorers/cbi.ts";
import { pfi } from "./scorers/pfi.ts";
import { phq9 } from "./scorers/phq-gad.ts";
import { who5 } from "./scorers/who-5.ts";
import { toldOf } from "./told.ts";

const filled = (
  scorer: Scorer,
  values: readonly (number | null)[],
  earlier: readonly FinishedInstrument[] = [],
) => finishInstrument(instrumentOf(scorer), answersOf(scorer, values), earlier, `2026-0${1 + earlier.length}-01`); // prettier-ignore

const told = (scorer: Scorer, ...fillings: readonly (readonly (number | null)[])[]) => {
  const kept = fillings.reduce<FinishedInstrument[]>(
    (before, values) => [...before, filled(scorer, values, before)],
    [],
  );
  return toldOf(scorer, kept.at(-1)!, kept.length > 1);
};

test("a sum stands in its band and beyond its line; the number just under is not", () => {
  const [at10] = told(phq9, [3, 3, 3, 1, 0, 0, 0, 0, 0]).scales;
  expect(at10).toMatchObject({ score: 10, band: { name: "moderate" }, isFilledUp: false });
  expect(at10!.lines.map(({ isReached }) => isReached)).toEqual([true]);
  const [at9] = told(phq9, [3, 3, 3, 0, 0, 0, 0, 0, 0]).scales;
  expect(at9).toMatchObject({ score: 9, band: { name: "mild" } });
  expect(at9!.lines.map(({ isReached }) => isReached)).toEqual([false]);
});

test("what was stood in for is said to be", () => {
  expect(told(phq9, [1, 1, 1, 1, 1, 1, 1, null, 0]).scales[0]).toMatchObject({
    isFilledUp: true,
    answered: 8,
    asked: 9,
  });
});

test("care is asked for by the item alone, whatever is scored", () => {
  const one = told(phq9, [0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect([one.callsForCare, one.scales[0]!.score]).toEqual([true, 1]);
  const none = told(phq9, [null, null, null, null, null, null, null, null, 1]);
  expect([none.callsForCare, none.scales[0]!.score]).toEqual([true, null]);
});

test("under its threshold a change of WHO-5 by ten points is possible, and by 24 a change", () => {
  const change = (to: readonly number[]) => told(who5, [2, 2, 2, 2, 2], to).scales[0]!.change;
  expect(change([2, 2, 2, 2, 3])).toMatchObject({ kind: "verdict", verdict: { by: 4 } });
  expect(change([2, 2, 3, 3, 3])).toMatchObject({ kind: "possible", from: 10 });
  expect(change([3, 3, 3, 3, 4])).toMatchObject({
    kind: "verdict",
    verdict: { state: "improved", by: 24 },
  });
});

test("a first one has nothing to compare with; an unknown noise claims nothing", () => {
  expect(told(cbi, cbi.items.map(() => 50)).scales[0]!.change).toBeNull(); // prettier-ignore
  const four = pfi.items.map(() => 4);
  expect(told(pfi, four, four).scales[0]!.change).toEqual({ kind: "unknown-noise" });
});
