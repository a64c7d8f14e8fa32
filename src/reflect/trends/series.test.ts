import { expect, test } from "vitest";
import { readCheckIn, readCheckInResults } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import type { FinishedCheckIn } from "../finished-check-in.ts";
import { readExercise } from "../exercise/exercise-file.ts";
import { phq9 } from "../instrument/scorers/phq-gad.ts";
import { comparePeriods } from "./periods.ts";
import { exerciseSeries } from "./exercise-series.ts";
import { instrumentSeries } from "./instrument-series.ts";
import { checkInSeries } from "./series.ts";

const full = await readContentFile("content", "check-in/full", readCheckIn);
const results = await readContentFile("content", "check-in/results", readCheckInResults);
const meter = await readContentFile("content", "exercises/margin-meter", readExercise);

const checkIn = (
  on: string,
  exhaustion: number | null,
  version = full.version,
): FinishedCheckIn => ({
  on,
  nth: 1,
  kind: "full",
  version,
  answers: {},
  drivers: [],
  note: "",
  scores: { exhaustion },
  told: {},
});

test("a dimension is a series of what was scored, by the questions of today", () => {
  const series = checkInSeries(full, results, [
    checkIn("2026-03-01", 60),
    checkIn("2026-02-01", null),
    checkIn("2026-01-01", 40),
    checkIn("2025-12-01", 90, full.version + 1),
  ]);
  expect(series).toHaveLength(1);
  expect(series[0]).toMatchObject({
    id: "check-in full exhaustion",
    range: [0, 100],
    better: "lower",
    readings: [
      { day: "2026-01-01", score: 40 },
      { day: "2026-03-01", score: 60 },
    ],
    noise: { sd: 22, r: 0.75, assumed: true },
  });
});

test("a scale of an exercise is a series without noise, so nothing in it is called a change", () => {
  const filling = (on: string, value: number) => ({
    exercise: "margin-meter",
    version: 1,
    language: "en",
    begunOn: on,
    nth: 1,
    changedOn: on,
    isFinished: true,
    at: null,
    answers: { margin: { answer: { value }, on, changes: {} } },
    promoted: {},
  });
  const [series] = exerciseSeries(meter, [filling("2026-02-01", 10), filling("2026-01-01", 0)]);
  expect(series).toMatchObject({
    id: "exercise margin-meter margin",
    source: "exercise",
    noise: null,
    readings: [
      { day: "2026-01-01", score: 0 },
      { day: "2026-02-01", score: 100 },
    ],
  });
  const [january, february] = ["01", "02"].map((month) => ({
    from: `2026-${month}-01`,
    to: `2026-${month}-28`,
  }));
  expect(comparePeriods(series!, january!, february!)!.state).toBe("not-known");
});

test("a scale of an instrument keeps its own points and its own noise", () => {
  const kept = (on: string, nth: number, total: number | null) => ({
    instrument: "phq-9",
    on,
    nth,
    response: { resourceType: "QuestionnaireResponse", item: [] } as never,
    points: [],
    scores: { total },
    told: {},
  });
  const series = instrumentSeries(phq9, [
    kept("2026-02-01", 2, 12),
    kept("2026-01-01", 1, 4),
    kept("2026-03-01", 3, null),
    { ...kept("2026-01-15", 1, 3), instrument: "gad-7" },
  ]);
  expect(series).toHaveLength(1);
  expect(series[0]).toMatchObject({
    within: "PHQ-9",
    range: [0, 27],
    readings: [{ score: 4 }, { score: 12 }],
    noise: { sd: 6.1, r: 0.89 },
  });
  const before = { from: null, to: "2026-01-31" };
  // 1.96 * sqrt(2) * 6.1 * sqrt(0.11) = 5.6: from six points on.
  expect(comparePeriods(series[0]!, before, { from: "2026-02-01", to: null })).toMatchObject({
    state: "worsened",
    threshold: expect.closeTo(5.608, 3) as number,
  });
});
