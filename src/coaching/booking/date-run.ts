/**
 * Exceptions as a coach thinks of them: "from the 21st to the 1st I'm away", one run of dates and not twelve
 * entries. Runs never share a date; a newer one takes its dates from an older one.
 */
import { dayToIsoDate, isoDateToDay } from "./civil-day.ts";

/** Both dates belong to it; written 2031-12-24. */
export interface DateRun<Windows> {
  readonly from: string;
  readonly to: string;
  /** None: days off. */
  readonly windows: Windows;
}

/** Longer than any sabbatical; keeps a slip in the year from making a million dates. */
export const MOST_DAYS_A_RUN = 366;

/** Dates from one to the other, both within; null where they are no dates, turned round or too many. */
export function datesBetween(from: string, to: string): readonly string[] | null {
  const first = isoDateToDay(from);
  const last = isoDateToDay(to);
  if (first === null || last === null || last < first || last - first >= MOST_DAYS_A_RUN)
    return null;
  return Array.from({ length: last - first + 1 }, (_, nth) => dayToIsoDate(first + nth));
}

/** The runs with one more, in order of their dates; what they held on its dates is gone. */
export function withRun<Windows>(
  runs: readonly DateRun<Windows>[],
  added: DateRun<Windows>,
): readonly DateRun<Windows>[] {
  const kept = runs.flatMap((run) => {
    const before = { ...run, to: earlier(run.to, dayBefore(added.from)) };
    const after = { ...run, from: later(run.from, dayAfter(added.to)) };
    return [before, after].filter(({ from, to }) => from <= to);
  });
  return [...kept, added].toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

/** Entries of one date each, put together where they follow each other and are equal. */
export function datesToRuns<Windows>(
  entries: readonly { readonly date: string; readonly windows: Windows }[],
  isSame: (a: Windows, b: Windows) => boolean,
): readonly DateRun<Windows>[] {
  const runs: DateRun<Windows>[] = [];
  for (const { date, windows } of entries.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
    const last = runs.at(-1);
    if (last !== undefined && dayAfter(last.to) === date && isSame(last.windows, windows))
      runs[runs.length - 1] = { ...last, to: date };
    else runs.push({ from: date, to: date, windows });
  }
  return runs;
}

// ISO dates of four-digit years sort as text.
const earlier = (a: string, b: string) => (a < b ? a : b);
const later = (a: string, b: string) => (a > b ? a : b);
const dayBefore = (date: string) => dayToIsoDate(isoDateToDay(date)! - 1);
const dayAfter = (date: string) => dayToIsoDate(isoDateToDay(date)! + 1);
