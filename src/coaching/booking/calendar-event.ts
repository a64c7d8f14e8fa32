/** One VEVENT reduced to when it takes place and whether that keeps its owner busy. */
import type { Result } from "#platform/result.ts";
import { ok } from "#platform/result.ts";
import type { BrokenLine, CalendarComponent, CalendarProperty } from "./calendar-lines.ts";
import {
  brokenLine,
  parameterText,
  propertiesNamed,
  propertyNamed,
  textNamed,
} from "./calendar-lines.ts";
import type { CalendarRule } from "./calendar-rule.ts";
import { readRule } from "./calendar-rule.ts";
import type { CalendarDuration, CalendarMoment } from "./calendar-values.ts";
import { readDuration, readMoment, readMoments } from "./calendar-values.ts";

export interface CalendarEvent {
  readonly line: number;
  /** Ties an instance to its series while the file is read; it goes no further. */
  readonly uid: string;
  readonly sequence: number;
  readonly start: CalendarMoment;
  readonly length: CalendarLength;
  readonly rules: readonly CalendarRule[];
  readonly further: readonly CalendarPeriod[];
  readonly excluded: readonly CalendarMoment[];
  /** The instance of its series that this one stands for. */
  readonly replaces: CalendarMoment | null;
  readonly replacesFollowing: boolean;
  readonly isBusy: boolean;
}

/** Until a moment, for a duration, or, as neither was said, for the day or for no time. */
export type CalendarLength = CalendarMoment | CalendarDuration | null;

export interface CalendarPeriod {
  readonly start: CalendarMoment;
  /** Undefined: as long as the event. */
  readonly length: CalendarLength | undefined;
}

/** Null where it doesn't say when it begins. */
export function readEvent(component: CalendarComponent): Result<CalendarEvent | null, BrokenLine> {
  const startProperty = propertyNamed(component, "dtstart");
  if (startProperty === undefined) return ok(null);
  const starts = readMoments(startProperty);
  if (!starts.ok) return starts;
  const length = readLength(component);
  if (!length.ok) return length;

  const rules: CalendarRule[] = [];
  for (const property of propertiesNamed(component, "rrule")) {
    const rule = readRule(property);
    if (!rule.ok) return rule;
    rules.push(rule.value);
  }
  const further: CalendarPeriod[][] = [];
  for (const property of propertiesNamed(component, "rdate")) {
    const periods = readPeriods(property);
    if (!periods.ok) return periods;
    further.push(periods.value);
  }
  const excluded: CalendarMoment[][] = [];
  for (const property of propertiesNamed(component, "exdate")) {
    const moments = readMoments(property);
    if (!moments.ok) return moments;
    excluded.push(moments.value);
  }
  const replacesProperty = propertyNamed(component, "recurrence-id");
  const replaces = replacesProperty === undefined ? ok([]) : readMoments(replacesProperty);
  if (!replaces.ok) return replaces;

  const sequence = Number(propertyNamed(component, "sequence")?.values[0] ?? 0);
  return ok({
    line: component.line,
    uid: textNamed(component, "uid"),
    sequence: Number.isSafeInteger(sequence) ? sequence : 0,
    start: starts.value[0]!,
    length: length.value,
    rules,
    further: further.flat(),
    excluded: excluded.flat(),
    replaces: replaces.value[0] ?? null,
    replacesFollowing:
      replacesProperty !== undefined &&
      parameterText(replacesProperty, "range").toUpperCase() === "THISANDFUTURE",
    isBusy: isBusy(component),
  });
}

function readLength(component: CalendarComponent): Result<CalendarLength, BrokenLine> {
  const end = propertyNamed(component, "dtend");
  if (end !== undefined) {
    const moments = readMoments(end);
    return moments.ok ? ok(moments.value[0]!) : moments;
  }
  const duration = propertyNamed(component, "duration");
  if (duration === undefined) return ok(null);
  const read = readDuration(duration.values[0]);
  return read === null ? brokenLine(duration.line, "BadDuration") : ok(read);
}

/** RDATE and FREEBUSY: moments, or pairs of a start and an end or a duration. */
export function readPeriods(property: CalendarProperty): Result<CalendarPeriod[], BrokenLine> {
  const periods: CalendarPeriod[] = [];
  for (const value of property.values) {
    const [first, second] = Array.isArray(value) ? (value as unknown[]) : [value];
    const start = readMoment(first, property);
    if (start === null) return brokenLine(property.line, "BadTime");
    const length =
      second === undefined ? undefined : (readMoment(second, property) ?? readDuration(second));
    if (length === null) return brokenLine(property.line, "BadPeriod");
    periods.push({ start, length });
  }
  return ok(periods);
}

/**
 * Outlook's own word is finer than TRANSP: somebody who works elsewhere can still be met. Tentative counts as
 * busy, since it may come true.
 */
function isBusy(component: CalendarComponent): boolean {
  const outlook = textNamed(component, "x-microsoft-cdo-busystatus").toUpperCase();
  return (
    textNamed(component, "transp").toUpperCase() !== "TRANSPARENT" &&
    textNamed(component, "status").toUpperCase() !== "CANCELLED" &&
    outlook !== "FREE" &&
    outlook !== "WORKINGELSEWHERE"
  );
}
