import { expect, test } from "vitest";
import fc from "fast-check";
import { readCheckIn, readCheckInResults } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import { changeThreshold } from "./change.ts";
import { finishCheckIn } from "./finish-check-in.ts";
import {
  dayDue,
  isFinishedCheckIn,
  readingsOf,
  seriesOf,
  seriesUpTo,
  type FinishedCheckIn,
} from "./finished-check-in.ts";
import { emptyDraft, type CheckInDraft } from "./questionnaire.ts";

const full = await readContentFile("content", "check-in/full", readCheckIn);
const pulse = await readContentFile("content", "check-in/pulse", readCheckIn);
const results = await readContentFile("content", "check-in/results", readCheckInResults);

const draftWith = (value: number | null): CheckInDraft => ({
  ...emptyDraft(full),
  answers: Object.fromEntries(
    full.items.map(({ id, reversed }) => [
      id,
      value === null ? null : reversed === true ? 4 - value : value,
    ]),
  ),
});
const finish = (value: number | null, on: string, earlier: readonly FinishedCheckIn[] = []) =>
  finishCheckIn(full, results, draftWith(value), earlier, on);

test("what is kept has the day, the scores and the answers, and no finer time", () => {
  const kept = finishCheckIn(
    full,
    results,
    { ...draftWith(3), drivers: ["record"], words: "  one line \n" },
    [],
    "2026-11-22",
  );
  expect(kept).toMatchObject({
    on: "2026-11-22",
    nth: 1,
    kind: "full",
    version: full.version,
    drivers: ["record"],
    note: "one line",
    told: {},
  });
  expect(kept.scores["exhaustion"]).toBe(75);
  expect(Object.keys(kept.scores).toSorted()).toEqual(
    results.dimensions.map(({ id }) => id).toSorted(),
  );
  expect(JSON.stringify(kept)).not.toMatch(/T\d\d:|\d{10}/);
});

test("what was skipped is not scored, and a later reading is not compared with it", () => {
  const skipped = finish(null, "2026-10-01");
  expect(Object.values(skipped.scores).every((score) => score === null)).toBe(true);
  expect(readingsOf([skipped], "exhaustion")).toEqual([]);
  expect(finish(3, "2026-11-01", [skipped]).told).toEqual({});
});

test("a later one keeps each verdict with all that it rests on", () => {
  const first = finish(1, "2026-10-01");
  const { told } = finish(3, "2026-11-01", [first]);
  const verdict = told["exhaustion"]!;
  expect(verdict).toMatchObject({ state: "worsened", since: "2026-10-01", by: 50 });
  expect(verdict.noise).toMatchObject({ sd: 22, r: 0.75, assumed: true, version: "full@1" });
  expect(verdict.threshold).toBe(changeThreshold(verdict.noise));
  expect(told["purpose"]).toMatchObject({ state: "improved", by: 50 });
});

test("two on one day are told apart by counting, and count as they were given", () => {
  const first = finish(1, "2026-11-22");
  const second = finish(3, "2026-11-22", [first]);
  expect(second.nth).toBe(2);
  expect(seriesOf("full", 1, [second, first])).toEqual([first, second]);
  expect(seriesUpTo(first, [second, first])).toEqual([first]);
});

test("answers to other questions are never compared", () => {
  const old: FinishedCheckIn = { ...finish(1, "2026-10-01"), version: 99 };
  const weekly: FinishedCheckIn = { ...finish(1, "2026-10-08"), kind: "pulse" };
  expect(finish(3, "2026-11-01", [old, weekly]).told).toEqual({});
});

test("a check-in is due four weeks after the last, a pulse a week after either", () => {
  const month = finish(2, "2026-11-01");
  const week = finishCheckIn(pulse, results, emptyDraft(pulse), [month], "2026-11-10");
  expect(dayDue("full", [])).toBeNull();
  expect(dayDue("pulse", [])).toBeNull();
  expect(dayDue("full", [week])).toBeNull();
  expect(dayDue("full", [week, month])).toBe("2026-11-29");
  expect(dayDue("pulse", [month])).toBe("2026-11-08");
  expect(dayDue("pulse", [week, month])).toBe("2026-11-17");
});

test("what is kept is known again, and nothing else is", () => {
  const kept = finish(2, "2026-11-01");
  expect(isFinishedCheckIn(JSON.parse(JSON.stringify(kept)))).toBe(true);
  for (const key of ["on", "nth", "kind", "version", "answers", "drivers", "note", "scores"]) {
    expect(isFinishedCheckIn({ ...kept, [key]: undefined })).toBe(false);
  }
  fc.assert(fc.property(fc.anything(), (other) => !isFinishedCheckIn(other)));
});
