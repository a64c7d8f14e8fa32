/**
 * A minute of the day as the text of a time input, `09:00`, and back. Midnight stands at both ends of a day:
 * as the end of a window, `00:00` is the midnight that closes it.
 */
import { twoDigits } from "./civil-day.ts";

export const MINUTES_A_DAY = 1440;

/** 0 to 1440; the last one is written as the first. */
export function minuteToTimeText(minute: number): string {
  const ofDay = minute % MINUTES_A_DAY;
  return `${twoDigits(Math.floor(ofDay / 60))}:${twoDigits(ofDay % 60)}`;
}

/** Null for what is no time of day, such as an input that was only half filled in. */
export function startTextToMinute(text: string): number | null {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return parts === null ? null : Number(parts[1]) * 60 + Number(parts[2]);
}

export function endTextToMinute(text: string): number | null {
  const minute = startTextToMinute(text);
  return minute === 0 ? MINUTES_A_DAY : minute;
}
