/**
 * A coach's hours as they stand in the form, half-typed times included, and the way to what is sent. The
 * rules are those of `availability.ts`; here each fault gets its place beside a field.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import {
  checkAvailability,
  checkRules,
  type AvailabilityRefusal,
  type BookingRules,
  type LocalWindow,
  type RulesField,
} from "./availability.ts";
import type { Hours } from "./contract.ts";
import { datesBetween, datesToRuns, type DateRun } from "./date-run.ts";
import { endTextToMinute, minuteToTimeText, startTextToMinute } from "./time-of-day.ts";

/** As time inputs hold it: `09:00`, or nothing while half filled in. */
export interface WindowForm {
  readonly start: string;
  readonly end: string;
}

export type ExceptionForm = DateRun<readonly WindowForm[]>;

export interface HoursForm {
  readonly timeZone: string;
  /** Seven lists, Sunday first. */
  readonly week: readonly (readonly WindowForm[])[];
  readonly exceptions: readonly ExceptionForm[];
  readonly rules: BookingRules;
  readonly cancelNoticeHours: number;
}

export type WindowFaultType = "NotATimeOfDay" | "EndsBeforeStart" | "Overlapping";

export type HoursFault =
  | { readonly at: "timeZone" }
  | {
      readonly at: "week";
      readonly day: number;
      readonly nth: number;
      readonly type: WindowFaultType;
    }
  | {
      readonly at: "exceptions";
      readonly run: number;
      readonly nth: number;
      readonly type: WindowFaultType;
    }
  | {
      readonly at: "rules";
      readonly field: RulesField;
      readonly least: number;
      readonly most: number;
    }
  | { readonly at: "week" | "exceptions"; readonly type: "TooMany"; readonly most: number };

export function hoursToForm(hours: Hours): HoursForm {
  const windowsOf = (windows: readonly LocalWindow[]) =>
    windows.toSorted((a, b) => a.start - b.start).map(windowToForm);
  return {
    timeZone: hours.timeZone,
    week: [0, 1, 2, 3, 4, 5, 6].map((day) =>
      windowsOf(hours.weekly.filter((window) => window.day === day)),
    ),
    exceptions: datesToRuns(
      hours.exceptions.map(({ date, windows }) => ({ date, windows: windowsOf(windows) })),
      isSameDay,
    ),
    rules: hours.rules,
    cancelNoticeHours: hours.cancelNoticeHours,
  };
}

/** `today` is the date in the coach's zone; what is over is left behind. */
export function formToHours(form: HoursForm, today: string): Result<Hours, readonly HoursFault[]> {
  const faults = [...weekFaults(form), ...exceptionFaults(form), ...ruleFaults(form)];
  const hours: Hours = {
    timeZone: form.timeZone,
    weekly: form.week.flatMap((windows, day) =>
      windows.map((window) => ({ day, ...formToWindow(window) })),
    ),
    exceptions: form.exceptions.flatMap(({ from, to, windows }) =>
      (datesBetween(from, to) ?? [])
        .filter((date) => date >= today)
        .map((date) => ({ date, windows: windows.map(formToWindow) })),
    ),
    rules: { ...form.rules, lengthMinutes: { ...form.rules.lengthMinutes } },
    cancelNoticeHours: form.cancelNoticeHours,
  };
  const checked = checkAvailability(hours);
  if (!checked.ok) faults.push(...wholeFaults(checked.refusal));
  return faults.length === 0 ? ok(hours) : refuse(faults);
}

function isSameDay(a: readonly WindowForm[], b: readonly WindowForm[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ start, end }, nth) => start === b[nth]!.start && end === b[nth]!.end)
  );
}

/** A sensible next window for a day: the morning, or a while after what is there; null when it is full. */
export function nextWindow(windows: readonly WindowForm[]): WindowForm | null {
  const last = Math.max(-1, ...windows.map(({ end }) => endTextToMinute(end) ?? -1));
  const start = last < 0 ? 9 * 60 : last + 60;
  if (start > 23 * 60) return null;
  return windowToForm({ start, end: Math.min(start + 3 * 60, 1440) });
}

function windowToForm({ start, end }: LocalWindow): WindowForm {
  return { start: minuteToTimeText(start), end: minuteToTimeText(end) };
}

/** What is no time of day becomes -1, which no rule lets pass. */
function formToWindow({ start, end }: WindowForm): LocalWindow {
  return { start: startTextToMinute(start) ?? -1, end: endTextToMinute(end) ?? -1 };
}

function weekFaults({ week }: HoursForm): readonly HoursFault[] {
  return week.flatMap((windows, day) => {
    const fault = windowsFault(windows);
    return fault === null ? [] : [{ at: "week" as const, day, ...fault }];
  });
}

function exceptionFaults({ exceptions }: HoursForm): readonly HoursFault[] {
  return exceptions.flatMap(({ windows }, run) => {
    const fault = windowsFault(windows);
    return fault === null ? [] : [{ at: "exceptions" as const, run, ...fault }];
  });
}

/** The first fault of one day's windows, found by the rules themselves. */
function windowsFault(
  windows: readonly WindowForm[],
): { readonly nth: number; readonly type: WindowFaultType } | null {
  const weekly = windows.map((window) => ({ day: 0, ...formToWindow(window) }));
  const checked = checkAvailability({ timeZone: "UTC", weekly, exceptions: [] });
  if (checked.ok) return null;
  switch (checked.refusal.type) {
    case "NotATimeOfDay":
    case "EndsBeforeStart":
    case "Overlapping":
      return { nth: checked.refusal.at, type: checked.refusal.type };
    case "UnknownTimeZone":
    case "TooMany":
    case "NotAWeekday":
    case "NotADate":
    case "SameDateTwice":
      return null;
  }
}

function ruleFaults({ rules }: HoursForm): readonly HoursFault[] {
  const checked = checkRules(rules);
  if (checked.ok) return [];
  const { refusal } = checked;
  const [least, most] =
    refusal.type === "OutOfRange"
      ? [refusal.least, refusal.most]
      : [refusal.steps[0]!, refusal.steps.at(-1)!];
  return [{ at: "rules", field: refusal.field, least, most }];
}

/** Faults of the whole; those of one day were found with their place already. */
function wholeFaults(refusal: AvailabilityRefusal): readonly HoursFault[] {
  if (refusal.type === "UnknownTimeZone") return [{ at: "timeZone" }];
  if (refusal.type === "TooMany") {
    const at = refusal.field === "weekly" ? "week" : "exceptions";
    return [{ at, type: "TooMany", most: refusal.most }];
  }
  return [];
}
