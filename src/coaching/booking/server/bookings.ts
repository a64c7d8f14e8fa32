/**
 * Confirming, moving and cancelling. Each happens once, with its letters, reminders and the pair's space in
 * the same transaction: either all of it is so, or none.
 */
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { CoachingDeps, CoachingWithin } from "../../server/deps.ts";
import { personsById, tellTimesChanged } from "../../server/store.ts";
import { ensureSpace, spacesOfMember } from "../../space/server/store.ts";
import { cancelBooking, confirmBooking, moveBooking, readBookings } from "../contract.ts";
import { isOpening } from "../openings.ts";
import { sendBookingLetters, type BookingLetter } from "./booking-letters.ts";
import { calendarOf, readCoach, type CoachTimes } from "./coach-times.ts";
import { hasOtherPlans, refuseCollision } from "./holds.ts";
import { changeableUntil, isTaken, sideOf } from "./policy.ts";
import { presentBooking } from "./present.ts";
import { scheduleReminders, withdrawReminders } from "./reminders.ts";
import {
  bookingById,
  bookingsOf,
  cancelBookingRow,
  confirmHold,
  hasAgreed,
  moveBookingRow,
  type BookingRow,
} from "./store.ts";
import { inTurn } from "./turns.ts";

const THIRTY_DAYS_MS = 30 * 86_400_000;

export function bookingRoutes(mounting: Mounting, deps: CoachingDeps, times: CoachTimes): void {
  const { db, clock } = deps;

  mount(mounting, readBookings, async (request) => {
    const { account } = callerOf(request);
    const found = await bookingsOf(db, account, new Date(clock.now() - THIRTY_DAYS_MS));
    return ok({ bookings: await present(deps, found, account) });
  });

  mount(mounting, confirmBooking, async (request) => {
    const { account } = callerOf(request);
    const id = request.body.hold;
    const hold = await bookingById(db, id);
    // A hold that ran out may be gone; somebody else's is answered like it.
    if (sideOf(hold, account) !== "client") return refuse({ type: "HoldExpired" });
    const confirmed = await inTurn(db, personsIn(hold!), async (within) => {
      const now = clock.now();
      const booking = await bookingById(within, id);
      if (!booking) return refuse({ type: "HoldExpired" });
      if (booking.state !== "held") return ok(booking);
      if (!isTaken(booking, now)) return refuse({ type: "HoldExpired" });
      if (!(await hasAgreed(within, account, booking.coach, deps.agreementVersion)))
        return refuse({ type: "AgreementNeeded" });
      await confirmHold(within, id);
      await ensureSpace(within, booking.coach, booking.client);
      return ok(await tell(within, deps, id, { template: "booking-held" }));
    });
    return confirmed.ok ? answer(deps, times, confirmed.value, account) : confirmed;
  });

  mount(mounting, moveBooking, async (request) => {
    const { account } = callerOf(request);
    const { id } = request.params;
    const before = await bookingById(db, id);
    if (!before || before.state === "held" || sideOf(before, account) === null)
      return refuse({ type: "NotFound" });
    const start = new Date(request.body.start * 60_000);
    const moved = await inTurn(db, personsIn(before), async (within) => {
      const now = clock.now();
      const booking = await bookingById(within, id);
      const side = sideOf(booking, account);
      if (!booking || side === null) return refuse({ type: "NotFound" });
      if (booking.state === "cancelled") return refuse({ type: "AlreadyCancelled" });
      // An acknowledgement that got lost: the device asks again.
      if (booking.start.getTime() === start.getTime()) return ok(booking);
      if (changeableUntil(booking, side) <= now) return refuse({ type: "TooLate" });
      const known = await readCoach(within, booking.coach, now);
      if (!known) return refuse({ type: "NotFound" });
      const length = known.coach.rules.lengthMinutes[booking.kind];
      const end = new Date(start.getTime() + length * 60_000);
      const asked = { kind: booking.kind, startMs: start.getTime(), nowMs: now };
      const clientIsTaken = await hasOtherPlans(within, booking.client, start, end, now, id);
      if (clientIsTaken && side === "client") return refuse({ type: "OwnHour" });
      // A coach isn't told what else the client has planned.
      if (clientIsTaken || !isOpening(calendarOf(known, now, id), asked))
        return refuse({ type: "SlotTaken" });
      await moveBookingRow(within, id, start, end);
      return ok(await tell(within, deps, id, { template: "booking-moved", before: booking.start }));
    }).catch(refuseCollision);
    return moved.ok ? answer(deps, times, moved.value, account) : moved;
  });

  mount(mounting, cancelBooking, async (request) => {
    const { account } = callerOf(request);
    const { id } = request.params;
    const before = await bookingById(db, id);
    if (!before || before.state === "held" || sideOf(before, account) === null)
      return refuse({ type: "NotFound" });
    const cancelled = await inTurn(db, personsIn(before), async (within) => {
      const booking = await bookingById(within, id);
      const side = sideOf(booking, account);
      if (!booking || side === null) return refuse({ type: "NotFound" });
      if (booking.state === "cancelled") return ok(booking);
      if (changeableUntil(booking, side) <= clock.now()) return refuse({ type: "TooLate" });
      await cancelBookingRow(within, id, side);
      return ok(await tell(within, deps, id, { template: "booking-cancelled" }));
    });
    return cancelled.ok ? answer(deps, times, cancelled.value, account) : cancelled;
  });
}

const personsIn = (booking: BookingRow) => [booking.coach, booking.client];

/** What follows from a change, in its transaction: letters to both, reminders, word to the other nodes. */
async function tell(
  within: CoachingWithin,
  deps: CoachingDeps,
  id: string,
  letter: BookingLetter,
): Promise<BookingRow> {
  const booking = (await bookingById(within, id))!;
  await sendBookingLetters(within, deps, booking, letter, personsIn(booking));
  await withdrawReminders(within, id);
  if (booking.state === "confirmed") await scheduleReminders(within, booking, deps.clock.now());
  await tellTimesChanged(within, personsIn(booking));
  return booking;
}

async function answer(deps: CoachingDeps, times: CoachTimes, changed: BookingRow, account: string) {
  times.forget(personsIn(changed));
  const [booking] = await present(deps, [changed], account);
  return booking ? ok({ booking }) : refuse({ type: "NotFound" });
}

/** One of the two may have deleted their account in this moment: then there is nothing to show. */
async function present(deps: CoachingDeps, rows: readonly BookingRow[], account: string) {
  const persons = await personsById(deps.db, rows.flatMap(personsIn));
  const spaces = rows.length === 0 ? [] : await spacesOfMember(deps.db, account);
  return rows.flatMap((row) => {
    const side = row.client === account ? "client" : "coach";
    const other = persons.get(side === "client" ? row.coach : row.client);
    const space = spaces.find(({ coach, client }) => coach === row.coach && client === row.client);
    return other ? [presentBooking(row, side, other, space?.id ?? null)] : [];
  });
}
