/**
 * An event with all its repetitions, exceptions and moved instances as busy times (RFC 5545 sections 3.8.4.4 and
 * 3.8.5). Where a file leaves room for doubt, the time counts as busy: a coach rather loses an hour than is
 * promised twice.
 */
import type { BusyTime } from "./busy-time.ts";
import type { CalendarEvent, CalendarLength, CalendarPeriod } from "./calendar-event.ts";
import type { CalendarRule } from "./calendar-rule.ts";
import type { CalendarMoment } from "./calendar-values.ts";
import { DAY_SECONDS } from "./calendar-values.ts";
import type { CalendarWork } from "./calendar-work.ts";
import type { FindZone } from "./calendar-zone.ts";
import { expandRule } from "./recurrence.ts";
import type { ZoneTable } from "./zone.ts";
import { BEGINNING_OF_TIME, localToInstant, offsetAt } from "./zone.ts";

/** What was understood otherwise than it may have been meant. */
export interface CalendarWarning {
  readonly type: "UnknownZone" | "NoStart" | "EndsBeforeStart";
  readonly line: number;
}

export interface SeriesSettings {
  /** Epoch milliseconds, half-open. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly findZone: FindZone;
  /** Where whole days begin. */
  readonly dayZone: ZoneTable;
  /** Where times without a zone are meant. */
  readonly floatingZone: ZoneTable;
  readonly work: CalendarWork;
  /** Told once for each `about`, which is kept nowhere. */
  readonly warn: (type: CalendarWarning["type"], line: number, about: string) => void;
}

/** All events of one UID: the series, and the instances that were moved out of it. */
export function busyTimesOfSeries(
  events: readonly CalendarEvent[],
  settings: SeriesSettings,
): BusyTime[] {
  const current = latestRevisions(events);
  const moved = current.filter(({ replaces }) => replaces !== null);
  return current.flatMap((event) =>
    event.replaces === null
      ? busyTimesOfMaster(event, moved, settings)
      : event.isBusy
        ? instanceAt(event, momentToMs(event.start, settings), event.length, settings)
        : [],
  );
}

/** A period of a VFREEBUSY, or anything else that stands alone. */
export function busyTimesOfPeriod(
  { start, length }: CalendarPeriod,
  settings: SeriesSettings,
): BusyTime[] {
  const event = { start, length: length ?? null, line: start.line };
  return instanceAt(event, momentToMs(start, settings), event.length, settings);
}

/** A file may hold an event as it was before; the highest SEQUENCE is how it is. */
function latestRevisions(events: readonly CalendarEvent[]): CalendarEvent[] {
  const instance = ({ replaces }: CalendarEvent) =>
    replaces === null ? "" : `${replaces.kind} ${replaces.seconds} ${replaces.zone}`;
  const latest = new Map<string, number>();
  for (const event of events) {
    const key = instance(event);
    latest.set(key, Math.max(event.sequence, latest.get(key) ?? 0));
  }
  return events.filter((event) => event.sequence === latest.get(instance(event)));
}

/** What the series does from one instance on: its own event, or one that replaces "this and all following". */
interface Phase {
  readonly fromWall: number;
  readonly shift: number;
  readonly event: CalendarEvent;
}

function busyTimesOfMaster(
  master: CalendarEvent,
  moved: readonly CalendarEvent[],
  settings: SeriesSettings,
): BusyTime[] {
  const { fromMs, toMs, work } = settings;
  // Files may give one name to thousands of series and moved instances, each of which looks at all others.
  if (!work.spend(1 + moved.length)) return [];
  const zone = zoneOf(master.start, settings);
  const wallOf = (moment: CalendarMoment) =>
    master.start.kind === "day"
      ? dayOf(moment, settings) * DAY_SECONDS
      : msToWall(zone, momentToMs(moment, settings));
  const phases = phasesOf(master, moved, wallOf);
  const isSkipped = skippedInstances(master, moved, settings);

  const reach = phases.reduce(
    (most, { event, shift }) => Math.max(most, Math.abs(shift) + lengthSeconds(event, settings)),
    0,
  );
  const span = {
    from: fromMs / 1000 - reach - 2 * DAY_SECONDS,
    to: toMs / 1000 + reach + 2 * DAY_SECONDS,
  };
  const lengthByWall = new Map<number, CalendarLength | undefined>();
  if (master.rules.length === 0 && work.occur()) lengthByWall.set(master.start.seconds, undefined);
  for (const rule of master.rules) {
    for (const wall of wallsOfRule(rule, master, zone, span, settings)) {
      lengthByWall.set(wall, undefined);
    }
  }
  for (const { start, length } of master.further) {
    if (work.occur()) lengthByWall.set(wallOf(start), length);
  }

  return [...lengthByWall].flatMap(([wall, length]) => {
    const startMs = wallToMs(zone, wall);
    if (isSkipped(wall, startMs) || !work.spend(phases.length)) return [];
    const { event, shift } = phases.findLast(({ fromWall }) => fromWall <= wall) ?? phases[0]!;
    if (!event.isBusy) return [];
    const shiftedMs = shift === 0 ? startMs : wallToMs(zone, wall + shift);
    return instanceAt(event, shiftedMs, length === undefined ? event.length : length, settings);
  });
}

