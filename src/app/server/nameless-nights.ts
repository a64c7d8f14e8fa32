/**
 * What is done to the nameless database at times that no act has chosen: every twenty minutes it forgets when
 * things happened, and once a night, nobody knows at which minute, in which order.
 */
import { randomInt } from "node:crypto";
import type { Kysely } from "kysely";
import type { Clock } from "#platform/clock.ts";
import { enqueue, type NamelessCluster } from "#platform/server/db.ts";
import type { Tasks } from "#platform/server/jobs.ts";
import type { Log } from "#platform/server/log.ts";
import { forgetOrder, forgetTimes } from "#platform/server/shuffle.ts";
import type { NamelessKeys } from "#pass/server/nameless-keys.ts";
import { today } from "#identity/server/deps.ts";

export interface NightDeps {
  /** Puts into the queue, which lies on the named side. */
  readonly queue: Kysely<never>;
  readonly nameless: NamelessCluster;
  readonly keys: Pick<NamelessKeys, "forget">;
  readonly clock: Clock;
  readonly log: Log;
}

const THREE_HOURS_MS = 3 * 3600_000;

/** `plan-nameless-night` wants to run once a day, `forget-nameless-times` every twenty minutes. */
export function namelessNights({ queue, nameless, keys, clock, log }: NightDeps): Tasks {
  let since: string | null = null;
  return {
    "plan-nameless-night": () =>
      enqueue(
        queue,
        "nameless-night",
        {},
        { runAt: clock.now() + randomInt(THREE_HOURS_MS), key: "nameless-night" },
      ),
    "nameless-night": async () => {
      await keys.forget(today(clock));
      await forgetOrder(nameless.owner, log);
    },
    "forget-nameless-times": async () => {
      since = await forgetTimes(nameless.owner, since);
    },
  };
}
