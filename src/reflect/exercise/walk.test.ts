import { expect, test } from "vitest";
import type { Exercise } from "./exercise.ts";
import { emptyFilling, withAnswer, withPlace, type Filling } from "./filling.ts";
import { callsForCareIn, openSteps, stepAfter, stepBefore, stepToResume, typedIn } from "./walk.ts";

const sitting = { id: "aa", today: "2026-11-22" };

const exercise: Exercise = {
  kind: "exercise",
  id: "made-up",
  version: 2,
  language: "en",
  title: "Made up",
  inOneLine: "For a test.",
  shelf: "state",
  minutes: { from: 1, to: 2 },
  rhythm: "once",
  tags: [],
  about: ["For a test."],
  steps: [
    {
      kind: "choice",
      id: "which",
      ask: "Which?",
      options: [
        { id: "list", text: "A list" },
        { id: "words", text: "Some words" },
      ],
    },
    { kind: "list", id: "things", ask: "What?", atMost: 5, when: { step: "which", is: ["list"] } },
    { kind: "list", id: "again", ask: "Again?", atMost: 5, from: { step: "things" } },
    { kind: "words", id: "last", ask: "And?", size: "line" },
  ],
  after: { says: ["Done."] },
  licence: "AGPL-3.0-or-later",
};

const filled = (answers: Readonly<Record<string, unknown>>): Filling =>
  Object.entries(answers).reduce(
    (filling, [step, answer]) => withAnswer(filling, exercise, step, answer, sitting),
    emptyFilling(exercise, "2026-11-20"),
  );

const idsOf = (filling: Filling) => openSteps(exercise, filling).map(({ step }) => step.id);

test("a step that hangs on a choice is asked once that was picked, and not before", () => {
  expect(idsOf(filled({}))).toEqual(["which", "again", "last"]);
  expect(idsOf(filled({ which: { picked: ["words"], own: "" } }))).toEqual([
    "which",
    "again",
    "last",
  ]);
  expect(idsOf(filled({ which: { picked: ["list"], own: "" } }))).toContain("things");
});

test("what an earlier step holds is taken up by the one that points at it", () => {
  const filling = filled({
    which: { picked: ["list"], own: "" },
    things: { entries: ["one", " two "], taken: [] },
  });
  const again = openSteps(exercise, filling).find(({ step }) => step.id === "again")!;
  expect(again.carried).toEqual(["one", "two"]);
  expect(again.answer).toEqual({ entries: ["one", "two"], taken: ["one", "two"] });
});

test("nothing is carried out of a step that is not asked any more", () => {
  const filling = filled({
    which: { picked: ["words"], own: "" },
    things: { entries: ["one"], taken: [] },
  });
  const again = openSteps(exercise, filling).find(({ step }) => step.id === "again")!;
  expect(again.carried).toEqual([]);
});

test("one goes on and back along the steps that are asked", () => {
  const open = openSteps(exercise, filled({}));
  expect(stepAfter("which", open)?.id).toBe("again");
  expect(stepBefore("again", open)?.id).toBe("which");
  expect(stepBefore("which", open)).toBeNull();
  expect(stepAfter("last", open)).toBeNull();
});

test("one comes back to where one left, or to the first step without an answer", () => {
  const begun = filled({ which: { picked: ["list"], own: "" } });
  const resume = (filling: Filling) => stepToResume(filling, openSteps(exercise, filling)).id;
  expect(resume(withPlace(begun, "last"))).toBe("last");
  expect(resume(begun)).toBe("which");
  expect(resume(withPlace(begun, null))).toBe("things");
  const changed = withAnswer(begun, exercise, "which", { picked: ["words"], own: "" }, sitting);
  expect(resume(withPlace(changed, "things"))).toBe("again");
});

test("an answer that is none leaves the step empty instead of breaking it", () => {
  const open = openSteps(exercise, filled({ which: 7, last: ["no"] }));
  expect(open.map(({ isAnswered }) => isAnswered)).toEqual([false, false, false]);
});

test("everything that was typed is handed to the recogniser, what was picked is not", () => {
  const filling = filled({
    which: { picked: ["list"], own: "my own" },
    last: { text: "the last" },
  });
  expect(typedIn(openSteps(exercise, filling))).toEqual(["my own", "the last"]);
});

test("a dark option calls for the panel at the end too, and no more once another is picked", () => {
  const [which, ...rest] = exercise.steps;
  if (which?.kind !== "choice") throw new Error("The first step is a choice.");
  const dark = { id: "dark", text: "It has got dark", crisis: true } as const;
  const asked = { ...exercise, steps: [{ ...which, options: [...which.options, dark] }, ...rest] };
  const calls = (id: string) =>
    callsForCareIn(openSteps(asked, filled({ which: { picked: [id], own: "" } })));
  expect(["dark", "list"].map(calls)).toEqual([true, false]);
});

test("a step that only orders what came along is passed over while nothing did", () => {
  const ordered: Exercise = {
    ...exercise,
    steps: [
      { kind: "list", id: "things", ask: "What?", atMost: 5 },
      { kind: "ranking", id: "order", ask: "Which first?", from: { step: "things" } },
      { kind: "words", id: "last", ask: "And?", size: "line" },
    ],
  };
  const after = (filling: Filling) => stepAfter("things", openSteps(ordered, filling))?.id;
  const before = (filling: Filling) => stepBefore("last", openSteps(ordered, filling))?.id;
  expect([after(filled({})), before(filled({}))]).toEqual(["last", "things"]);
  const some = filled({ things: { entries: ["one", "two"], taken: [] } });
  expect([after(some), before(some)]).toEqual(["order", "order"]);
});
