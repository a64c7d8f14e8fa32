/**
 * What a TZID means. A name that the world's own zone data knows is looked up there, for files carry rules as
 * old as themselves; any other is what the file's VTIMEZONE says, or the Windows zone of that name.
 */
import type { Result } from "#platform/result.ts";
import { ok } from "#platform/result.ts";
import type { BrokenLine, CalendarComponent } from "./calendar-lines.ts";
import { brokenLine, propertiesNamed, propertyNamed, textNamed } from "./calendar-lines.ts";
import { readRule } from "./calendar-rule.ts";
import { DAY_SECONDS, readMoments, readOffset } from "./calendar-values.ts";
import type { CalendarWork } from "./calendar-work.ts";
import { expandRule } from "./recurrence.ts";
import { windowsZone } from "./windows-zones.ts";
import type { ZoneTable } from "./zone.ts";
import { BEGINNING_OF_TIME, isTimeZone, zoneTransitions } from "./zone.ts";

/** The table of a TZID, or null where nobody knows it. */
export type FindZone = (tzid: string) => ZoneTable | null;

export interface ZoneSpan {
  /** Epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Zones of the world's own data, each read once. */
export function worldZones(toMs: number): FindZone {
  const tables = new Map<string, ZoneTable | null>();
  return (name) => {
    const known = tables.get(name);
    if (known !== undefined) return known;
    const table = isTimeZone(name) ? zoneTransitions(name, 0, toMs) : null;
    tables.set(name, table);
    return table;
  };
}

/** Zones as one VCALENDAR means them. Runs out silently when the work does: ask `work` after. */
export function calendarZones(
  calendar: CalendarComponent,
  world: FindZone,
  span: ZoneSpan,
  work: CalendarWork,
): Result<FindZone, BrokenLine> {
  const own = new Map<string, ZoneTable>();
  for (const component of calendar.components) {
    if (component.name !== "VTIMEZONE") continue;
    const tzid = textNamed(component, "tzid");
    if (world(worldName(tzid)) !== null || own.has(tzid)) continue;
    const located = world(textNamed(component, "x-lic-location"));
    const table = located === null ? readZone(component, span, work) : ok(located);
    if (!table.ok) return table;
    if (table.value !== null) own.set(tzid, table.value);
  }
  return ok((tzid) => world(worldName(tzid)) ?? own.get(tzid) ?? world(windowsZone(tzid) ?? ""));
}

/** Some programs write "/their.domain/20190914_1/Europe/Berlin". */
function worldName(tzid: string): string {
  const path = tzid.startsWith("/") ? tzid.split("/") : [];
  for (let at = 2; at < path.length && at < 8; at++) {
    const tail = path.slice(at).join("/");
    if (isTimeZone(tail)) return tail;
  }
  return tzid;
}

interface Onset {
  /** Minutes since the epoch. */
  readonly minute: number;
  readonly before: number;
  readonly after: number;
}

/** A VTIMEZONE's STANDARD and DAYLIGHT parts (RFC 5545 section 3.6.5) as a table; null where it has none. */
function readZone(
  component: CalendarComponent,
  span: ZoneSpan,
  work: CalendarWork,
): Result<ZoneTable | null, BrokenLine> {
  const parts: Onset[][] = [];
  for (const part of component.components) {
    if (part.name !== "STANDARD" && part.name !== "DAYLIGHT") continue;
    const read = readOnsets(part, span, work);
    if (!read.ok) return read;
    parts.push(read.value);
  }
  const onsets = parts.flat();
  if (onsets.length === 0) return ok(null);
  onsets.sort((a, b) => a.minute - b.minute);
  const starts = [BEGINNING_OF_TIME];
  const offsets = [onsets[0]!.before];
  for (const { minute, after } of onsets) {
    if (after === offsets.at(-1)) continue;
    starts.push(minute);
    offsets.push(after);
  }
  return ok({ starts: Int32Array.from(starts), offsets: Int32Array.from(offsets) });
}

function readOnsets(
  part: CalendarComponent,
  span: ZoneSpan,
  work: CalendarWork,
): Result<Onset[], BrokenLine> {
  const startProperty = propertyNamed(part, "dtstart");
  const before = readOffset(propertyNamed(part, "tzoffsetfrom")?.values[0]);
  const after = readOffset(propertyNamed(part, "tzoffsetto")?.values[0]);
  if (startProperty === undefined || before === null || after === null)
    return brokenLine(part.line, "BadZone");

  const moments = [startProperty, ...propertiesNamed(part, "rdate")].map(readMoments);
  const walls: number[][] = [];
  for (const read of moments) {
    if (!read.ok) return read;
    walls.push(read.value.map((moment) => moment.seconds));
  }
  const start = walls[0]![0]!;
  for (const property of propertiesNamed(part, "rrule")) {
    const read = readRule(property);
    if (!read.ok) return read;
    const { rule, until } = read.value;
    const last =
      until === null ? Infinity : until.seconds + (until.kind === "instant" ? before * 60 : 0);
    // The change in force when the span begins may be the last of a rule that ended long before.
    const from = Math.min(span.fromMs / 1000, last) - 800 * DAY_SECONDS;
    const to = Math.min(span.toMs / 1000 + 2 * DAY_SECONDS, last);
    walls.push(expandRule(rule, start, { from, to }, work) ?? []);
  }
  return ok(
    walls.flat().map((wall) => ({ minute: Math.floor(wall / 60) - before, before, after })),
  );
}
