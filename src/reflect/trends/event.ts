/** What a person marks in time, such as a new record system or Wednesdays off: a day or a span, in their own words. */

export interface MarkedEvent {
  /** ISO days in the person's own zone; `to` is null for a single day, else not before `from`. */
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
}

export const EVENT_TEXT_MOST = 120;

export type EventFault = "NoText" | "NoDay" | "EndsBefore";

/** As typed: days from date fields, which are empty where nothing was picked. */
export function eventOf(typed: {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}): MarkedEvent | readonly EventFault[] {
  const text = typed.text.trim().replaceAll(/\s+/g, " ").slice(0, EVENT_TEXT_MOST);
  const { from, to } = typed;
  const faults: EventFault[] = [
    ...(text === "" ? (["NoText"] as const) : []),
    ...(isDay(from) ? [] : (["NoDay"] as const)),
    ...(to !== "" && to < from ? (["EndsBefore"] as const) : []),
  ];
  if (faults.length > 0) return faults;
  return { from, to: to === "" || to === from ? null : to, text };
}

/** What lies in the safe was written by some version of this app; what is no event is passed over. */
export function isMarkedEvent(kept: unknown): kept is MarkedEvent {
  if (typeof kept !== "object" || kept === null) return false;
  const { from, to, text } = kept as Record<string, unknown>;
  return isDay(from) && (to === null || (isDay(to) && to >= from)) && typeof text === "string";
}

/** By their first day, oldest first. */
export const byFirstDay = (a: MarkedEvent, b: MarkedEvent): number =>
  a.from < b.from ? -1 : a.from > b.from ? 1 : 0;

function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  try {
    return Temporal.PlainDate.from(value).toString() === value;
  } catch {
    return false;
  }
}
