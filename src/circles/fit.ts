/**
 * How well two who wait fit, by what a waiting entry holds and nothing else, and why somebody came to sit where
 * they do. Nothing here knows a name, and words for it are the screens'.
 */
import type { FormationRules, Waiting } from "./formation.ts";
import { sharedHours } from "./formation/score.ts";

export interface WaitingEntry extends Waiting {
  readonly id: string;
  readonly themes: readonly string[];
  /** The place in a career, from 0 for students; those next to each other have numbers next to each other. */
  readonly stage: number;
  readonly language: string;
  /** The keyed hash of those who wish to meet nobody of their employer; null for all others. */
  readonly employer: string | null;
}

export const CIRCLE_RULES: FormationRules<WaitingEntry> = {
  smallest: 6,
  largest: 8,
  exceptional: true,
  mayMeet: (one, other) =>
    one.language === other.language && (one.employer === null || one.employer !== other.employer),
};

export function weighFit(one: WaitingEntry, other: WaitingEntry): number {
  const steps = Math.abs(one.stage - other.stage);
  return 3 * sharedThemes(one, other).length + (steps <= 1 ? 2 : 0) - (steps >= 3 ? 2 : 0);
}

export interface SeatReasons {
  /** The hours at which the whole circle is free. */
  readonly hours: readonly number[];
  /** The member's own themes that somebody else brought too, the most shared first, with how many others did. */
  readonly themes: readonly { readonly theme: string; readonly others: number }[];
  /** How many others are at the member's stage or one next to it. */
  readonly nearInStage: number;
  readonly others: number;
  /** Two small circles became this one; then themes and stages are not counted. */
  readonly merged?: true | undefined;
}

export function seatReasons(entry: WaitingEntry, circle: readonly WaitingEntry[]): SeatReasons {
  const others = circle.filter(({ id }) => id !== entry.id);
  const themes = entry.themes.map((theme) => ({
    theme,
    others: others.filter((other) => other.themes.includes(theme)).length,
  }));
  return {
    hours: sharedHours(circle),
    themes: themes
      .filter((theme) => theme.others > 0)
      .toSorted((one, other) => other.others - one.others),
    nearInStage: others.filter(({ stage }) => Math.abs(stage - entry.stage) <= 1).length,
    others: others.length,
  };
}

function sharedThemes(one: WaitingEntry, other: WaitingEntry): string[] {
  return one.themes.filter((theme) => other.themes.includes(theme));
}
