/** Serves the index of coaches, a coach's own profile, and the stewards' checking of it. */
import type { BodyOf } from "#platform/contract.ts";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import { FIRST_RULES } from "../../server/first-rules.ts";
import type { CoachDecision, CoachingDeps } from "../../server/deps.ts";
import { ensureCoachRow, tellCoachesChanged } from "../../server/store.ts";
import * as contract from "../contract.ts";
import type { CoachState } from "../contract.ts";
import { makeCoachIndex } from "./coach-index.ts";
import { mayCoachMove, mayStewardDecide } from "./policy.ts";
import { presentOwnProfile, presentToSteward } from "./present.ts";
import {
  credentialsByCoach,
  hasHours,
  keepProfile,
  keepState,
  keepVerified,
  profileForChange,
  profileOf,
  profilesIn,
  replaceCredentials,
  type CredentialRow,
} from "./store.ts";

export async function directoryRoutes(mounting: Mounting, deps: CoachingDeps): Promise<void> {
  const { db } = deps;
  const index = await makeCoachIndex(deps);

  mount(mounting, contract.readCoaches, async () => ok(await index.read()));

  mount(mounting, contract.readProfile, async (request) => {
    const { account } = callerOf(request);
    const credentials = await credentialsByCoach(db, [account]);
    return ok(presentOwnProfile(await profileOf(db, account), credentials.get(account) ?? []));
  });

  mount(mounting, contract.writeProfile, async (request) => {
    const { account } = callerOf(request);
    const { profile, credentials } = request.body;
    await db.transaction().execute(async (within) => {
      await ensureCoachRow(within, account, FIRST_RULES);
      await profileForChange(within, account);
      const before = (await credentialsByCoach(within, [account])).get(account) ?? [];
      const kept = credentials.map((each) => {
        const same = before.find((row) => isOf(row, each));
        return { ...each, verified: same?.verified ?? false, reminded: same?.reminded ?? null };
      });
      await keepProfile(within, account, profile);
      await replaceCredentials(within, account, kept);
      await tellCoachesChanged(within);
    });
    index.forget();
    return ok({});
  });

  mount(mounting, contract.changeCoachState, async (request) => {
    const { account } = callerOf(request);
    const { to } = request.body;
    const changed = await db.transaction().execute(async (within) => {
      const coach = await profileForChange(within, account);
      const from = coach?.state ?? "draft";
      // An acknowledgement that got lost: the device asks again.
      if (from === to) return ok({});
      if (!mayCoachMove(from, to)) return refuse({ type: "NotFromHere" });
      if (to === "submitted" && !coach?.profile) return refuse({ type: "ProfileMissing" });
      if (to === "submitted" && !(await hasHours(within, account)))
        return refuse({ type: "HoursMissing" });
      await keepState(within, account, {
        state: to,
        ...(to === "submitted" && { returned_because: null }),
      });
      await tellCoachesChanged(within);
      return ok({});
    });
    index.forget();
    return changed;
  });

  mount(mounting, contract.readSubmittedCoaches, async () => {
    const coaches = await profilesIn(db, ["submitted", "published"]);
    const credentials = await credentialsByCoach(
      db,
      coaches.map((coach) => coach.account),
    );
    return ok({
      coaches: coaches.map((coach) =>
        presentToSteward(coach, credentials.get(coach.account) ?? []),
      ),
    });
  });

  mount(mounting, contract.decideCoach, async (request) => {
    const { body } = request;
    const { id } = request.params;
    const decided = await db.transaction().execute(async (within) => {
      const coach = await profileForChange(within, id);
      if (!coach) return refuse({ type: "NotFound" });
      if (!mayStewardDecide(coach.state)) return refuse({ type: "NotWaiting" });
      const credentials = (await credentialsByCoach(within, [id])).get(id) ?? [];
      if (body.decision === "publish") {
        const checked = credentials.filter((row) => body.verified.some((each) => isOf(row, each)));
        if (!body.verified.every((each) => checked.some((row) => isOf(row, each))))
          return refuse({ type: "CredentialsChanged" });
        await keepState(within, id, {
          state: "published",
          kind: body.kind,
          returned_because: null,
        });
        await keepVerified(within, id, checked);
      } else {
        await keepState(within, id, { state: "draft", returned_because: body.reason });
      }
      await tellCoachesChanged(within);
      for (const decision of decisionsOf(coach.state, body, credentials))
        await deps.logDecision(within, decision);
      return ok({});
    });
    index.forget();
    return decided;
  });
}

/** Checked stays checked, and reminded reminded, only while not a letter of it changes. */
function isOf(row: CredentialRow, { granted, number, expires }: contract.DeclaredCredential) {
  return (
    row.body === granted.body &&
    row.level === granted.level &&
    row.number === number &&
    row.expires === expires
  );
}

/** The change of state, and each credential of which a steward now says another thing than before. */
function decisionsOf(
  before: CoachState,
  body: BodyOf<typeof contract.decideCoach>,
  credentials: readonly CredentialRow[],
): CoachDecision[] {
  if (body.decision === "return")
    return [
      before === "published"
        ? { kind: "coach-withdrawn", detail: "published-before" }
        : { kind: "coach-returned", detail: "not-yet-published" },
    ];
  const checked = credentials.flatMap((row): CoachDecision[] => {
    const isNow = body.verified.some((each) => isOf(row, each));
    if (isNow === row.verified) return [];
    return [{ kind: "credential-checked", detail: isNow ? "confirmed" : "no-longer-confirmed" }];
  });
  return before === "published"
    ? checked
    : [{ kind: "coach-published", detail: body.kind }, ...checked];
}
