import { expect, test } from "vitest";
import { readCheckIn, readCheckInResults, readDrivers } from "#library/content-file.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import { finishCheckIn } from "./finish-check-in.ts";
import type { FinishedCheckIn } from "./finished-check-in.ts";
import { emptyDraft } from "./questionnaire.ts";
import { resultOf } from "./result.ts";

const checkIn = await readContentFile("content", "check-in/full", readCheckIn);
const results = await readContentFile("content", "check-in/results", readCheckInResults);
const drivers = await readContentFile("content", "check-in/drivers", readDrivers);
const content = { checkIn, results, drivers };

/** `strain`: 0 where all is well, 4 where nothing is. */
function finish(
  strain: number,
  on: string,
  earlier: FinishedCheckIn[] = [],
  picked: string[] = [],
) {
  const answers = checkIn.items.flatMap(({ id, dimension, reversed }): [string, number][] => {
    const better = results.dimensions.find((each) => each.id === dimension)?.better;
    if (better === undefined) return [];
    const isStrain = (better === "lower") !== (reversed === true);
    return [[id, isStrain ? strain : 4 - strain]];
  });
  const draft = { ...emptyDraft(checkIn), answers: Object.fromEntries(answers), drivers: picked };
  return finishCheckIn(checkIn, results, draft, earlier, on);
}
const tell = (one: FinishedCheckIn, all = [one]) => resultOf(one, all, content, (day) => day);

test("where a dimension stands does not depend on which way its scale runs", () => {
  const standings = (strain: number) =>
    new Set(tell(finish(strain, "2026-11-22")).told.map(({ standing }) => standing));
  expect(standings(0)).toEqual(new Set(["holds"]));
  expect(standings(2)).toEqual(new Set(["between"]));
  expect(standings(4)).toEqual(new Set(["strained"]));
});

test("a first result compares with nothing, and a later one says what moved and by how much", () => {
  const first = finish(3, "2026-10-01");
  const second = finish(0, "2026-11-01", [first]);
  expect(tell(first, [second, first]).isLater).toBe(false);
  const later = tell(second, [second, first]);
  expect(later.isLater).toBe(true);
  expect(later.told.map(({ trend }) => trend.latest?.state)).toEqual(
    later.told.map(() => "improved"),
  );
  expect(later.told[0]!.trend.sentence).toContain("75 points");
});

test("what to do now is three things at most, about several dimensions, the most strained first", () => {
  const { now, told } = tell(finish(4, "2026-11-22"));
  expect(now.length).toBe(3);
  const from = now.map((text) => told.find(({ band }) => band.now.includes(text))!.dimension.id);
  expect(new Set(from).size).toBe(3);
});

test("where all is well, what to do now is about keeping it so", () => {
  const { now, told } = tell(finish(0, "2026-11-22"));
  const keeping = told.flatMap(({ band }) => band.now);
  expect(now.length).toBe(3);
  expect(now.every((text) => keeping.includes(text))).toBe(true);
});

test("drivers stand in the order in which they were picked, and unknown ones are passed over", () => {
  const { drivers: told } = tell(finish(2, "2026-11-22", [], ["home", "gone-since", "record"]));
  expect(told.map(({ id }) => id)).toEqual(["home", "record"]);
});

test("a dimension with an answer missing is named as not scored, and nothing is guessed for it", () => {
  const one = finish(4, "2026-11-22");
  const partly = { ...one, scores: { ...one.scores, exhaustion: null } };
  const { told, notScored } = tell(partly);
  expect(notScored.map(({ id }) => id)).toEqual(["exhaustion"]);
  expect(told.some(({ dimension }) => dimension.id === "exhaustion")).toBe(false);
});
