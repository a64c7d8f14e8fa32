/** Who came: what makes a meeting count, and when a circle has become so small that it may look for another. */
const FEWEST_TO_COUNT = 2;
const FEWEST_TO_GO_ON = 4;
const MEETINGS_IN_A_ROW = 2;
const MOST_KEPT = 8;

/** Kept by this member alone, of the meetings they were at. */
export interface Attended {
  /** The how-manieth, and the minute at which it began. */
  readonly meeting: number;
  readonly start: number;
  /** How many were there, this member included. */
  readonly came: number;
}

/** A meeting counts once it has gone so far that it closes, or for half an hour. */
export const doesCount = (came: number, isClosing: boolean, minutes: number): boolean =>
  came >= FEWEST_TO_COUNT && (isClosing || minutes >= 30);

export const withAttended = (kept: readonly Attended[], now: Attended): readonly Attended[] =>
  [...kept.filter(({ start }) => start !== now.start), now]
    .toSorted((one, other) => one.start - other.start)
    .slice(-MOST_KEPT);

/** Fewer than four at both of the last two meetings: the circle may want to join another. */
export function mayOfferMerge(kept: readonly Attended[]): boolean {
  const last = kept.slice(-MEETINGS_IN_A_ROW);
  return last.length === MEETINGS_IN_A_ROW && last.every(({ came }) => came < FEWEST_TO_GO_ON);
}

/** Of what was kept, by whichever version. */
export function readAttended(kept: unknown): readonly Attended[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter(
    (each: unknown): each is Attended =>
      typeof each === "object" &&
      each !== null &&
      Number.isInteger((each as Attended).meeting) &&
      Number.isInteger((each as Attended).start) &&
      Number.isInteger((each as Attended).came),
  );
}
