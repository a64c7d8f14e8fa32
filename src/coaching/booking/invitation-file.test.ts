import fc from "fast-check";
import { expect, test } from "vitest";
import { readCalendar } from "./calendar-file.ts";
import type { Hold } from "./invitation-file.ts";
import { feedFile, invitationFile } from "./invitation-file.ts";

const NOW = Date.parse("2031-03-01T08:00:00Z");
const HOLD: Hold = {
  uid: "0123456789abcdef0123456789abcdef@callroom.invalid",
  sequence: 3,
  start: Date.parse("2031-03-09T14:30:00Z"),
  end: Date.parse("2031-03-09T15:20:00Z"),
};
const REQUEST = { ...HOLD, method: "REQUEST", now: NOW } as const;

const year = {
  fromMs: Date.UTC(2031, 0, 1),
  toMs: Date.UTC(2032, 0, 1),
  timeZone: "Europe/Vienna",
};
const limits = { characters: 1e6, occurrences: 2000, isPastDeadline: () => false };
const busyOf = (text: string) => {
  const read = readCalendar(text, year, limits);
  if (!read.ok) throw new Error(`Refused: ${JSON.stringify(read.refusal)}`);
  return read.value.busy;
};

test("an invitation is these lines and no others", () => {
  expect(invitationFile(REQUEST).split("\r\n")).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Hold//Calendar//EN",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    "UID:0123456789abcdef0123456789abcdef@callroom.invalid",
    "SEQUENCE:3",
    "DTSTAMP:20310301T080000Z",
    "DTSTART:20310309T143000Z",
    "DTEND:20310309T152000Z",
    "SUMMARY:Hold",
    "TRANSP:OPAQUE",
    'ORGANIZER;CN="no-reply":mailto:no-reply@callroom.invalid',
    "STATUS:CONFIRMED",
    "CLASS:PRIVATE",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});

test("a cancellation differs in its method and status alone", () => {
  const lines = (method: "REQUEST" | "CANCEL") =>
    invitationFile({ ...REQUEST, method }).split("\r\n");
  const differing = lines("CANCEL").filter((line, at) => line !== lines("REQUEST")[at]);
  expect(differing).toEqual(["METHOD:CANCEL", "STATUS:CANCELLED"]);
});

test("an organizer's address can be given", () => {
  const file = invitationFile({ ...REQUEST, organizer: "nobody@elsewhere.invalid" });
  expect(file).toContain("mailto:nobody@elsewhere.invalid\r\n");
  expect(file).not.toContain("no-reply@");
});

test("our own reader finds the hold again, and nothing in a cancellation", () => {
  expect(busyOf(invitationFile(REQUEST))).toEqual([{ start: HOLD.start, end: HOLD.end }]);
  expect(busyOf(invitationFile({ ...REQUEST, method: "CANCEL" }))).toEqual([]);
});

test("a feed of any holds is read back as they are, and holds nothing else", () => {
  const aHold = fc
    .record({ day: fc.nat(363), minute: fc.nat(1200), length: fc.integer({ min: 10, max: 120 }) })
    .map(({ day, minute, length }): Hold => {
      const start = Date.UTC(2031, 0, 1 + day, 0, minute);
      return { ...HOLD, uid: `${day}@callroom.invalid`, start, end: start + length * 60_000 };
    });
  fc.assert(
    fc.property(fc.uniqueArray(aHold, { selector: ({ uid }) => uid, maxLength: 30 }), (holds) => {
      const file = feedFile(holds, NOW);
      const times = holds
        .map(({ start, end }) => ({ start, end }))
        .toSorted((a, b) => a.start - b.start);
      expect(busyOf(file)).toEqual(times);
      const names = new Set(file.split("\r\n").map((line) => line.split(/[:;]/)[0]));
      for (const name of names) expect(FEED_LINES).toContain(name);
    }),
  );
});

const FEED_LINES = (
  "BEGIN VERSION PRODID METHOD NAME X-WR-CALNAME REFRESH-INTERVAL X-PUBLISHED-TTL " +
  "UID SEQUENCE DTSTAMP DTSTART DTEND SUMMARY TRANSP STATUS CLASS END "
).split(" ");
