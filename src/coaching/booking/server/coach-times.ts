/**
 * What decides when a coach is free, read at once and kept in memory until a change is told: slots are
 * looked at far more often than they change. A booking itself never trusts this memory.
 */
import type { CoachingDeps, CoachingWithin } from "../../server/deps.ts";
import type { Availability, LocalWindow } from "../availability.ts";
import { mergeBusyTimes, type BusyTime } from "../busy-time.ts";
import type { CoachCalendar } from "../openings.ts";
import { busyMinutesOf } from "./calendar-store.ts";
import { isTaken } from "./policy.ts";
import {
  coachById,
  exceptionsOf,
  takenTimesOf,
  weeklyOf,
  type BookingRow,
  type CoachRow,
} from "./store.ts";

export interface KnownCoach {
  readonly coach: CoachRow;
  readonly availability: Availability;
  /** Minutes of the coach's own calendars, as times. */
  readonly busy: readonly BusyTime[];
  readonly taken: readonly BookingRow[];
}

const TWO_DAYS_MS = 2 * 86_400_000;
/** A word from another node can be lost with its connection. */
const KEPT_FOR_MS = 60_000;
const MOST_KEPT = 5_000;

export interface CoachTimes {
  readonly of: (coach: string) => Promise<KnownCoach | null>;
  /** On this node, at once; the others hear of it from the database. */
  readonly forget: (accounts: readonly string[]) => void;
}

export async function makeCoachTimes(
  deps: Pick<CoachingDeps, "db" | "cluster" | "clock">,
): Promise<CoachTimes> {
  const { db, cluster, clock } = deps;
  const kept = new Map<string, { readonly known: Promise<KnownCoach | null>; until: number }>();
  await cluster.listen("times_changed", (account) => void kept.delete(account));

  return {
    of: (coach) => {
      const now = clock.now();
      const entry = kept.get(coach);
      if (entry && entry.until > now) return entry.known;
      const known = readCoach(db, coach, now);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(coach, { known, until: now + KEPT_FOR_MS });
      // Who asks for coaches that aren't there fills nothing.
      known.then(
        (found) => found ?? kept.delete(coach),
        () => kept.delete(coach),
      );
      return known;
    },
    forget: (accounts) => {
      for (const account of accounts) kept.delete(account);
    },
  };
}

export async function readCoach(
  db: CoachingWithin,
  account: string,
  now: number,
): Promise<KnownCoach | null> {
  const coach = await coachById(db, account);
  if (coach === null) return null;
  const exceptions = await exceptionsOf(db, account);
  return {
    coach,
    availability: {
      timeZone: coach.time_zone,
      weekly: await weeklyOf(db, account),
      exceptions: exceptions.map(({ date, windows }) => ({ date, windows: inPairs(windows) })),
    },
    busy: mergeBusyTimes(
      inPairs(await busyMinutesOf(db, account)).map(({ start, end }) => ({
        start: start * 60_000,
        end: end * 60_000,
      })),
    ),
    // The daily cap counts whole days of the coach's, wherever they live.
    taken: await takenTimesOf(db, account, new Date(now - TWO_DAYS_MS)),
  };
}

/** `without` is a booking about to be moved. */
export function calendarOf(known: KnownCoach, now: number, without?: string): CoachCalendar {
  const { coach, availability, busy } = known;
  const taken = known.taken.filter((booking) => isTaken(booking, now) && booking.id !== without);
  const toTime = ({ start, end }: BookingRow): BusyTime => ({
    start: start.getTime(),
    end: end.getTime(),
  });
  return {
    availability,
    rules: coach.rules,
    sessions: taken.filter((booking) => booking.coach === coach.account).map(toTime),
    // A coach is also somebody's client at times.
    busy: [...busy, ...taken.filter((booking) => booking.client === coach.account).map(toTime)],
  };
}

/** [540, 720, 780, 1020] as two windows. */
export function inPairs(minutes: readonly number[]): LocalWindow[] {
  return Array.from({ length: minutes.length >> 1 }, (_, nth) => ({
    start: minutes[2 * nth]!,
    end: minutes[2 * nth + 1]!,
  }));
}
