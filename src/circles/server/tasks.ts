/** The circles' background work: once a day each, for everybody, never because of what somebody did. */
import type { Tasks } from "#platform/server/jobs.ts";
import { today, type CirclesDeps } from "./deps.ts";
import { formNow } from "./forming.ts";
import { tellDecisions } from "./judging.ts";
import { mergeCircles } from "./merging.ts";
import { dropEmptyCircles } from "./merging-store.ts";
import { dropEndedPseudonyms } from "./seat-store.ts";
import { dropOldOffers } from "./waiting-store.ts";
import { dropOldProofs, dropStampKeys } from "./thread-store.ts";

export function circlesTasks(deps: CirclesDeps): Tasks {
  const { db, clock } = deps;
  return {
    "form-circles": async () => {
      await mergeCircles(deps);
      await formNow(deps);
    },
    "sweep-circles": async () => {
      await tellDecisions(deps);
      await dropOldProofs(db, today(clock));
      await dropStampKeys(db, today(clock));
      await dropOldOffers(db, today(clock));
      await dropEmptyCircles(db, today(clock));
      await dropEndedPseudonyms(db, today(clock));
    },
  };
}
