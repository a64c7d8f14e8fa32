/** A coach as they are: hours with a break, a full calendar of their own, and sessions booked already. */
import { addCalendar, writeHours } from "#coaching/booking/contract.ts";
import { addCoach, agree, book, freeStarts, openHours } from "../../proofs/community.ts";
import { ask, must, type Member } from "../../proofs/member.ts";
import type { LoadMember } from "./members.ts";

const WEEKDAYS = [1, 2, 3, 4, 5];
const MEETINGS = 200;
const BOOKINGS = 12;

export async function makeBusyCoach(
  steward: Member,
  clients: readonly LoadMember[],
): Promise<Member> {
  const coach = await addCoach(steward, "Busy Coach");
  const { origin, cookie } = coach;
  const weekly = WEEKDAYS.flatMap((day) => [
    { day, start: 8 * 60, end: 12 * 60 },
    { day, start: 13 * 60, end: 18 * 60 },
  ]);
  await must(ask(origin, writeHours, { cookie, body: { ...openHours, weekly } }));
  const body = { kind: "upload", label: "Clinic", text: calendar() } as const;
  await must(ask(origin, addCalendar, { cookie, body }));

  for (const client of clients.slice(0, BOOKINGS)) {
    const member = { ...coach, ...client };
    await agree(member, coach);
    const starts = await freeStarts(member, coach, 28);
    const start = starts[Math.floor(starts.length / 3)]!;
    const booked = await book(member, coach, start);
    if ("refused" in booked) throw new Error(`A booking was refused: ${booked.refused}`);
  }
  return coach;
}

/** A weekly meeting, and many single ones spread over the next ten weeks. */
function calendar(): string {
  const monday = nextMonday();
  const day = 86_400_000;
  const events = Array.from({ length: MEETINGS }, (_, nth) => {
    const start = monday + (nth % 70) * day + (14 + ((nth * 37) % 9)) * 3_600_000;
    return event(`single-${nth}`, start, start + 25 * 60_000, "");
  });
  const weekly = event("weekly", monday + 13 * 3_600_000, monday + 14 * 3_600_000, "FREQ=WEEKLY");
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Callroom//bench//EN", ...events, weekly]
    .concat("END:VCALENDAR", "")
    .join("\r\n");
}

function event(uid: string, start: number, end: number, rule: string): string {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}@bench.invalid`,
    `DTSTAMP:${utc(start)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    ...(rule === "" ? [] : [`RRULE:${rule}`]),
    "SUMMARY:Clinic",
    "END:VEVENT",
  ].join("\r\n");
}

const utc = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, "");

function nextMonday(): number {
  const now = new Date();
  return Date.UTC(
    now.getUTCFullYear(),
    now.getUTCMonth(),
    now.getUTCDate() + 8 - (now.getUTCDay() || 7),
  );
}
