/** Serves who agrees that their small circle merges, and who takes it back. */
import { ok, refuse } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { agreeToMerge, disagreeToMerge } from "../merging-contract.ts";
import { today, type CirclesDeps } from "./deps.ts";
import { keyedEmployer } from "./employer.ts";
import { dropAgreement, keepAgreement } from "./merging-store.ts";
import { maySpeak } from "./policy.ts";
import { placeOf } from "./seat-store.ts";
import { visitorOf } from "./visits.ts";

export function agreeingRoutes(mounting: Mounting, deps: CirclesDeps): void {
  const { db, clock } = deps;

  mount(mounting, agreeToMerge, async (request) => {
    const { circle, blocks, employer } = request.body;
    const visitor = await visitorOf(deps, request);
    if (!visitor.ok) return visitor;
    const { key: pseudonym, begins_until: beginsUntil } = visitor.value;
    const place = await placeOf(db, pseudonym);
    if (!place || !maySpeak(place) || place.circle !== circle) return refuse({ type: "NoSeat" });
    // A new circle's log shows badges that may begin something.
    if (beginsUntil < today(clock)) return refuse({ type: "BadgeEnded" });
    const isKept = await keepAgreement(db, circle, {
      pseudonym,
      blocks: blocks.toSorted((one, other) => one - other),
      employer: keyedEmployer(deps, employer),
    });
    return isKept ? ok({}) : refuse({ type: "CannotMerge" });
  });

  mount(mounting, disagreeToMerge, async (request) => {
    const visitor = await visitorOf(deps, request);
    if (!visitor.ok) return visitor;
    await dropAgreement(db, visitor.value.key);
    return ok({});
  });
}
