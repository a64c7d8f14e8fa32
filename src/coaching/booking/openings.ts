/**
 * The starts a coach's page may offer: free slots under the coach's own rules. What is offered and what a
 * booking is checked against are the same arithmetic, so that neither can promise what the other refuses.
 */
import type { Availability, BookingRules, SessionKind } from "./availability.ts";
import type { BusyTime } from "./busy-time.ts";
import { dayToIsoDate } from "./civil-day.ts";
import { freeSlots, prepareHost } from "./slots.ts";
import type { ZoneTable } from "./zone.ts";
import { localToInstant, offsetAt, zoneTransitions } from "./zone.ts";

const DAY_MS = 86_400_000;

export interface CoachCalendar {
  readonly availability: Availability;
  readonly rules: BookingRules;
  /** Sessions booked or held in Callroom, without buffers, and every one on any of the coach's days in question. */
  readonly sessions: readonly BusyTime[];
  /** What the coach's own calendars say. */
  readonly busy: readonly BusyTime[];
}

/** Epoch milliseconds, half-open. */
export interface OpeningSearch {
  readonly kind: SessionKind;
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
}

/** Starts in minutes since the epoch, ascending. */
export function findOpenings(coach: CoachCalendar, search: OpeningSearch): Int32Array {
  const { availability, rules } = coach;
  const { fromMs, toMs, nowMs } = search;
  const zone = zoneTransitions(
    availability.timeZone,
    Math.min(fromMs, nowMs) - 3 * DAY_MS,
    Math.max(toMs, nowMs + rules.horizonDays * DAY_MS) + 3 * DAY_MS,
  );
  const fullDays = daysAtCap(coach, zone);
  const exceptions = [
    ...availability.exceptions.filter(({ date }) => !fullDays.has(date)),
    ...[...fullDays].map((date) => ({ date, windows: [] })),
  ];
  const busy = [
    ...coach.busy.map((time) => widened(time, rules.bufferAfterMinutes, rules.bufferBeforeMinutes)),
    ...coach.sessions.map((session) => {
      const kept = rules.bufferBeforeMinutes + rules.bufferAfterMinutes;
      return widened(session, kept, kept);
    }),
  ];
  return freeSlots(prepareHost({ weekly: availability.weekly, exceptions }, busy, zone), {
    fromMs: Math.max(fromMs, nowMs + rules.minimumNoticeMinutes * 60_000),
    toMs: Math.min(toMs, endOfHorizon(zone, rules, nowMs)),
    lengthMinutes: rules.lengthMinutes[search.kind],
    stepMinutes: rules.stepMinutes,
    // In Nepal the coach's whole hours are at a quarter past everybody's.
    onWallClock: true,
  });
}

/** Whether one start (epoch ms) may be booked now. When moving a session, leave it out of the coach's sessions. */
export function isOpening(
  coach: CoachCalendar,
  asked: { readonly kind: SessionKind; readonly startMs: number; readonly nowMs: number },
): boolean {
  const { kind, startMs, nowMs } = asked;
  if (startMs % 60_000 !== 0) return false;
  const toMs = startMs + coach.rules.lengthMinutes[kind] * 60_000;
  return findOpenings(coach, { kind, nowMs, fromMs: startMs, toMs }).length > 0;
}

/**
 * A session with the buffers kept around it. No two of one coach's may overlap: `findOpenings` offers nothing
 * that would. The database guards the sessions themselves; buffers are the arithmetic's, under the coach's lock.
 */
export function occupiedTime(session: BusyTime, rules: BookingRules): BusyTime {
  return widened(session, rules.bufferBeforeMinutes, rules.bufferAfterMinutes);
}

function widened(time: BusyTime, beforeMinutes: number, afterMinutes: number): BusyTime {
  return { start: time.start - beforeMinutes * 60_000, end: time.end + afterMinutes * 60_000 };
}

/** The coach's dates on which nobody more may be booked. */
function daysAtCap({ rules, sessions }: CoachCalendar, zone: ZoneTable): Set<string> {
  const sessionsByDay = new Map<number, number>();
  for (const { start } of sessions) {
    const day = localDay(zone, start);
    sessionsByDay.set(day, (sessionsByDay.get(day) ?? 0) + 1);
  }
  const full = [...sessionsByDay].filter(([, count]) => count >= (rules.dailyCap ?? Infinity));
  return new Set(full.map(([day]) => dayToIsoDate(day)));
}

function endOfHorizon(zone: ZoneTable, rules: BookingRules, nowMs: number): number {
  const lastDay = localDay(zone, nowMs) + rules.horizonDays;
  return localToInstant(zone, (lastDay + 1) * 1440) * 60_000;
}

function localDay(zone: ZoneTable, ms: number): number {
  const minute = Math.floor(ms / 60_000);
  return Math.floor((minute + offsetAt(zone, minute)) / 1440);
}
