/**
 * Where in a timed step one is after so many milliseconds. Reckoned from the time gone by and never counted tick by
 * tick, so that a page which slept in the background is right at once when it is looked at again.
 */
import type { TimedStep } from "./step.ts";

export type ClockPlace =
  | {
      readonly at: "phase";
      /** 0 for the first. */
      readonly round: number;
      readonly phase: number;
      /** Whole seconds left of the phase, from its length down to 1. */
      readonly secondsLeft: number;
      /** How much of the phase has gone by, 0 to 1. */
      readonly gone: number;
      /** Milliseconds from the beginning to this phase's end. */
      readonly endsAt: number;
    }
  | { readonly at: "end" };

export const roundMs = (step: TimedStep): number =>
  1000 * step.phases.reduce((sum, { seconds }) => sum + seconds, 0);

export function placeAfter(step: TimedStep, elapsedMs: number): ClockPlace {
  const round = Math.floor(elapsedMs / roundMs(step));
  if (round >= step.rounds) return { at: "end" };
  let begins = round * roundMs(step);
  let phase = 0;
  while (elapsedMs >= begins + 1000 * step.phases[phase]!.seconds) {
    begins += 1000 * step.phases[phase]!.seconds;
    phase++;
  }
  const lasts = 1000 * step.phases[phase]!.seconds;
  return {
    at: "phase",
    round,
    phase,
    secondsLeft: Math.ceil((begins + lasts - elapsedMs) / 1000),
    gone: (elapsedMs - begins) / lasts,
    endsAt: begins + lasts,
  };
}

/** Rounds that were gone through whole. */
export const roundsDone = (step: TimedStep, elapsedMs: number): number =>
  Math.min(step.rounds, Math.floor(elapsedMs / roundMs(step)));

/** How large the circle is, 0 to 1: what grows ends full, what shrinks ends small, what holds stays as it was. */
export function circleAt(step: TimedStep, place: ClockPlace): number {
  if (place.at === "end") return 0;
  const { moves } = step.phases[place.phase]!;
  if (moves === "grows") return place.gone;
  if (moves === "shrinks") return 1 - place.gone;
  // Before the first phase lies the round before, if there was one.
  const before = [
    ...(place.round > 0 ? step.phases : []),
    ...step.phases.slice(0, place.phase),
  ].findLast((each) => each.moves === "grows" || each.moves === "shrinks");
  return before?.moves === "grows" ? 1 : 0;
}
