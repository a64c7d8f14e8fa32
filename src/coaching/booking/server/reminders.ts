/**
 * Reminders a day and an hour before, as jobs with a key each: moving a booking replaces them, cancelling
 * withdraws them. A job carries the booking's id and start, no person.
 */
import type { Job } from "#platform/server/jobs.ts";
import { enqueue, withdrawJob } from "#platform/server/db.ts";
import type { CoachingDeps, CoachingWithin } from "../../server/deps.ts";
import { sendBookingLetters } from "./booking-letters.ts";
import { bookingById, type BookingRow } from "./store.ts";

const HOURS_BEFORE = [24, 1] as const;
const HOUR_MS = 3_600_000;

export async function scheduleReminders(
  within: CoachingWithin,
  booking: BookingRow,
  now: number,
): Promise<void> {
  const start = booking.start.getTime();
  for (const hours of HOURS_BEFORE) {
    const runAt = start - hours * HOUR_MS;
    // Who books for tomorrow at noon today has just been told.
    if (runAt <= now) continue;
    const job = { booking: booking.id, start };
    await enqueue(within, "remind", job, { runAt, key: keyOf(booking.id, hours) });
  }
}

export async function withdrawReminders(within: CoachingWithin, booking: string): Promise<void> {
  for (const hours of HOURS_BEFORE) await withdrawJob(within, keyOf(booking, hours));
}

const keyOf = (booking: string, hours: number): string => `remind ${hours} ${booking}`;

export async function remind(deps: CoachingDeps, { payload }: Job): Promise<void> {
  const { booking: id, start } = payload as { booking: string; start: number };
  await deps.db.transaction().execute(async (within) => {
    const booking = await bookingById(within, id);
    const isStillSo = booking?.state === "confirmed" && booking.start.getTime() === start;
    if (!isStillSo || start <= deps.clock.now()) return;
    const both = [booking.coach, booking.client];
    await sendBookingLetters(within, deps, booking, { template: "reminder" }, both);
  });
}
