/** The answer to "when is there time?": starts as ISO strings under the booker's own dates. */
import { dayToIsoDate, twoDigits } from "./civil-day.ts";
import type { ZoneTable } from "./zone.ts";
import { END_OF_TIME, spanAt } from "./zone.ts";

/**
 * Ascending starts (minutes since the epoch) as 2031-03-09T14:30:00-04:00 under 2031-03-09, in the booker's
 * zone. Where a clock turns back over midnight a date's times go on where they stopped.
 */
export function slotStartsToIsoByDay(
  starts: ArrayLike<number>,
  zone: ZoneTable,
): Map<string, string[]> {
  const isoByDay = new Map<string, string[]>();
  if (starts.length === 0) return isoByDay;

  let span = spanAt(zone, starts[0]!);
  let offset = zone.offsets[span]!;
  let spanEnds = zone.starts[span + 1] ?? END_OF_TIME;
  let timesOfDay = timesAtOffset(offset);
  let midnight = Number.NaN;
  let date = "";
  let slots: string[] = [];
  for (let at = 0; at < starts.length; at++) {
    const start = starts[at]!;
    while (start >= spanEnds) {
      span++;
      offset = zone.offsets[span]!;
      spanEnds = zone.starts[span + 1] ?? END_OF_TIME;
      timesOfDay = timesAtOffset(offset);
    }
    const local = start + offset;
    let minute = local - midnight;
    if (!(minute >= 0 && minute < 1440)) {
      const day = Math.floor(local / 1440);
      midnight = day * 1440;
      minute = local - midnight;
      date = dayToIsoDate(day);
      slots = isoByDay.get(date) ?? [];
      isoByDay.set(date, slots);
    }
    slots.push(date + timesOfDay[minute]!);
  }
  return isoByDay;
}

/** "T14:30:00-04:00" for each minute of a day, per offset. The world has about forty offsets. */
const timesByOffset = new Map<number, readonly string[]>();

function timesAtOffset(offset: number): readonly string[] {
  const known = timesByOffset.get(offset);
  if (known !== undefined) return known;
  const suffix = `:00${offset < 0 ? "-" : "+"}${hourAndMinute(Math.abs(offset))}`;
  const times = Array.from({ length: 1440 }, (_, minute) => `T${hourAndMinute(minute)}${suffix}`);
  timesByOffset.set(offset, times);
  return times;
}

function hourAndMinute(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
