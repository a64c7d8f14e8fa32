/** Which agreement a client has accepted with which coach. Without the current one nothing is confirmed. */
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import { today, type CoachingDeps } from "../../server/deps.ts";
import { acceptAgreement, readAgreements } from "../contract.ts";
import { maySeeTimes } from "./policy.ts";
import { presentAgreement } from "./present.ts";
import { agreementsOf, bookingsOfPair, coachById, keepAgreement } from "./store.ts";

export function agreementRoutes(mounting: Mounting, deps: CoachingDeps): void {
  const { db, clock, agreementVersion } = deps;

  mount(mounting, readAgreements, async (request) => {
    const accepted = await agreementsOf(db, callerOf(request).account);
    return ok({ current: agreementVersion, accepted: accepted.map(presentAgreement) });
  });

  mount(mounting, acceptAgreement, async (request) => {
    const { account: client } = callerOf(request);
    const { coach: coachId, version } = request.body;
    const coach = await coachById(db, coachId);
    const sessions = await bookingsOfPair(db, coachId, client);
    if (!coach || coachId === client || !maySeeTimes(coach, client, sessions, clock.now()))
      return refuse({ type: "NotFound" });
    if (version !== agreementVersion) return refuse({ type: "VersionOutdated" });
    await keepAgreement(db, { client, coach: coachId, version, acceptedOn: today(clock) });
    return ok({});
  });
}
