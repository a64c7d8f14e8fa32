/**
 * How much one calendar file may ask of us. A rule may stand for a million moments; work is counted, so that
 * a hostile file is refused instead of waited for.
 */
export interface CalendarWork {
  /** Counts steps done. False once there were too many, or the time is up; then the file is given up. */
  readonly spend: (steps: number) => boolean;
  /** Why `spend` said no. */
  readonly spent: () => WorkSpent | null;
}

export type WorkSpent = "TooManyOccurrences" | "TooSlow";

const STEPS_BETWEEN_LOOKS = 4096;

export function countWork(mostSteps: number, isPastDeadline: () => boolean): CalendarWork {
  let steps = 0;
  let nextLook = 0;
  let spent: WorkSpent | null = null;
  return {
    spend(more) {
      steps += more;
      if (steps > mostSteps) spent ??= "TooManyOccurrences";
      else if (steps >= nextLook) {
        nextLook = steps + STEPS_BETWEEN_LOOKS;
        if (isPastDeadline()) spent ??= "TooSlow";
      }
      return spent === null;
    },
    spent: () => spent,
  };
}
