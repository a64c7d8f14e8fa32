import { expect, test } from "vitest";
import type { Exercise } from "./exercise.ts";
import { earlierAnswers } from "./earlier.ts";
import { asFinished, emptyFilling, withAnswer, type Filling } from "./filling.ts";
import { seriesOf } from "./series.ts";
import { compared, theOneBefore, toldOf, toMarkdown } from "./whole.ts";
import { openSteps } from "./walk.ts";

const exercise = {
  id: "made-up",
  version: 1,
  language: "en",
  title: "Made up",
  steps: [
    { kind: "prose", id: "read", title: "Read this", text: ["Only text."] },
    { kind: "list", id: "things", ask: "What things?", atMost: 5 },
    {
      kind: "scale",
      id: "far",
      ask: "How far?",
      low: "Near",
      high: "Far",
      steps: 11,
      follow: { name: "Distance", better: "lower" },
    },
    {
      kind: "frequency",
      id: "often",
      ask: "How often?",
      statements: [1, 2, 3, 4, 5].map((n) => ({
        id: `s${n}`,
        text: `Statement ${n}`,
        ...(n === 5 && { reversed: true }),
      })),
      options: ["Never", "Sometimes", "Often", "Always"],
      measure: {
        name: "Weight",
        better: "lower",
        says: [
          { from: 0, text: "Little." },
          { from: 50, text: "Much." },
        ],
      },
    },
    { kind: "review", id: "look", ask: "Look", shows: [{ step: "things" }], of: "every-time" },
  ],
  after: { says: ["Done."] },
} as unknown as Exercise;

const filledOn = (day: string, answers: Readonly<Record<string, unknown>>): Filling =>
  Object.entries(answers).reduce(
    (filling, [step, answer]) =>
      withAnswer(filling, exercise, step, answer, { id: "aa", today: day }),
    emptyFilling(exercise, day),
  );
const things = (...entries: string[]) => ({ things: { entries, taken: [] } });
const first = { ...filledOn("2026-10-01", { ...things("tea"), far: { value: 8 } }), id: "1" };
const second = { ...filledOn("2026-11-01", { ...things("rest"), far: { value: 4 } }), id: "2" };

test("only what was answered is told, in the exercise's order", () => {
  expect(toldOf(exercise, first).map(({ step }) => step)).toEqual(["things", "far"]);
  expect(toldOf(exercise, filledOn("2026-10-01", {}))).toEqual([]);
});

test("a whole one is a document: title, day, questions and answers", () => {
  const words = { on: "From 1 October 2026", unfinished: "Not finished." };
  expect(toMarkdown(exercise, first, words)).toBe(
    "# Made up\n\nFrom 1 October 2026\n\nNot finished.\n\n## What things?\n\n- tea\n\n" +
      "## How far?\n\n**8** (0: near, 10: far)\n",
  );
  expect(toMarkdown(exercise, asFinished(first, "2026-10-01"), words)).not.toContain(
    "Not finished",
  );
});

test("this time stands beside the time before, and a question that was left out shows as such", () => {
  const third = filledOn("2026-11-20", things("sleep"));
  expect(theOneBefore({ ...third, id: "3" }, [first, second])?.id).toBe("2");
  expect(theOneBefore(first, [first, second])).toBeNull();
  expect(compared(exercise, second, third)).toEqual([
    { step: "things", ask: "What things?", earlier: "- rest", later: "- sleep" },
    { step: "far", ask: "How far?", earlier: "**4** (0: near, 10: far)", later: null },
  ]);
});

test("two of one day are told apart by counting", () => {
  const again = emptyFilling(exercise, "2026-11-01", [first, second]);
  expect(again.nth).toBe(2);
  expect(theOneBefore({ ...again, id: "0" }, [first, second])?.id).toBe("2");
  expect(theOneBefore(second, [first, { ...again, id: "0" }])?.id).toBe("1");
});

test("a scale that is followed makes a line, oldest first, on 0 to 100", () => {
  const unanswered = filledOn("2026-10-15", things("none"));
  expect(seriesOf(exercise, [second, unanswered, first])).toEqual([
    {
      exercise: "made-up",
      step: "far",
      name: "Distance",
      better: "lower",
      readings: [
        { day: "2026-10-01", score: 80 },
        { day: "2026-11-01", score: 40 },
      ],
    },
  ]);
});

test("a measure is the mean of what was answered, turned where a statement is reversed", () => {
  const given = { s1: 3, s2: 3, s3: 3, s5: 0 };
  const filling = filledOn("2026-10-01", { often: { given } });
  expect(seriesOf(exercise, [filling])[0]!.readings[0]!.score).toBeCloseTo(100);
  expect(toldOf(exercise, filling)[0]!.markdown).toContain("Weight: 100 of 100. Much.");
});

test("with less than four in five answered nothing is measured", () => {
  const filling = filledOn("2026-10-01", { often: { given: { s1: 3, s2: 3, s3: 3 } } });
  expect(seriesOf(exercise, [filling])).toEqual([]);
  expect(toldOf(exercise, filling)[0]!.markdown).not.toContain("of 100");
});

test("a review shows what was said at other times, newest first, with its day", () => {
  const look = exercise.steps[4] as Extract<Exercise["steps"][number], { kind: "review" }>;
  const now = openSteps(exercise, filledOn("2026-11-22", things("now")));
  const said = (of: typeof look.of) =>
    earlierAnswers({ ...look, of }, exercise, now, [first, second]).map(({ on, shown }) => [
      on,
      shown[0]?.entries[0],
    ]);
  expect(said("every-time")).toEqual([
    ["2026-11-01", "rest"],
    ["2026-10-01", "tea"],
  ]);
  expect(said("last-time")).toEqual([["2026-11-01", "rest"]]);
  expect(said("this-time")).toEqual([[null, "now"]]);
});
