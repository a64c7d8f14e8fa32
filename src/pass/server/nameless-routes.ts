/** What the nameless side answers about passes: its own head of the key log, and challenges. */
import { bytesToBase64url } from "#platform/bytes.ts";
import type { Clock } from "#platform/clock.ts";
import { ok } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import type { Community } from "../challenge.ts";
import { makeChallenge, readNamelessKeys } from "../contract.ts";
import { headOf } from "../key-log.ts";
import { isAccepted } from "../period.ts";
import type { Challenges } from "./challenges.ts";
import { useOf, type CurrentLog } from "./nameless-origin.ts";

export interface NamelessPassDeps {
  readonly currentLog: CurrentLog;
  readonly challenges: Challenges;
  readonly clock: Clock;
  readonly community: Community;
}

export function namelessPassRoutes(
  mounting: Mounting,
  { currentLog, challenges, clock, community }: NamelessPassDeps,
): void {
  mount(mounting, readNamelessKeys, async () => {
    const { log, states } = await currentLog();
    const { length, hash } = headOf(log);
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    const crowds = log.keys.flatMap(({ period }, at) => {
      const { purpose, name } = period;
      const state = states[at]!;
      const open = useOf(state) === "begins";
      return isAccepted(period, today) ? [{ purpose, name, holders: state.holders, open }] : [];
    });
    return ok({ community, length, hash: bytesToBase64url(hash), crowds });
  });

  mount(mounting, makeChallenge, async () =>
    ok({ challenge: bytesToBase64url(await challenges.make()) }),
  );
}
