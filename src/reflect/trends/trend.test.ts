import { expect, test } from "vitest";
import { readCheckIn, readCheckInResults } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import { noiseOf } from "../change.ts";
import { dimensionNamed } from "../scoring.ts";
import { trendOf } from "./trend.ts";

const full = await readContentFile("content", "check-in/full", readCheckIn);
const results = await readContentFile("content", "check-in/results", readCheckInResults);
const months = ["01", "02", "03", "04", "05", "06", "07"];
const trend = (dimension: string, ...scores: number[]) =>
  trendOf(
    dimensionNamed(results, dimension),
    scores.map((score, i) => ({ day: `2026-${months[i]!}-01`, score })),
    noiseOf(full, dimension),
    results.change,
    (day) => `<${day}>`,
  );

test("without a reading there is no trend, and the first one says that it is the first", () => {
  expect(trend("exhaustion")).toBeNull();
  expect(trend("exhaustion", 60)).toMatchObject({
    latest: null,
    sentence:
      "Emotional exhaustion: your first reading. From the next one on you can see whether something moves.",
  });
});

test("a move within the band is told as no clear change, with no arrow in words", () => {
  const told = trend("exhaustion", 60, 45)!;
  expect(told.sentence).toBe(
    "Emotional exhaustion: no clear change since <2026-01-01>. A move under 31 points can be chance.",
  );
});

test("less exhaustion is better, less purpose is worse", () => {
  expect(trend("exhaustion", 80, 45)!.sentence).toMatch(
    /^Emotional exhaustion: better than on <2026-01-01>, by 35/,
  );
  expect(trend("purpose", 80, 40)!.sentence).toMatch(/^Purpose: worse than on <2026-01-01>, by 40/);
});

test("the band lies around the settled level and moves with a trend", () => {
  const reach = 30.49;
  const still = trend("exhaustion", 50, 55)!.band;
  expect([still.level, still.from, still.to]).toEqual([
    50,
    expect.closeTo(50 - reach, 1),
    expect.closeTo(50 + reach, 1),
  ]);
  expect(trend("exhaustion", 90, 40)!.band).toMatchObject({ level: 40 });
  expect(trend("exhaustion", 5, 8)!.band.from).toBe(0);
});

test("a slow drift is told as slow where no single step was a change", () => {
  expect(trend("exhaustion", 40, 44, 48, 53, 57, 62)!.sentence).toBe(
    "Emotional exhaustion: getting worse, slowly, since <2026-01-01>. No single step was large, which makes it easy to miss.",
  );
});

test("a climb with a large step in it is not called slow, and the step is remembered", () => {
  const told = trend("exhaustion", 20, 24, 28, 64, 66, 68, 70)!;
  expect(told.drift).toBeNull();
  expect(told.sentence).toMatch(/^Emotional exhaustion: no clear change since <2026-05-01>/);
  expect(told.settled).toEqual({ on: "2026-05-01", state: "worsened" });
  expect(trend("exhaustion", 40, 44, 48, 53, 57, 62)!.settled).toBeNull();
});

test("readings may arrive in any order", () => {
  const dimension = dimensionNamed(results, "exhaustion");
  const given = [
    { day: "2026-03-01", score: 30 },
    { day: "2026-01-01", score: 80 },
    { day: "2026-02-01", score: 75 },
  ];
  const told = trendOf(dimension, given, noiseOf(full, "exhaustion"), results.change, String)!;
  expect(told.points.map(({ day }) => day)).toEqual(["2026-01-01", "2026-02-01", "2026-03-01"]);
  expect(told.latest).toMatchObject({ state: "improved", trend: true });
});
