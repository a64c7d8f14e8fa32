/** Mounts coaching: directory, booking and space. */
import type { Mounting } from "#platform/server/http.ts";
import { bookingSliceRoutes } from "../booking/server/routes.ts";
import { directoryRoutes } from "../directory/server/routes.ts";
import { spaceRoutes } from "../space/server/routes.ts";
import type { CoachingDeps } from "./deps.ts";

/** Resolves when this node hears of changes that others make. */
export async function coachingRoutes(mounting: Mounting, deps: CoachingDeps): Promise<void> {
  await directoryRoutes(mounting, deps);
  await bookingSliceRoutes(mounting, deps);
  spaceRoutes(mounting, deps);
}
