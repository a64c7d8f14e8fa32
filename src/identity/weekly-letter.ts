/** When the weekly letter goes: Mondays from six in the morning, on one clock for the whole community. */

const MONDAY = 1;
const SIX = 6;

/**
 * The ISO 8601 week, such as 2026-W48, whose letter is due at `now` (epoch milliseconds); null where none is. Due all
 * Monday long, since the server may have been down at six; from Tuesday on it would no longer be Monday's letter.
 */
export function weekOfLetter(now: number, zone: string): string | null {
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  if (there.dayOfWeek !== MONDAY || there.hour < SIX) return null;
  return `${there.yearOfWeek}-W${String(there.weekOfYear).padStart(2, "0")}`;
}
