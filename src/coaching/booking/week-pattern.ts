/**
 * A week of windows told briefly: days that are open at the same hours stand together, and days that follow
 * each other become one span, so that "Mon to Fri, 9 to 12" is one pattern and not five lines.
 */
import type { LocalWindow, WeeklyWindow } from "./availability.ts";

/** Both 0 = Sunday to 6; a span of one day begins and ends with it. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

export interface WeekPattern {
  readonly spans: readonly DaySpan[];
  /** Ascending; windows that touch are one. */
  readonly windows: readonly LocalWindow[];
}

/** In the order of a week that begins on `firstDay`; closed days are left out. */
export function weeklyToPatterns(
  weekly: readonly WeeklyWindow[],
  firstDay: number,
): readonly WeekPattern[] {
  const patterns = new Map<string, { spans: DaySpan[]; windows: readonly LocalWindow[] }>();
  for (let nth = 0; nth < 7; nth++) {
    const day = (firstDay + nth) % 7;
    const windows = joined(weekly.filter((window) => window.day === day));
    if (windows.length === 0) continue;
    const key = windows.map(({ start, end }) => `${start}-${end}`).join();
    const pattern = patterns.get(key) ?? { spans: [], windows };
    patterns.set(key, pattern);
    const span = pattern.spans.at(-1);
    // Never round the end of the week: Saturday and Sunday meet only where the week begins on Saturday.
    if (span !== undefined && nth > 0 && (span.last + 1) % 7 === day) {
      pattern.spans[pattern.spans.length - 1] = { first: span.first, last: day };
    } else {
      pattern.spans.push({ first: day, last: day });
    }
  }
  return [...patterns.values()];
}

/** Minutes of the week that lie in at least one window. */
export function openMinutes(weekly: readonly WeeklyWindow[]): number {
  let minutes = 0;
  for (let day = 0; day < 7; day++) {
    for (const { start, end } of joined(weekly.filter((window) => window.day === day)))
      minutes += end - start;
  }
  return minutes;
}

function joined(windows: readonly LocalWindow[]): readonly LocalWindow[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of windows.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
