/** All that was answered, question by question: to be read again, compared with another time, printed, exported. */
import { askOf } from "./earlier.ts";
import type { Exercise } from "./exercise.ts";
import type { Filling } from "./filling.ts";
import { rulesOf } from "./steps.ts";
import { openSteps } from "./walk.ts";

export interface Told {
  readonly step: string;
  readonly ask: string;
  /** Of few means: paragraphs, lists and bold. */
  readonly markdown: string;
}

/** What nothing was said to is left out. */
export const toldOf = (exercise: Exercise, filling: Filling): readonly Told[] =>
  openSteps(exercise, filling).flatMap(({ step, answer, isAnswered }) => {
    const markdown = isAnswered ? rulesOf(step).toMarkdown(step, answer).trim() : "";
    return markdown === "" ? [] : [{ step: step.id, ask: askOf(step), markdown }];
  });

/** `words`: the few that the exercise itself does not bring. */
export function toMarkdown(
  exercise: Exercise,
  filling: Filling,
  words: { readonly on: string; readonly unfinished: string },
): string {
  const head = [`# ${exercise.title}`, words.on, ...(filling.isFinished ? [] : [words.unfinished])];
  const told = toldOf(exercise, filling).flatMap(({ ask, markdown }) => [`## ${ask}`, markdown]);
  return `${[...head, ...told].join("\n\n")}\n`;
}

export interface Compared {
  readonly step: string;
  readonly ask: string;
  /** Null where nothing was said that time. */
  readonly earlier: string | null;
  readonly later: string | null;
}

/** Step by step, in the exercise's order; what was said to neither time is left out. */
export function compared(
  exercise: Exercise,
  earlier: Filling,
  later: Filling,
): readonly Compared[] {
  const [before, after] = [toldOf(exercise, earlier), toldOf(exercise, later)];
  return exercise.steps.flatMap((step) => {
    const at = (told: readonly Told[]) => told.find((one) => one.step === step.id);
    const [a, b] = [at(before), at(after)];
    const ask = (b ?? a)?.ask;
    return ask === undefined
      ? []
      : [{ step: step.id, ask, earlier: a?.markdown ?? null, later: b?.markdown ?? null }];
  });
}

/** The one of these that came last before `filling`, if any was. */
export function theOneBefore<Kept extends Filling & { readonly id: string }>(
  filling: Kept,
  all: readonly Kept[],
): Kept | null {
  const before = all.filter(
    (kept) =>
      kept.id !== filling.id &&
      kept.exercise === filling.exercise &&
      newestFirst(kept, filling) > 0,
  );
  return before.toSorted(newestFirst)[0] ?? null;
}

type Begun = Pick<Filling, "begunOn" | "nth"> & { readonly id: string };

/** By the day it was begun on, which does not move when somebody looks again; counting settles the rest. */
export function newestFirst(a: Begun, b: Begun): number {
  if (a.begunOn !== b.begunOn) return a.begunOn < b.begunOn ? 1 : -1;
  if (a.nth !== b.nth) return b.nth - a.nth;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
