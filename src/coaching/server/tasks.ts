/** Coaching's background work, by the names under which it is put into the queue. */
import type { Tasks } from "#platform/server/jobs.ts";
import { refreshCalendars } from "../booking/server/calendars.ts";
import { remindOfCredentials } from "../directory/server/credential-reminders.ts";
import { remind } from "../booking/server/reminders.ts";
import { dropCancelledBookings, dropExpiredHolds } from "../booking/server/store.ts";
import type { CoachingDeps } from "./deps.ts";

const MINUTE_MS = 60_000;
const THIRTY_DAYS_MS = 30 * 86_400_000;

/** `refresh-calendars` wants to run every twenty minutes, `sweep-bookings` and `remind-of-credentials` once a day. */
export function coachingTasks(deps: CoachingDeps): Tasks {
  return {
    "remind-of-credentials": () => remindOfCredentials(deps),
    remind: (job) => remind(deps, job),
    "refresh-calendars": () => refreshCalendars(deps),
    "sweep-bookings": async () => {
      const now = deps.clock.now();
      // Not the one that somebody confirms in its last second.
      await dropExpiredHolds(deps.db, new Date(now - MINUTE_MS));
      await dropCancelledBookings(deps.db, new Date(now - THIRTY_DAYS_MS));
    },
  };
}
