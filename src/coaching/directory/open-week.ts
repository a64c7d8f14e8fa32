/**
 * The hours on a coach's card as windows of the reader's own week: what is Monday evening in Toronto is
 * Tuesday morning in Auckland.
 */
import type { WeeklyWindow } from "../booking/availability.ts";
import { HOURS_A_WEEK, weeklyHoursToHours, type WeeklyHours } from "./weekly-hours.ts";

const MINUTES_A_DAY = 1440;
const MINUTES_A_WEEK = HOURS_A_WEEK * 60;

/** `aheadMinutes`: how far the reader's clock is ahead of the coach's, negative when behind. */
export function weeklyHoursToWindows(
  hours: WeeklyHours,
  aheadMinutes: number,
): readonly WeeklyWindow[] {
  return weeklyHoursToHours(hours).flatMap((hour) => {
    const start = modulo(hour * 60 + aheadMinutes, MINUTES_A_WEEK);
    const day = Math.floor(start / MINUTES_A_DAY);
    const ofDay = start % MINUTES_A_DAY;
    const end = ofDay + 60;
    if (end <= MINUTES_A_DAY) return [{ day, start: ofDay, end }];
    return [
      { day, start: ofDay, end: MINUTES_A_DAY },
      { day: (day + 1) % 7, start: 0, end: end - MINUTES_A_DAY },
    ];
  });
}

/** Minutes that the wall clock of one zone is ahead of the other's, at one instant (ms since the epoch). */
export function minutesAhead(zone: string, otherZone: string, atMs: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs);
  const offset = (name: string) => at.toZonedDateTimeISO(name).offsetNanoseconds / 60_000_000_000;
  return Math.round(offset(zone) - offset(otherZone));
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
