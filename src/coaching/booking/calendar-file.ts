/**
 * Reads when somebody is busy from a calendar file as Google, Outlook, Apple and Nextcloud write them (RFC 5545).
 * Nothing leaves but when a busy time begins and ends: no title, no place, no person. A broken or hostile file
 * is refused with its line, never half read and never waited for.
 */
import type { Result } from "#platform/result.ts";
import { ok, refuse } from "#platform/result.ts";
import type { BusyTime } from "./busy-time.ts";
import { mergeBusyTimes } from "./busy-time.ts";
import type { CalendarEvent, CalendarPeriod } from "./calendar-event.ts";
import { readEvent, readPeriods } from "./calendar-event.ts";
import type { BrokenLine, CalendarComponent } from "./calendar-lines.ts";
import { parameterText, propertiesNamed, readCalendars, textNamed } from "./calendar-lines.ts";
import type { CalendarWarning, SeriesSettings } from "./calendar-series.ts";
import { busyTimesOfPeriod, busyTimesOfSeries } from "./calendar-series.ts";
import type { CalendarWork } from "./calendar-work.ts";
import { countWork } from "./calendar-work.ts";
import { calendarZones, worldZones } from "./calendar-zone.ts";

const DAY_MS = 86_400_000;

export interface CalendarQuestion {
  /** Epoch milliseconds, half-open; what lies outside is cut off. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The owner's: for whole days, and for times that name no zone in a calendar that names none. */
  readonly timeZone: string;
}

export interface CalendarLimits {
  /** UTF-16 units of text, of which a file has no more than bytes. */
  readonly characters: number;
  readonly occurrences: number;
  /** Asked now and then; true gives the file up. */
  readonly isPastDeadline: () => boolean;
}

export const MOST_CALENDAR_BYTES = 5 * 1024 * 1024;
export const MOST_OCCURRENCES = 20_000;

export interface CalendarReading {
  /** Merged, ascending. */
  readonly busy: readonly BusyTime[];
  readonly warnings: readonly CalendarWarning[];
}

export type CalendarRefusal =
  | BrokenLine
  | { readonly type: "NotACalendar" }
  | { readonly type: "TooLarge"; readonly most: number }
  | { readonly type: "TooManyOccurrences"; readonly most: number; readonly line: number }
  | { readonly type: "TooSlow" };

const MOST_WARNINGS = 20;

export function readCalendar(
  text: string,
  question: CalendarQuestion,
  limits: CalendarLimits,
): Result<CalendarReading, CalendarRefusal> {
  if (text.length > limits.characters) return refuse({ type: "TooLarge", most: limits.characters });
  const work = countWork(limits.occurrences, limits.isPastDeadline);
  const calendars = readCalendars(text, work);
  if (!calendars.ok) return calendars;

  const world = worldZones(question.toMs + 2 * DAY_MS);
  const busy: BusyTime[][] = [];
  const warnings = new Map<string, CalendarWarning>();
  const own = world(question.timeZone);
  if (own === null) throw new RangeError("The owner's time zone is unknown");
  for (const calendar of calendars.value) {
    // A file that takes an appointment back names no time anybody is busy.
    if (textNamed(calendar, "method").toUpperCase() === "CANCEL") continue;
    const zones = calendarZones(calendar, world, question, work);
    if (!zones.ok) return zones;
    const times = busyTimesOf(calendar, limits, {
      ...question,
      findZone: zones.value,
      dayZone: own,
      floatingZone: zones.value(textNamed(calendar, "x-wr-timezone")) ?? own,
      work,
      warn(type, line, about) {
        const key = `${type} ${about}`;
        if (warnings.size < MOST_WARNINGS && !warnings.has(key)) warnings.set(key, { type, line });
      },
    });
    if (!times.ok) return times;
    busy.push(times.value);
  }
  return ok({ busy: mergeBusyTimes(busy.flat()), warnings: [...warnings.values()] });
}

function busyTimesOf(
  calendar: CalendarComponent,
  limits: CalendarLimits,
  settings: SeriesSettings,
): Result<BusyTime[], CalendarRefusal> {
  const busy: BusyTime[][] = [];
  const eventsByUid = new Map<string, CalendarEvent[]>();
  for (const component of calendar.components) {
    if (component.name === "VFREEBUSY") {
      const periods = readFreeBusy(component);
      if (!periods.ok) return periods;
      for (const period of periods.value) {
        if (!settings.work.occur()) break;
        busy.push(busyTimesOfPeriod(period, settings));
      }
    }
    if (component.name !== "VEVENT") continue;
    const event = readEvent(component);
    if (!event.ok) return event;
    if (event.value === null) {
      settings.warn("NoStart", component.line, `${component.line}`);
      continue;
    }
    const uid = event.value.uid || `line ${component.line}`;
    const events = eventsByUid.get(uid);
    if (events === undefined) eventsByUid.set(uid, [event.value]);
    else events.push(event.value);
  }
  for (const events of eventsByUid.values()) {
    busy.push(busyTimesOfSeries(events, settings));
    const spent = spentOn(events[0]!.line, settings.work, limits);
    if (spent !== null) return refuse(spent);
  }
  const spent = spentOn(calendar.line, settings.work, limits);
  return spent === null ? ok(busy.flat()) : refuse(spent);
}

/** FREEBUSY (RFC 5545 section 3.8.2.6): every kind but FREE is busy. */
function readFreeBusy(component: CalendarComponent): Result<CalendarPeriod[], BrokenLine> {
  const periods: CalendarPeriod[][] = [];
  for (const property of propertiesNamed(component, "freebusy")) {
    if (parameterText(property, "fbtype").toUpperCase() === "FREE") continue;
    const read = readPeriods(property);
    if (!read.ok) return read;
    periods.push(read.value);
  }
  return ok(periods.flat());
}

function spentOn(line: number, work: CalendarWork, limits: CalendarLimits): CalendarRefusal | null {
  const spent = work.spent();
  if (spent === null) return null;
  if (spent === "TooSlow") return { type: "TooSlow" };
  return { type: "TooManyOccurrences", most: limits.occurrences, line };
}
