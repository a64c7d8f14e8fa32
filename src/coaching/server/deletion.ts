/**
 * Forgetting an account in coaching: who had a session with it is told by letter that the hour is free, and
 * then nothing of it is left. Runs in the transaction that deletes the account everywhere.
 */
import { sendBookingLetters } from "../booking/server/booking-letters.ts";
import { withdrawReminders } from "../booking/server/reminders.ts";
import { lockPersons, takenTimesOf } from "../booking/server/store.ts";
import type { CoachingDeps, CoachingWithin } from "./deps.ts";
import { deleteEverythingOf, tellCoachesChanged, tellTimesChanged } from "./store.ts";

const LETTER = { template: "booking-cancelled" } as const;

/** `within` holds the owner's rights. Call it while the other slices' rows of the account still stand. */
export async function forgetCoaching(
  within: CoachingWithin,
  account: string,
  deps: Pick<CoachingDeps, "clock" | "letterKey" | "addresses" | "origin" | "feedKey">,
): Promise<void> {
  await lockPersons(within, [account]);
  const ahead = await takenTimesOf(within, account, new Date(deps.clock.now()));
  for (const booking of ahead) {
    if (booking.state !== "confirmed") continue;
    const other = booking.coach === account ? booking.client : booking.coach;
    const cancelled = { ...booking, state: "cancelled", sequence: booking.sequence + 1 } as const;
    await sendBookingLetters(within, deps, cancelled, LETTER, [other]);
    await withdrawReminders(within, booking.id);
    await tellTimesChanged(within, [other]);
  }
  await deleteEverythingOf(within, account);
  await tellTimesChanged(within, [account]);
  await tellCoachesChanged(within);
}
