/**
 * Which starts are free: integer arithmetic on minutes since the epoch, after an untimed preparation. A
 * start is a whole number of steps, and its whole length lies inside one availability block and inside
 * the window, overlapping nothing busy. All intervals are half-open.
 */
import type { Availability, LocalWindow } from "./availability.ts";
import type { BusyTime } from "./busy-time.ts";
import { mergeBusyTimes } from "./busy-time.ts";
import { isoDateToDay } from "./civil-day.ts";
import type { ZoneTable } from "./zone.ts";
import { END_OF_TIME, localToInstant, offsetAt, spanAt } from "./zone.ts";

/** A coach's rules and busy times as flat integers. The zone table must span every window asked for. */
export interface PreparedHost {
  readonly zone: ZoneTable;
  /** Seven entries, Sunday first. */
  readonly weekly: readonly LocalMinutes[];
  /** Days since the epoch, ascending, and what replaces the weekly windows on them. */
  readonly exceptionDays: Int32Array;
  readonly exceptions: readonly LocalMinutes[];
  /** Merged, ascending; minutes since the epoch. */
  readonly busyStarts: Int32Array;
  readonly busyEnds: Int32Array;
}

/** Start and end of each window of a day in turn, ascending: [540, 720, 780, 1020]. */
type LocalMinutes = Int32Array;

export interface SlotWindow {
  /** Epoch milliseconds, half-open. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly lengthMinutes: number;
  readonly stepMinutes: number;
  /** Steps are counted on the wall clock on which the block began, instead of from the epoch. */
  readonly onWallClock?: boolean;
}

export function prepareHost(
  availability: Pick<Availability, "weekly" | "exceptions">,
  busy: readonly BusyTime[],
  zone: ZoneTable,
): PreparedHost {
  const exceptions = availability.exceptions
    .map(({ date, windows }) => ({ day: knownDay(date), windows: toLocalMinutes(windows) }))
    .toSorted((a, b) => a.day - b.day);
  // Widened to whole minutes: a start is a whole minute, so this refuses nothing that was free.
  const merged = mergeBusyTimes(
    busy.map(({ start, end }) => ({
      start: Math.floor(start / 60_000),
      end: Math.ceil(end / 60_000),
    })),
  );
  return {
    zone,
    weekly: [0, 1, 2, 3, 4, 5, 6].map((day) =>
      toLocalMinutes(availability.weekly.filter((window) => window.day === day)),
    ),
    exceptionDays: Int32Array.from(exceptions, ({ day }) => day),
    exceptions: exceptions.map(({ windows }) => windows),
    busyStarts: Int32Array.from(merged, ({ start }) => start),
    busyEnds: Int32Array.from(merged, ({ end }) => end),
  };
}

function toLocalMinutes(windows: readonly LocalWindow[]): LocalMinutes {
  return Int32Array.from(
    windows.toSorted((a, b) => a.start - b.start).flatMap(({ start, end }) => [start, end]),
  );
}

function knownDay(date: string): number {
  const day = isoDateToDay(date);
  if (day === null) throw new RangeError("An exception's date is no date");
  return day;
}

/** Free starts in minutes since the epoch, ascending. */
export function freeSlots(host: PreparedHost, window: SlotWindow): Int32Array {
  const { zone, weekly, exceptionDays, exceptions, busyStarts, busyEnds } = host;
  const { offsets, starts: spanStarts } = zone;
  const { lengthMinutes: length, stepMinutes: step, onWallClock = false } = window;
  const from = Math.ceil(window.fromMs / 60_000);
  const to = Math.floor(window.toMs / 60_000);
  if (to - from < length) return new Int32Array(0);

  // On the wall clock, each change can begin the count anew: one more start.
  const slots = roomFor(Math.ceil((to - from - length + 1) / step) + offsets.length);
  let count = 0;
  // A clock change can make one block begin before the one before it ended; its starts wait here.
  const strays: number[] = [];
  let blocksEnd = from;

  // A block begun on the date before the window counts, and a block may end a clock change later.
  const firstDay = Math.floor((from + offsetAt(zone, from)) / 1440) - 1;
  const lastDay = Math.floor((to + offsetAt(zone, to)) / 1440);
  let span = Math.max(0, spanAt(zone, from - 2880) - 1);
  let exception = firstAtLeast(exceptionDays, firstDay);
  let busy = firstAbove(busyEnds, from);
  let weekday = (((firstDay + 4) % 7) + 7) % 7;

  for (let day = firstDay; day <= lastDay; day++, weekday = weekday === 6 ? 0 : weekday + 1) {
    const replaced = exception < exceptionDays.length && exceptionDays[exception] === day;
    const windows = replaced ? exceptions[exception++]! : weekly[weekday]!;
    if (windows.length === 0) continue;

    const midnight = day * 1440;
    while (span + 1 < offsets.length && midnight - offsets[span]! >= spanStarts[span + 1]!) {
      span++;
    }
    const dawn = midnight - offsets[span]!;
    const nextSpan = span + 1 < offsets.length ? spanStarts[span + 1]! : END_OF_TIME;
    const clockChanges = dawn < spanStarts[span]! || dawn + 1440 >= nextSpan;

    for (let at = 0; at < windows.length; at += 2) {
      let start = clockChanges
        ? localToInstant(zone, midnight + windows[at]!)
        : dawn + windows[at]!;
      let end = clockChanges
        ? localToInstant(zone, midnight + windows[at + 1]!)
        : dawn + windows[at + 1]!;
      const ahead = clockChanges ? offsetAt(zone, start) : offsets[span]!;
      const phase = onWallClock ? -ahead : 0;
      if (start < from) start = from;
      if (end > to) end = to;
      if (end - start < length) continue;

      const isStray = start < blocksEnd;
      if (end > blocksEnd) blocksEnd = end;
      while (busy > 0 && busyEnds[busy - 1]! > start) busy--;
      while (busy < busyEnds.length && busyEnds[busy]! <= start) busy++;

      for (let next = busy; ; next++) {
        const busyStart = next < busyStarts.length ? busyStarts[next]! : END_OF_TIME;
        const last = (busyStart < end ? busyStart : end) - length;
        if (last >= start) {
          // The remainder is negative before 1970; the second % mends that.
          const past = (((start - phase) % step) + step) % step;
          const first = past === 0 ? start : start + step - past;
          if (isStray) for (let slot = first; slot <= last; slot += step) strays.push(slot);
          else for (let slot = first; slot <= last; slot += step) slots[count++] = slot;
        }
        if (busyStart >= end) break;
        start = busyEnds[next]!;
      }
    }
  }
  const ascending = slots.slice(0, count);
  if (strays.length === 0) return ascending;
  return Int32Array.from(new Set([...ascending, ...strays])).toSorted();
}

/** One array for every search, for a fresh one would be zeroed each time; what is answered is a copy. */
let room = new Int32Array(0);

function roomFor(count: number): Int32Array {
  if (room.length < count) room = new Int32Array(2 * count);
  return room;
}

function firstAtLeast(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Int32Array, value: number): number {
  return firstAtLeast(sorted, value + 1);
}
