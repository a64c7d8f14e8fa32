/**
 * Moments and days in the reader's own way of writing them. A moment is shown in the reader's zone, with
 * the other person's wall clock beside it only when the two differ.
 */
import { words } from "./words.ts";

export type TimeForm = "full" | "short" | "date" | "time";

export interface TimeProps {
  /** An instant, or its ISO text. */
  readonly at: Temporal.Instant | string;
  /** The reader's IANA zone. */
  readonly zone: string;
  readonly otherZone?: string | undefined;
  readonly otherName?: string | undefined;
  readonly form?: TimeForm | undefined;
}

export function Time({ at, zone, otherZone, otherName, form = "full" }: TimeProps) {
  const instant = typeof at === "string" ? Temporal.Instant.from(at) : at;
  const here = instant.toZonedDateTimeISO(zone);
  const there = otherZone === undefined ? null : instant.toZonedDateTimeISO(otherZone);
  return (
    <time dateTime={instant.toString()}>
      {momentText(instant, zone, form)}
      {there !== null && there.offsetNanoseconds !== here.offsetNanoseconds && form !== "date" && (
        <>
          {" "}
          <span style={{ color: "var(--quiet)" }}>
            ({otherText(instant, here, there, otherName)})
          </span>
        </>
      )}
    </time>
  );
}

/** A calendar day, such as a birthday or the date of a source: the same day wherever it is read. */
export function Day({ on, form = "full" }: { on: string; form?: "full" | "short" | undefined }) {
  return <time dateTime={on}>{dayText(on, form)}</time>;
}

type DayForm = "full" | "short" | "tick";

export function dayText(on: string, form: DayForm): string {
  return writer("UTC", form === "full" ? "date" : form === "short" ? "day" : "tick").format(
    Date.parse(`${on}T12:00:00Z`),
  );
}

export function momentText(at: Temporal.Instant, zone: string, form: TimeForm): string {
  return writer(zone, form).format(at.epochMilliseconds);
}

/** The zone this device is set to. */
export const hereZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function otherText(
  instant: Temporal.Instant,
  here: Temporal.ZonedDateTime,
  there: Temporal.ZonedDateTime,
  name: string | undefined,
): string {
  const sameDay = here.toPlainDate().equals(there.toPlainDate());
  const text = momentText(instant, there.timeZoneId, sameDay ? "time" : "short");
  return name === undefined
    ? words.otherZoneUnnamed(text, there.timeZoneId.replace(/^.*\//, "").replaceAll("_", " "))
    : words.otherZone(text, name);
}

const optionsByForm: Record<TimeForm | "day" | "tick", Intl.DateTimeFormatOptions> = {
  full: {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  },
  short: { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
  date: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  day: { day: "numeric", month: "short", year: "numeric" },
  tick: { day: "numeric", month: "short" },
  time: { hour: "numeric", minute: "2-digit" },
};

/** Making a formatter costs a hundred times what using one does; a week of slots uses hundreds. */
const writers = new Map<string, Intl.DateTimeFormat>();
function writer(zone: string, form: TimeForm | "day" | "tick"): Intl.DateTimeFormat {
  const key = `${zone} ${form}`;
  const known = writers.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(undefined, { ...optionsByForm[form], timeZone: zone });
  writers.set(key, made);
  return made;
}
