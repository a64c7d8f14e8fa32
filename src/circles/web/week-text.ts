/** Days of the week and hours of a circle in words, on the reader's clock. */
import hours from "virtual:content/circles/hours";
import themes from "virtual:content/circles/themes";
import { momentText } from "#design/time.tsx";
import { circleWeek, type WeekHour } from "./circle-week.ts";
import { dayOf, type CircleHands } from "./keeping.ts";

// A Monday.
const SOME_WEEK = Temporal.PlainDate.from("2026-11-23");

export const weekdayText = (weekday: number, form: "long" | "short"): string =>
  SOME_WEEK.add({ days: weekday - 1 }).toLocaleString(undefined, { weekday: form });

export const weekOf = ({ country, timeZone, now }: CircleHands) =>
  circleWeek(hours, country, timeZone, dayOf(now()));

export function blockText(week: ReturnType<typeof weekOf>, zone: string, block: number): string {
  const hour = week.flat().find((each: WeekHour) => each.block === block);
  return hour === undefined
    ? ""
    : `${weekdayText(hour.weekday, "long")}, ${momentText(hour.at, zone, "time")}`;
}

/** One that this version no longer lists is shown by its id rather than left out. */
export const themeName = (id: string): string =>
  themes.themes.find((theme) => theme.id === id)?.name ?? id.replaceAll("-", " ");

export const allThemes = themes.themes;