function phasesOf(
  master: CalendarEvent,
  moved: readonly CalendarEvent[],
  wallOf: (moment: CalendarMoment) => number,
): Phase[] {
  const following = moved
    .filter(({ replacesFollowing }) => replacesFollowing)
    .map((event) => {
      const fromWall = wallOf(event.replaces!);
      return { fromWall, shift: wallOf(event.start) - fromWall, event };
    })
    .toSorted((a, b) => a.fromWall - b.fromWall);
  return [{ fromWall: -Infinity, shift: 0, event: master }, ...following];
}

/** EXDATE and RECURRENCE-ID name an instance by its start, and some programs only by its date. */
function skippedInstances(
  master: CalendarEvent,
  moved: readonly CalendarEvent[],
  settings: SeriesSettings,
): (wall: number, ms: number) => boolean {
  const instants = new Set<number>();
  const days = new Set<number>();
  for (const moment of [...master.excluded, ...moved.map(({ replaces }) => replaces!)]) {
    if (master.start.kind === "day" || moment.kind === "day") days.add(dayOf(moment, settings));
    else instants.add(momentToMs(moment, settings));
  }
  return (wall, ms) => instants.has(ms) || days.has(Math.floor(wall / DAY_SECONDS));
}

function wallsOfRule(
  { rule, until }: CalendarRule,
  master: CalendarEvent,
  zone: ZoneTable,
  span: { readonly from: number; readonly to: number },
  settings: SeriesSettings,
): number[] {
  const start = master.start.seconds;
  const expand = (lastWall: number) =>
    expandRule(rule, start, { ...span, to: Math.min(span.to, lastWall) }, settings.work) ?? [];
  if (until === null) return expand(Infinity);
  if (master.start.kind === "day") return expand(dayOf(until, settings) * DAY_SECONDS);
  if (until.kind === "day") return expand(until.seconds + DAY_SECONDS - 1);
  if (until.kind === "wall") return expand(until.seconds);
  const untilMs = until.seconds * 1000;
  return expand(msToWall(zone, untilMs) + DAY_SECONDS).filter(
    (wall) => wall === start || wallToMs(zone, wall) <= untilMs,
  );
}

function instanceAt(
  event: Pick<CalendarEvent, "start" | "line">,
  startMs: number,
  length: CalendarLength,
  settings: SeriesSettings,
): BusyTime[] {
  const endMs = endOf(event.start, startMs, length, settings);
  if (endMs < startMs) settings.warn("EndsBeforeStart", event.line, `${event.line}`);
  const start = Math.max(startMs, settings.fromMs);
  const end = Math.min(endMs, settings.toMs);
  return end > start ? [{ start, end }] : [];
}

/** DTEND keeps its distance from DTSTART in real time, and in days where both are days. */
function endOf(
  first: CalendarMoment,
  startMs: number,
  length: CalendarLength,
  settings: SeriesSettings,
): number {
  const zone = zoneOf(first, settings);
  const daysLater = (days: number) => wallToMs(zone, msToWall(zone, startMs) + days * DAY_SECONDS);
  if (length === null) return first.kind === "day" ? daysLater(1) : startMs;
  if (!("kind" in length))
    return (length.days === 0 ? startMs : daysLater(length.days)) + length.seconds * 1000;
  if (first.kind === "day" && length.kind === "day") {
    const days = (length.seconds - first.seconds) / DAY_SECONDS;
    // Some programs end a single day on itself.
    return daysLater(days === 0 ? 1 : days);
  }
  return startMs + momentToMs(length, settings) - momentToMs(first, settings);
}

function lengthSeconds({ start, length }: CalendarEvent, settings: SeriesSettings): number {
  const startMs = momentToMs(start, settings);
  return Math.max(0, endOf(start, startMs, length, settings) - startMs) / 1000 + DAY_SECONDS;
}

const UTC: ZoneTable = {
  starts: Int32Array.of(BEGINNING_OF_TIME),
  offsets: Int32Array.of(0),
};

function zoneOf(moment: CalendarMoment, settings: SeriesSettings): ZoneTable {
  if (moment.kind === "instant") return UTC;
  if (moment.kind === "day") return settings.dayZone;
  if (moment.zone === "") return settings.floatingZone;
  const zone = settings.findZone(moment.zone);
  if (zone === null) settings.warn("UnknownZone", moment.line, moment.zone);
  return zone ?? settings.floatingZone;
}

function momentToMs(moment: CalendarMoment, settings: SeriesSettings): number {
  return wallToMs(zoneOf(moment, settings), moment.seconds);
}

/** The date somebody meant. Midnight UTC is how programs write a bare date when they must write a time. */
function dayOf(moment: CalendarMoment, { dayZone }: SeriesSettings): number {
  const isMidnight = moment.seconds % DAY_SECONDS === 0;
  const seconds =
    moment.kind === "instant" && !isMidnight
      ? msToWall(dayZone, moment.seconds * 1000)
      : moment.seconds;
  return Math.floor(seconds / DAY_SECONDS);
}

function wallToMs(zone: ZoneTable, seconds: number): number {
  const minute = Math.floor(seconds / 60);
  return (localToInstant(zone, minute) * 60 + seconds - minute * 60) * 1000;
}

function msToWall(zone: ZoneTable, ms: number): number {
  return ms / 1000 + offsetAt(zone, Math.floor(ms / 60_000)) * 60;
}
