/**
 * When a circle meets: the same hour of every week on the clock of its zone, so that a change of clocks moves it for
 * nobody who lives there. Moments are minutes since the epoch.
 */
import type { CircleHours, CircleHoursOfCountry } from "#library/circle-content.ts";

export const MEETING_MINUTES = 60;
/** The room is open a little before, to try one's sound, and a little after, for a goodbye. */
export const OPENS_BEFORE_MINUTES = 15;
const STAYS_OPEN_MINUTES = 30;

export function hoursOf(
  { hours }: Pick<CircleHours, "hours">,
  country: string | null,
): CircleHoursOfCountry {
  return (country === null ? undefined : hours[country]) ?? hours.else;
}

/**
 * The starts of the meeting whose room is open at `now` (epoch milliseconds), if there is one, and of those after it.
 * `block` is one of the week's 21. A time that a clock change leaves out is held as much later; of one that comes
 * twice, the first.
 */
export function meetingsFrom(
  { zone, times }: CircleHoursOfCountry,
  block: number,
  now: number,
  count: number,
): readonly number[] {
  const plainTime = Temporal.PlainTime.from(times[block % times.length]!);
  const weekday = Math.floor(block / times.length) + 1;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  // From yesterday on: a meeting of late yesterday may still be going on.
  const first = today.subtract({ days: 1 });
  const ahead = (weekday - first.dayOfWeek + 7) % 7;
  const starts: number[] = [];
  for (let week = 0; starts.length < count; week++) {
    const day = first.add({ days: ahead + 7 * week });
    const start = day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds / 60_000;
    if (now < closesAt(start)) starts.push(start);
  }
  return starts;
}

/** Epoch milliseconds, half-open: from here on there is a room for the meeting that starts at that minute. */
export const opensAt = (start: number): number => (start - OPENS_BEFORE_MINUTES) * 60_000;
export const closesAt = (start: number): number =>
  (start + MEETING_MINUTES + STAYS_OPEN_MINUTES) * 60_000;

export const isRoomOpen = (start: number, now: number): boolean =>
  now >= opensAt(start) && now < closesAt(start);
