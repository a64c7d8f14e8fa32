/**
 * The same question answered with luxon's DateTime and Interval, as a careful author of a booking page would:
 * busy times merged beforehand, only those near a block subtracted from it, no slot tested twice.
 */
import { DateTime, Interval, Settings } from "luxon";
import type { SlotCase, SlotHost } from "./instances.ts";

declare module "luxon" {
  interface TSSettings {
    throwOnInvalid: true;
  }
}
Settings.throwOnInvalid = true;

export interface LuxonHost {
  readonly zone: string;
  readonly weekly: readonly (readonly LuxonRule[])[];
  readonly overrides: ReadonlyMap<string, readonly LuxonRule[]>;
  readonly busy: readonly Interval[];
}

interface LuxonRule {
  readonly start: number;
  readonly end: number;
}

export function prepareLuxonHost(host: SlotHost): LuxonHost {
  const zone = host.timeZone;
  return {
    zone,
    weekly: [0, 1, 2, 3, 4, 5, 6].map((day) => host.rules.filter(({ days }) => days.includes(day))),
    overrides: new Map(
      host.overrides.map((rule) => [rule.date, rule.end > rule.start ? [rule] : []]),
    ),
    busy: Interval.merge(
      host.busy.map(({ start, end }) =>
        Interval.fromDateTimes(
          DateTime.fromMillis(start, { zone }),
          DateTime.fromMillis(end, { zone }),
        ),
      ),
    ),
  };
}

/** ISO strings of the free starts under the booker's dates. */
export function luxonSlotsByDay(host: LuxonHost, asked: SlotCase): Map<string, string[]> {
  const { zone, weekly, overrides, busy } = host;
  const { bookerZone, lengthMinutes, stepMinutes } = asked;
  const length = lengthMinutes * 60_000;
  const step = stepMinutes * 60_000;
  const from = DateTime.fromMillis(asked.fromMs, { zone });
  const window = Interval.fromDateTimes(from, DateTime.fromMillis(asked.toMs, { zone }));

  const slotsByDay = new Map<string, string[]>();
  let nearest = 0;
  let latest = -Infinity;
  const firstDay = from.startOf("day").minus({ days: 1 });
  for (let day = firstDay; day < window.end; day = day.plus({ days: 1 })) {
    for (const rule of overrides.get(day.toISODate()) ?? weekly[day.weekday % 7]!) {
      const start = timeOfDay(day, rule.start);
      const end = timeOfDay(day, rule.end);
      if (end <= start) continue;
      const block = Interval.fromDateTimes(start, end).intersection(window);
      if (block === null) continue;

      while (nearest < busy.length && busy[nearest]!.end <= block.start) nearest++;
      const near: Interval[] = [];
      for (let at = nearest; at < busy.length && busy[at]!.start < block.end; at++) {
        near.push(busy[at]!);
      }
      for (const free of block.difference(...near)) {
        const lastStart = free.end.toMillis() - length;
        const firstStart = Math.ceil(free.start.toMillis() / step) * step;
        if (firstStart > lastStart) continue;
        // A DateTime per start by fromMillis: plus() on the one before asks the zone three times as often.
        for (let at = firstStart; at <= lastStart; at += step) {
          // Blocks on either side of a skipped hour can overlap.
          if (at <= latest) continue;
          latest = at;
          const slot = DateTime.fromMillis(at, { zone: bookerZone });
          const date = slot.toISODate();
          const iso = slot.toISO({ suppressMilliseconds: true });
          const slots = slotsByDay.get(date);
          if (slots === undefined) slotsByDay.set(date, [iso]);
          else slots.push(iso);
        }
      }
    }
  }
  return slotsByDay;
}

function timeOfDay(day: DateTime, minutes: number): DateTime {
  if (minutes === 1440) return day.plus({ days: 1 }).startOf("day");
  return day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
}
