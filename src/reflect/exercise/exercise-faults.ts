/** What a schema can't say of an exercise: that its steps point at what was asked before them, and at parts it has. */
import type { ContentFault } from "#library/content-file.ts";
import type { Exercise, Step } from "./exercise.ts";
import type { Pointer } from "./pointer.ts";
import { rulesOf } from "./steps.ts";
import { pointerOf } from "./walk.ts";

/** `exerciseNamed`: other exercises, for the steps that show answers of those; null where there is none. */
export const exerciseFaults = (
  exercise: Exercise,
  exerciseNamed: (id: string) => Exercise | null,
): readonly ContentFault[] =>
  exercise.steps.flatMap((step, i) => {
    const earlier = exercise.steps.slice(0, i);
    return [
      ...whenFaults(step, i, earlier),
      ...fromFaults(step, i, earlier),
      ...reviewFaults(step, i, exercise, exerciseNamed),
    ];
  });

type At = readonly (string | number)[];

function whenFaults({ when }: Step, i: number, earlier: readonly Step[]): readonly ContentFault[] {
  if (when === undefined) return [];
  const at = ["steps", i, "when"];
  const asked = earlier.find(({ id }) => id === when.step);
  if (asked?.kind !== "choice")
    return [{ at, message: `there is no choice ${when.step} before it` }];
  const known = asked.options.map(({ id }) => id);
  return when.is
    .filter((id) => !known.includes(id))
    .map((id) => ({ at, message: `${when.step} has no option ${id}` }));
}

function fromFaults(step: Step, i: number, earlier: readonly Step[]): readonly ContentFault[] {
  const pointer = pointerOf(step);
  return pointer === null ? [] : pointerFaults(pointer, ["steps", i, "from"], earlier);
}

function reviewFaults(
  step: Step,
  i: number,
  exercise: Exercise,
  exerciseNamed: (id: string) => Exercise | null,
): readonly ContentFault[] {
  if (step.kind !== "review") return [];
  const source = step.exercise === undefined ? exercise : exerciseNamed(step.exercise);
  if (source === null)
    return [{ at: ["steps", i, "exercise"], message: `there is no exercise ${step.exercise}` }];
  // What was said this time was said before this step; of other times all of it is there.
  const isThisTime = step.exercise === undefined && step.of === "this-time";
  const there = isThisTime ? exercise.steps.slice(0, i) : source.steps;
  return [
    ...(step.exercise !== undefined && step.of === "this-time"
      ? [{ at: ["steps", i, "of"], message: "another exercise has no this time" }]
      : []),
    ...step.shows.flatMap((pointer, j) => pointerFaults(pointer, ["steps", i, "shows", j], there)),
  ];
}

function pointerFaults(
  { step: id, part }: Pointer,
  at: At,
  there: readonly Step[],
): readonly ContentFault[] {
  const step = there.find((one) => one.id === id);
  if (step === undefined) return [{ at, message: `there is no step ${id} to point at` }];
  const parts = rulesOf(step).parts(step);
  return part === undefined || parts.includes(part)
    ? []
    : [{ at, message: `${id} has no part ${part}; it has ${parts.join(", ") || "none"}` }];
}

/** A translation asks the same things in the same order; only its words differ. */
export const translationFaults = (
  translation: Exercise,
  original: Exercise,
): readonly ContentFault[] => [
  ...(translation.version === original.version
    ? []
    : [{ at: ["version"], message: `the original is at version ${original.version}` }]),
  ...differences(withoutProse(original), withoutProse(translation), []),
];

function differences(original: unknown, translation: unknown, at: At): readonly ContentFault[] {
  if (typeof original !== "object" || original === null)
    return original === translation ? [] : [{ at, message: "differs from the original" }];
  if (typeof translation !== "object" || translation === null)
    return [{ at, message: "differs from the original" }];
  const keys = new Set([...Object.keys(original), ...Object.keys(translation)]);
  return [...keys].flatMap((key) =>
    differences(
      (original as Record<string, unknown>)[key],
      (translation as Record<string, unknown>)[key],
      [...at, Array.isArray(original) ? Number(key) : key],
    ),
  );
}

/** Keys whose text is the same in every language. */
const SAME = new Set([
  ..."id kind shelf rhythm licence".split(" "),
  ..."step part is to of exercise next".split(" "),
  ..."size picture better moves buzz".split(" "),
]);

/** Texts become "": whether there is one must be the same, what it says may not. */
function withoutProse(value: unknown, key = ""): unknown {
  if (typeof value === "string") return SAME.has(key) ? value : "";
  if (Array.isArray(value)) return value.map((part) => withoutProse(part, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !["about", "stop", "evidence", "language", "prompts"].includes(name))
      .map(([name, part]) => [name, withoutProse(part, name)]),
  );
}
