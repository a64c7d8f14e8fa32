/** Free times, and holding one for five minutes while the person confirms. What is held is held for one. */
import { randomUUID } from "node:crypto";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { CoachingDeps, CoachingWithin } from "../../server/deps.ts";
import { personsById, tellTimesChanged } from "../../server/store.ts";
import { dropHold, holdSlot, readSlots } from "../contract.ts";
import { findOpenings, isOpening } from "../openings.ts";
import { calendarOf, readCoach, type CoachTimes } from "./coach-times.ts";
import { isTaken, mayBook, mayHaveChemistryCall, maySeeTimes } from "./policy.ts";
import { presentHold, presentSlots } from "./present.ts";
import {
  bookingsOfPair,
  dropExpiredHolds,
  dropHoldRow,
  holdOf,
  keepHold,
  prolongHold,
  takenTimesOf,
  type BookingRow,
} from "./store.ts";
import { collision, inTurn } from "./turns.ts";

const HELD_FOR_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

export function holdRoutes(mounting: Mounting, deps: CoachingDeps, times: CoachTimes): void {
  const { db, clock } = deps;

  mount(mounting, readSlots, async (request) => {
    const { account } = callerOf(request);
    const { kind, from, days } = request.query;
    const known = await times.of(request.params.coach);
    if (known === null) return refuse({ type: "NotFound" });
    const now = clock.now();
    const asked = needsSessions(known.coach.state, kind);
    const sessions = asked ? await bookingsOfPair(db, request.params.coach, account) : [];
    if (!maySeeTimes(known.coach, account, sessions, now)) return refuse({ type: "NotFound" });
    // A chemistry call still to come can be moved, so its times are shown.
    const past = sessions.filter((session) => session.end.getTime() <= now);
    if (kind === "chemistry" && !mayHaveChemistryCall(known.coach, past))
      return ok(presentSlots(known, kind, new Int32Array(0)));
    const fromMs = from * 60_000;
    const search = { kind, fromMs, toMs: fromMs + days * DAY_MS, nowMs: now };
    return ok(presentSlots(known, kind, findOpenings(calendarOf(known, now), search)));
  });

  mount(mounting, holdSlot, async (request) => {
    const { account: client } = callerOf(request);
    const { coach, kind } = request.body;
    const start = new Date(request.body.start * 60_000);
    const held = await inTurn(db, [coach, client], async (within) => {
      const now = clock.now();
      const heldUntil = new Date(now + HELD_FOR_MS);
      const earlier = await holdOf(within, client);
      if (earlier && isTaken(earlier, now) && isSameHold(earlier, coach, kind, start)) {
        await prolongHold(within, earlier.id, heldUntil);
        await tellTimesChanged(within, [coach, client]);
        return ok({ id: earlier.id, heldUntil, freed: null });
      }
      if (earlier) await dropHoldRow(within, client, earlier.id);
      await dropExpiredHolds(within, new Date(now), coach);
      const known = await readCoach(within, coach, now);
      if (!(await personsById(within, [client])).has(client))
        return refuse({ type: "NotSignedIn" });
      if (!known || !mayBook(known.coach, client)) return refuse({ type: "NotFound" });
      const { rules, cancel_notice_hours } = known.coach;
      const end = new Date(start.getTime() + rules.lengthMinutes[kind] * 60_000);
      if (await hasOtherPlans(within, client, start, end, now)) return refuse({ type: "OwnHour" });
      if (kind === "chemistry") {
        const others = await bookingsOfPair(within, coach, client);
        if (!mayHaveChemistryCall(known.coach, others)) return refuse({ type: "SlotTaken" });
      }
      const asked = { kind, startMs: start.getTime(), nowMs: now };
      if (!isOpening(calendarOf(known, now), asked)) return refuse({ type: "SlotTaken" });
      const id = randomUUID();
      await keepHold(within, {
        id,
        coach,
        client,
        start,
        end,
        kind,
        heldUntil,
        cancelNoticeHours: cancel_notice_hours,
      });
      const freed = earlier && earlier.coach !== coach ? earlier.coach : null;
      await tellTimesChanged(within, freed ? [coach, client, freed] : [coach, client]);
      return ok({ id, heldUntil, freed });
    }).catch(refuseCollision);
    if (!held.ok) return held;
    const { freed } = held.value;
    times.forget(freed ? [coach, client, freed] : [coach, client]);
    return ok(presentHold(held.value));
  });

  mount(mounting, dropHold, async (request) => {
    const { account } = callerOf(request);
    const dropped = await inTurn(db, [account], async (within) => {
      const coach = await dropHoldRow(within, account, request.params.id);
      if (coach !== null) await tellTimesChanged(within, [coach, account]);
      return ok(coach);
    });
    if (dropped.ok && dropped.value !== null) times.forget([dropped.value, account]);
    return ok({});
  });
}

// Most searches are for sessions with a published coach, and need nothing about the pair.
function needsSessions(state: string, kind: "chemistry" | "session"): boolean {
  return state !== "published" || kind === "chemistry";
}

function isSameHold(hold: BookingRow, coach: string, kind: string, start: Date): boolean {
  return hold.coach === coach && hold.kind === kind && hold.start.getTime() === start.getTime();
}

/** Whether a person is promised elsewhere in that hour, as client or as coach. */
export async function hasOtherPlans(
  within: CoachingWithin,
  account: string,
  start: Date,
  end: Date,
  now: number,
  without?: string,
): Promise<boolean> {
  const taken = await takenTimesOf(within, account, start);
  return taken.some(
    (booking) => booking.id !== without && booking.start < end && isTaken(booking, now),
  );
}

/** The constraints' word, where something came between in spite of turns. */
export function refuseCollision(error: unknown) {
  return collision(error) === "client"
    ? refuse({ type: "OwnHour" as const })
    : refuse({ type: "SlotTaken" as const });
}
