/**
 * A zone's clock as a table of whole minutes, so that converting a wall-clock time to an instant is a
 * subtraction. Agrees with Temporal's "compatible" disambiguation: in a gap move forward, in an overlap
 * take the earlier.
 */

/** Span `i` begins at the instant `starts[i]` (minutes since the epoch) and runs `offsets[i]` minutes ahead of UTC. */
export interface ZoneTable {
  /** Ascending; the first is the beginning of time, so that every instant lies in a span. */
  readonly starts: Int32Array;
  readonly offsets: Int32Array;
}

export const BEGINNING_OF_TIME = -0x80000000;
export const END_OF_TIME = 0x7fffffff;

/** Every change of a zone's offset between two instants (epoch ms). A zone Temporal doesn't know is a defect. */
export function zoneTransitions(timeZone: string, fromMs: number, toMs: number): ZoneTable {
  let span = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone);
  const starts = [BEGINNING_OF_TIME];
  const offsets = [offsetMinutes(span)];
  for (;;) {
    const next = span.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds > toMs) break;
    span = next;
    // A change of name alone is no change of the clock.
    if (offsetMinutes(span) === offsets.at(-1)) continue;
    starts.push(Math.floor(span.epochMilliseconds / 60_000));
    offsets.push(offsetMinutes(span));
  }
  return { starts: Int32Array.from(starts), offsets: Int32Array.from(offsets) };
}

/** Local mean times of the nineteenth century had seconds; they are cut to the minute. */
function offsetMinutes(at: Temporal.ZonedDateTime): number {
  return Math.floor(at.offsetNanoseconds / 60_000_000_000);
}

/**
 * The instant of a wall-clock minute (minutes since 1970-01-01T00:00 on the wall), both in minutes. The first
 * span whose clock has not yet passed the minute holds it; if that span's clock began later, the minute was
 * skipped, and the clock before the change says what was meant.
 */
export function localToInstant(zone: ZoneTable, localMinute: number): number {
  const { starts, offsets } = zone;
  let span = 0;
  let last = offsets.length - 1;
  while (span < last) {
    const middle = (span + last) >> 1;
    if (localMinute - offsets[middle]! < starts[middle + 1]!) last = middle;
    else span = middle + 1;
  }
  const instant = localMinute - offsets[span]!;
  return instant < starts[span]! ? localMinute - offsets[span - 1]! : instant;
}

/** Minutes ahead of UTC at an instant (minutes since the epoch). */
export function offsetAt(zone: ZoneTable, minute: number): number {
  return zone.offsets[spanAt(zone, minute)]!;
}

export function spanAt(zone: ZoneTable, minute: number): number {
  const { starts } = zone;
  let span = 0;
  let last = starts.length - 1;
  while (span < last) {
    const middle = (span + last + 1) >> 1;
    if (starts[middle]! <= minute) span = middle;
    else last = middle - 1;
  }
  return span;
}

/** Whether this runtime knows the zone's rules. Fixed offsets such as "+02:00" are not places: no. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}
