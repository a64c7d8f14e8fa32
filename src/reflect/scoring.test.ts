import { expect, test } from "vitest";
import fc from "fast-check";
import { readCheckIn, readCheckInResults } from "#library/content-file.ts";
import type { CheckIn } from "#library/check-in.ts";
import { readContentFile } from "#library/server/content-folder.ts";
import type { Answers } from "./questionnaire.ts";
import { bandOf, dimensionNamed, scoreOf, scoresOf } from "./scoring.ts";

const full = await readContentFile("content", "check-in/full", readCheckIn);
const results = await readContentFile("content", "check-in/results", readCheckInResults);

const allAnswered = (value: number): Answers =>
  Object.fromEntries(full.items.map(({ id }) => [id, value]));

test("exhaustion, worked by hand: 4, 3 and a reversed 1 make (4 + 3 + 3) / 12 = 83.3", () => {
  const answers = { "ran-on-empty": 4, "next-rest-far": 3, "left-in-hand": 1 };
  expect(scoreOf(full, answers, "exhaustion")).toEqual({
    state: "scored",
    dimension: "exhaustion",
    score: expect.closeTo(83.333, 2) as number,
    answered: 3,
    asked: 3,
  });
});

test("the middle answer everywhere scores 50 everywhere, reversed or not", () => {
  for (const score of scoresOf(full, allAnswered(2))) {
    expect(score).toMatchObject({ state: "scored", score: 50 });
  }
});

test("the care item is part of no score", () => {
  const asked = scoresOf(full, allAnswered(0)).reduce((sum, score) => sum + score.asked, 0);
  expect(asked).toBe(full.items.length - 1);
  expect(scoresOf(full, { ...allAnswered(2), "dark-moments": 4 })).toEqual(
    scoresOf(full, allAnswered(2)),
  );
});

test("two of three answers are under 80 %, so the dimension is not scored", () => {
  expect(scoreOf(full, { "ran-on-empty": 4, "next-rest-far": 3 }, "exhaustion")).toEqual({
    state: "not-scored",
    dimension: "exhaustion",
    answered: 2,
    asked: 3,
  });
  expect(scoreOf(full, { "ran-on-empty": null }, "exhaustion").state).toBe("not-scored");
});

test("four of five answers are 80 %, and the score is the mean of the four", () => {
  const five: CheckIn = {
    ...full,
    items: ["a", "b", "c", "d", "e"].map((id) => ({
      id,
      dimension: "x",
      text: id,
      scale: "often",
    })),
  };
  expect(scoreOf(five, { a: 4, b: 4, c: 0, d: 2 }, "x")).toMatchObject({ score: 62.5 });
  expect(scoreOf(five, { a: 4, b: 4, c: 0 }, "x").state).toBe("not-scored");
});

/** The same rule, written the slow way: in whole points, dimension by dimension, with loops. */
function slowScore(checkIn: CheckIn, answers: Answers, dimension: string): number | null {
  let points = 0;
  let answered = 0;
  let asked = 0;
  for (const item of checkIn.items) {
    if (item.dimension !== dimension) continue;
    asked += 1;
    const answer = answers[item.id];
    if (answer === undefined || answer === null) continue;
    answered += 1;
    points += item.reversed === true ? 4 - answer : answer;
  }
  if (answered === 0 || answered / asked < 0.8) return null;
  return (points / (answered * 4)) * 100;
}

test("scores agree with an independent, slower scorer on any answers", () => {
  const answer = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null, freq: 6 });
  const anyAnswers = fc.record(Object.fromEntries(full.items.map(({ id }) => [id, answer])), {
    requiredKeys: [],
  });
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      for (const score of scoresOf(full, answers as Answers)) {
        const slow = slowScore(full, answers as Answers, score.dimension);
        if (score.state === "scored") expect(score.score).toBeCloseTo(slow!, 9);
        else expect(slow).toBeNull();
      }
    }),
  );
});

test("every dimension has a text for every score, and bands begin where they say", () => {
  for (const dimension of results.dimensions) {
    expect(bandOf(dimension, 0).id).toBe("low");
    expect(bandOf(dimension, 33.9).id).toBe("low");
    expect(bandOf(dimension, 34).id).toBe("middle");
    expect(bandOf(dimension, 67).id).toBe("high");
    expect(bandOf(dimension, 100).id).toBe("high");
  }
  expect(dimensionNamed(results, "margin").name).toBe("Margin");
});
