/**
 * How much one calendar file may ask of us. A rule may stand for a million moments; work is counted, so that
 * a hostile file is refused instead of waited for.
 */
export interface CalendarWork {
  /** Counts steps done. False once the file has had its share or the time is up: then it is given up. */
  readonly spend: (steps: number) => boolean;
  /** Counts an occurrence found, likewise. */
  readonly occur: () => boolean;
  /** Why one of them said no. */
  readonly spent: () => WorkSpent | null;
}

type WorkSpent = "TooManyOccurrences" | "TooSlow";

/** A weekly event takes about ten steps an occurrence. */
const STEPS_PER_OCCURRENCE = 100;
const STEPS_BETWEEN_LOOKS = 4096;

export function countWork(mostOccurrences: number, isPastDeadline: () => boolean): CalendarWork {
  let steps = 0;
  let nextLook = 0;
  let occurrences = 0;
  let spent: WorkSpent | null = null;
  return {
    spend(more) {
      steps += more;
      if (steps > mostOccurrences * STEPS_PER_OCCURRENCE) spent ??= "TooManyOccurrences";
      else if (steps >= nextLook) {
        nextLook = steps + STEPS_BETWEEN_LOOKS;
        if (isPastDeadline()) spent ??= "TooSlow";
      }
      return spent === null;
    },
    occur() {
      if (++occurrences > mostOccurrences) spent ??= "TooManyOccurrences";
      return spent === null;
    },
    spent: () => spent,
  };
}
