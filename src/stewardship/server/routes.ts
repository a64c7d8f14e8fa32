/** Serves the stewards. The contract lets nobody else in; no handler here asks who used what. */
import { ok } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { readFailedJobs, retryAllFailedJobs, retryFailedJob } from "../contract.ts";
import type { StewardshipDeps } from "./deps.ts";
import { invitingRoutes } from "./inviting.ts";
import { presentFailedJob } from "./present.ts";
import { rosterRoutes } from "./rosters.ts";
import { stewardKeyRoutes } from "./steward-keys.ts";
import { countJobs, failedJobs, letJobGo, retryJobs } from "./store.ts";
import { verificationRoutes } from "./verifications.ts";

export function stewardshipRoutes(mounting: Mounting, deps: StewardshipDeps): void {
  invitingRoutes(mounting, deps);
  rosterRoutes(mounting, deps);
  verificationRoutes(mounting, deps);
  stewardKeyRoutes(mounting, deps);
  failedJobRoutes(mounting, deps);
}

function failedJobRoutes(mounting: Mounting, { queue }: StewardshipDeps): void {
  mount(mounting, readFailedJobs, async () => {
    const found = await failedJobs(queue);
    const { failed, waiting } = await countJobs(queue);
    return ok({ jobs: found.map(presentFailedJob), failed, waiting });
  });

  mount(mounting, retryFailedJob, async ({ params, body }) => {
    if (body.act === "retry") await retryJobs(queue, params.id);
    else await letJobGo(queue, params.id);
    return ok({});
  });

  mount(mounting, retryAllFailedJobs, async () => {
    await retryJobs(queue, null);
    return ok({});
  });
}
