/** Who may book, see, move and cancel what, and until when. Absent and forbidden are answered alike. */
import type { BookingRow, CoachRow, Side } from "./store.ts";

const HOUR_MS = 3_600_000;

/** A published coach can be booked by every member but themselves. */
export function mayBook(coach: CoachRow, account: string): boolean {
  return coach.state === "published" && coach.account !== account;
}

/** Free times are shown to who may book, to the coach, and, of a coach who pauses, to who has a session to move. */
export function maySeeTimes(
  coach: CoachRow,
  account: string,
  sessions: readonly BookingRow[],
  now: number,
): boolean {
  return (
    coach.state === "published" ||
    coach.account === account ||
    sessions.some((session) => session.end.getTime() > now)
  );
}

/** Null for everybody else, and for the coach while the client is still confirming. */
export function sideOf(booking: BookingRow | null, account: string): Side | null {
  if (booking === null) return null;
  if (booking.client === account) return "client";
  return booking.coach === account && booking.state !== "held" ? "coach" : null;
}

/** A client may move or cancel until the coach's notice as it was when they booked, a coach until the start. */
export function changeableUntil(booking: BookingRow, side: Side): number {
  const start = booking.start.getTime();
  return side === "coach" ? start : start - booking.cancel_notice_hours * HOUR_MS;
}

/** A hold counts until it runs out; what is confirmed counts until it is cancelled. */
export function isTaken(booking: BookingRow, now: number): boolean {
  return (
    booking.state === "confirmed" ||
    (booking.state === "held" && booking.held_until!.getTime() > now)
  );
}

/** A pair has one chemistry call, if the coach gives any; `others` are the pair's confirmed bookings. */
export function mayHaveChemistryCall(coach: CoachRow, others: readonly BookingRow[]): boolean {
  return (
    coach.free_chemistry_call !== false && !others.some((booking) => booking.kind === "chemistry")
  );
}
