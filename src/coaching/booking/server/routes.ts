/** Mounts booking's routes; they share what this node remembers of coaches' times. */
import type { Mounting } from "#platform/server/http.ts";
import type { CoachingDeps } from "../../server/deps.ts";
import { agreementRoutes } from "./agreements.ts";
import { bookingRoutes } from "./bookings.ts";
import { calendarRoutes } from "./calendars.ts";
import { makeCoachTimes } from "./coach-times.ts";
import { feedRoutes } from "./feed.ts";
import { holdRoutes } from "./holds.ts";
import { hourRoutes } from "./hours.ts";

export async function bookingSliceRoutes(mounting: Mounting, deps: CoachingDeps): Promise<void> {
  const times = await makeCoachTimes(deps);
  hourRoutes(mounting, deps, times);
  calendarRoutes(mounting, deps, times);
  holdRoutes(mounting, deps, times);
  agreementRoutes(mounting, deps);
  bookingRoutes(mounting, deps, times);
  feedRoutes(mounting, deps);
}
