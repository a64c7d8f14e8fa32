/** A stretch in which a coach can't be booked: when it begins and ends, never why. */
export interface BusyTime {
  /** Epoch milliseconds; half-open, so that one may begin where another ends. */
  readonly start: number;
  readonly end: number;
}

/** The same time covered, ascending, none touching another, none empty. */
export function mergeBusyTimes(times: readonly BusyTime[]): BusyTime[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of times.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (end <= start) continue;
    if (last === undefined || start > last.end) merged.push({ start, end });
    else if (end > last.end) last.end = end;
  }
  return merged;
}
