/**
 * The lines of an iCalendar file (RFC 5545 section 3.1) as a tree of components. Only the properties that say
 * when somebody is busy are read at all; titles, places and people are passed over unread.
 */
import ICAL from "ical.js";
import type { Result } from "#platform/result.ts";
import { ok, refuse } from "#platform/result.ts";
import type { CalendarWork } from "./calendar-work.ts";

export interface CalendarComponent {
  /** VEVENT and the like, in capitals. */
  readonly name: string;
  readonly line: number;
  readonly properties: readonly CalendarProperty[];
  readonly components: readonly CalendarComponent[];
}

/** jCal (RFC 7265) with the line it came from. */
export interface CalendarProperty {
  /** Lower case. */
  readonly name: string;
  /** The first physical line, from 1. */
  readonly line: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly values: readonly unknown[];
}

export interface BrokenLine {
  readonly type: "BrokenLine";
  readonly line: number;
  readonly reason: BrokenReason;
}

export type BrokenReason =
  | "NotAProperty"
  | "TooLong"
  | "WrongEnd"
  | "EndsTooSoon"
  | "OutsideCalendar"
  | "BadTime"
  | "BadRule"
  | "BadDuration"
  | "BadPeriod"
  | "BadZone";

export type LinesRefusal =
  BrokenLine | { readonly type: "NotACalendar" } | { readonly type: "TooSlow" };

const READ_PROPERTIES = new Set([
  "DTEND",
  "DTSTART",
  "DURATION",
  "EXDATE",
  "FREEBUSY",
  "METHOD",
  "RDATE",
  "RECURRENCE-ID",
  "RRULE",
  "SEQUENCE",
  "STATUS",
  "TRANSP",
  "TZID",
  "TZOFFSETFROM",
  "TZOFFSETTO",
  "UID",
  "X-LIC-LOCATION",
  "X-MICROSOFT-CDO-BUSYSTATUS",
  "X-WR-TIMEZONE",
]);

/** Three thousand exceptions in one line; ical.js takes minutes over a line of a million parameters. */
const MOST_CHARACTERS_A_LINE = 65_536;

export const brokenLine = (line: number, reason: BrokenReason) =>
  refuse<BrokenLine>({ type: "BrokenLine", line, reason });

interface OpenComponent extends CalendarComponent {
  readonly properties: CalendarProperty[];
  readonly components: CalendarComponent[];
}

/** Every VCALENDAR of the text; some programs write several, one after another. */
export function readCalendars(
  text: string,
  work: CalendarWork,
): Result<CalendarComponent[], LinesRefusal> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const calendars: CalendarComponent[] = [];
  const open: OpenComponent[] = [];
  let hasBegun = false;

  for (let at = 0; at < lines.length;) {
    const first = at;
    const line = lines[at++]!;
    // A long line goes on behind a blank; what is passed over need not be joined.
    while (at < lines.length && isContinuation(lines[at]!)) at++;
    if (!work.spend(at - first)) return refuse({ type: "TooSlow" });
    if (line.trim() === "") continue;

    const head = /^[A-Za-z0-9_.-]+(?=[;:])/.exec(line)?.[0].toUpperCase();
    if (!hasBegun && (head !== "BEGIN" || componentName(line) !== "VCALENDAR"))
      return refuse({ type: "NotACalendar" });
    hasBegun = true;
    if (head === undefined) return brokenLine(first + 1, "NotAProperty");

    const within = open.at(-1);
    if (head === "BEGIN") {
      if (within === undefined && componentName(line) !== "VCALENDAR")
        return brokenLine(first + 1, "OutsideCalendar");
      open.push({ name: componentName(line), line: first + 1, properties: [], components: [] });
    } else if (within === undefined) {
      return brokenLine(first + 1, "OutsideCalendar");
    } else if (head === "END") {
      if (componentName(line) !== within.name) return brokenLine(first + 1, "WrongEnd");
      open.pop();
      (open.at(-1)?.components ?? calendars).push(within);
    } else if (READ_PROPERTIES.has(head)) {
      const whole =
        line +
        lines
          .slice(first + 1, at)
          .map((more) => more.slice(1))
          .join("");
      if (whole.length > MOST_CHARACTERS_A_LINE) return brokenLine(first + 1, "TooLong");
      const property = readProperty(whole, first + 1);
      if (!property.ok) return property;
      within.properties.push(property.value);
    }
  }
  if (!hasBegun) return refuse({ type: "NotACalendar" });
  if (open.length > 0) return brokenLine(lines.length, "EndsTooSoon");
  return ok(calendars);
}

function isContinuation(line: string): boolean {
  return line.startsWith(" ") || line.startsWith("\t");
}

function componentName(line: string): string {
  return line
    .slice(line.indexOf(":") + 1)
    .trim()
    .toUpperCase();
}

function readProperty(text: string, line: number): Result<CalendarProperty, BrokenLine> {
  try {
    // ical.js throws on what it can't read, without saying where.
    const [name, parameters, , ...values] = ICAL.parse.property(quotedZone(text)) as [
      string,
      Record<string, unknown>,
      string,
      ...unknown[],
    ];
    return ok({ name, line, parameters, values });
  } catch {
    return brokenLine(
      line,
      text.slice(0, 5).toUpperCase() === "RRULE" ? "BadRule" : "NotAProperty",
    );
  }
}

/** Zones called "tzone://Microsoft/Utc" or "(UTC+01:00) Amsterdam, Berlin" come without the quotes they need. */
function quotedZone(text: string): string {
  return text.trimEnd().replace(/;TZID=([^";]+):([^":;]*)$/i, ';TZID="$1":$2');
}

export function propertiesNamed(component: CalendarComponent, name: string): CalendarProperty[] {
  return component.properties.filter((property) => property.name === name);
}

/** The last of that name: where a program wrote two, the later is what it meant. */
export function propertyNamed(
  component: CalendarComponent,
  name: string,
): CalendarProperty | undefined {
  return component.properties.findLast((property) => property.name === name);
}

/** Trimmed; empty where there is none. */
export function textNamed(component: CalendarComponent, name: string): string {
  const value = propertyNamed(component, name)?.values[0];
  return typeof value === "string" ? value.trim() : "";
}

export function parameterText(property: CalendarProperty, name: string): string {
  const value = property.parameters[name];
  return typeof value === "string" ? value.trim() : "";
}
