/**
 * A week as 168 bits, one for each hour of the local week: all that the directory publishes of a calendar.
 * Coarse on purpose. It is enough to see who shares hours; the exact slots are asked for only at booking.
 */
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import type { WeeklyWindow } from "../booking/availability.ts";

export const HOURS_A_WEEK = 168;
const BYTES_A_WEEK = HOURS_A_WEEK / 8;
const MINUTES_A_WEEK = HOURS_A_WEEK * 60;
/** An hour counts as open when the shortest session fits into its open part. */
const OPEN_MINUTES_OF_AN_HOUR = 30;

/** 21 bytes as 28 letters of base64url. Bit 0, the highest of the first byte, is Sunday 00:00 to 01:00. */
export type WeeklyHours = string;

/** Windows of the weekly availability; exceptions are for booking to know. */
export function windowsToWeeklyHours(windows: readonly WeeklyWindow[]): WeeklyHours {
  const openMinutes = new Uint8Array(MINUTES_A_WEEK);
  for (const { day, start, end } of windows) {
    openMinutes.fill(1, day * 1440 + start, day * 1440 + end);
  }
  const hours: number[] = [];
  for (let hour = 0; hour < HOURS_A_WEEK; hour++) {
    let open = 0;
    for (let minute = hour * 60; minute < hour * 60 + 60; minute++) open += openMinutes[minute]!;
    if (open >= OPEN_MINUTES_OF_AN_HOUR) hours.push(hour);
  }
  return hoursToWeeklyHours(hours);
}

/** `hours`: hours of the week, 0 (Sunday 00:00) to 167 (Saturday 23:00). */
export function hoursToWeeklyHours(hours: Iterable<number>): WeeklyHours {
  const bytes = new Uint8Array(BYTES_A_WEEK);
  for (const hour of hours) bytes[hour >> 3]! |= 0x80 >> (hour & 7);
  return bytesToBase64url(bytes);
}

/** Throws on what is not weekly hours: a card or a preference has passed its schema long before. */
export function weeklyHoursToHours(text: WeeklyHours): number[] {
  const bytes = base64urlToBytes(text);
  if (bytes?.length !== BYTES_A_WEEK) throw new Error("Not weekly hours");
  return Array.from({ length: HOURS_A_WEEK }, (_, hour) => hour).filter(
    (hour) => (bytes[hour >> 3]! & (0x80 >> (hour & 7))) !== 0,
  );
}

/** The six hours that each letter of base64url stands for, the earliest as the highest bit. */
export const bitsByLetter: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 64 }, (_, bits) => [bytesToBase64url(Uint8Array.of(bits << 2))[0]!, bits]),
);
