/**
 * What is done to both databases at times that no act has chosen: every twenty minutes they forget when things
 * happened, and once a night, each at a minute that nobody knows, in which order.
 */
import { randomInt } from "node:crypto";
import type { Kysely } from "kysely";
import type { Clock } from "#platform/clock.ts";
import { enqueue, type NamedCluster, type NamelessCluster } from "#platform/server/db.ts";
import type { Tasks } from "#platform/server/jobs.ts";
import type { Log } from "#platform/server/log.ts";
import { forgetOrder, forgetTimes } from "#platform/server/shuffle.ts";
import type { NamelessKeys } from "#pass/server/nameless-keys.ts";
import { today } from "#identity/server/deps.ts";

export interface NightDeps {
  /** Puts into the queue, which lies on the named side. */
  readonly queue: Kysely<never>;
  readonly named: NamedCluster;
  readonly nameless: NamelessCluster;
  readonly keys: Pick<NamelessKeys, "forget">;
  readonly clock: Clock;
  readonly log: Log;
}

const THREE_HOURS_MS = 3 * 3600_000;

/** `plan-nights` wants to run once a day, `forget-times` every twenty minutes. */
export function nights({ queue, named, nameless, keys, clock, log }: NightDeps): Tasks {
  const since = { named: null as string | null, nameless: null as string | null };
  const forgetTimesOf = async ({ name, owner }: NamedCluster | NamelessCluster) => {
    since[name] = await forgetTimes(owner, since[name]);
  };
  return {
    "plan-nights": async () => {
      for (const night of ["named-night", "nameless-night"])
        await enqueue(
          queue,
          night,
          {},
          { runAt: clock.now() + randomInt(THREE_HOURS_MS), key: night },
        );
    },
    "named-night": () => forgetOrder(named, log),
    "nameless-night": async () => {
      await keys.forget(today(clock));
      await forgetOrder(nameless, log);
    },
    // One that can't be reached keeps the other from nothing.
    "forget-times": async () => {
      await Promise.all([forgetTimesOf(named), forgetTimesOf(nameless)]);
    },
  };
}
