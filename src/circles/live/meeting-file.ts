/**
 * A calendar entry that the device makes for itself (RFC 5545): "Hold", at the next meetings, with an alarm, and no word
 * that a colleague could make anything of. No server is asked for it, so none knows who keeps one.
 */
export interface MeetingFile {
  /** Starts, as minutes since the epoch: each an entry of its own, since clocks change in the circle's zone, not in the reader's. */
  readonly starts: readonly number[];
  readonly minutes: number;
  readonly alarmMinutes: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the device's own chance: nothing in it says which circle it is. */
  readonly uid: (at: number) => string;
}

export function meetingFile({ starts, minutes, alarmMinutes, now, uid }: MeetingFile): string {
  const events = starts.flatMap((start, at) => [
    "BEGIN:VEVENT",
    `UID:${uid(at)}`,
    `DTSTAMP:${utcText(now)}`,
    `DTSTART:${utcText(start * 60_000)}`,
    `DTEND:${utcText((start + minutes) * 60_000)}`,
    "SUMMARY:Hold",
    "CLASS:PRIVATE",
    "TRANSP:OPAQUE",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:Hold",
    `TRIGGER:-PT${alarmMinutes}M`,
    "END:VALARM",
    "END:VEVENT",
  ]);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Hold//Calendar//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...events,
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

/** 20261207T190000Z */
const utcText = (at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toString({ smallestUnit: "second" })
    .replaceAll(/[-:]/g, "");
