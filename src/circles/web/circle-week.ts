/** The 21 hours that circles can meet at, on the clock of whoever chooses among them. */
import type { CircleHours } from "#library/circle-content.ts";
import type { Day } from "#pass/period.ts";
import { BLOCKS } from "../waiting.ts";

export interface WeekHour {
  readonly block: number;
  /** Of the week that begins next, so that it is clear which side of a clock change is meant. */
  readonly at: Temporal.Instant;
  /** 1 is Monday, on the chooser's clock. */
  readonly weekday: number;
}

/** Seven days from Monday on, each with its hours, the earliest first. */
export function circleWeek(
  { hours }: Pick<CircleHours, "hours">,
  country: string | null,
  zone: string,
  today: Day,
): readonly (readonly WeekHour[])[] {
  const ours = (country === null ? undefined : hours[country]) ?? hours.else;
  const date = Temporal.PlainDate.from(today);
  const monday = date.add({ days: 8 - date.dayOfWeek });
  const all = Array.from({ length: BLOCKS }, (_, block): WeekHour => {
    const { times } = ours;
    const plainTime = Temporal.PlainTime.from(times[block % times.length]!);
    const day = monday.add({ days: Math.floor(block / times.length) });
    const there = day.toZonedDateTime({ timeZone: ours.zone, plainTime });
    const here = there.withTimeZone(zone);
    return { block, at: there.toInstant(), weekday: here.dayOfWeek };
  });
  const timeHere = ({ at }: WeekHour) => at.toZonedDateTimeISO(zone).toPlainTime().toString();
  return Array.from({ length: 7 }, (_, before) =>
    all
      .filter(({ weekday }) => weekday === before + 1)
      .toSorted((one, other) => (timeHere(one) < timeHere(other) ? -1 : 1)),
  );
}
