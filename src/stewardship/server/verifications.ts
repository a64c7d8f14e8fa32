/**
 * The stewards' queue: who waits, what speaks for them, and the decision, which destroys the document and all
 * of the claim but the licence, is logged without a name, and is told by a letter that says nothing.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import { enqueueLetter } from "#platform/server/letters.ts";
import { quarterOf } from "#identity/licence.ts";
import { withoutName } from "#identity/server/claims.ts";
import { openQuarter, takeLicence } from "#identity/server/licence-quarters.ts";
import {
  askingForChange,
  countVouches,
  dropArrival,
  holdersByMark,
  keepDecision,
  takeTurn,
  verificationOf,
} from "#identity/server/verification-store.ts";
import { isReady, type RefusalReason } from "#identity/verification.ts";
import type { Decision } from "../decision-log.ts";
import { readDecisions } from "../logs-contract.ts";
import * as contract from "../verification-contract.ts";
import { decisionsAfter, lastDecision, logDecision, takeDecidingTurn } from "./decision-store.ts";
import type { StewardshipDeps } from "./deps.ts";
import { documentRoutes } from "./documents.ts";
import { mayDecideAbout } from "./policy.ts";
import {
  presentDecision,
  presentInstitution,
  presentVerification,
  presentVerified,
  presentWaitingRoster,
} from "./present.ts";
import {
  addressOf,
  allInstitutions,
  askingsOfRoster,
  countWaiting,
  destroyDocument,
  dropInstitutionRow,
  hasRegistry,
  institutionName,
  keepInstitution,
  registryByNpi,
  verifiedByName,
  waitingRosters,
  waitingVerifications,
} from "./queue-store.ts";
import type { StewardshipWithin } from "./store.ts";

export function verificationRoutes(mounting: Mounting, deps: StewardshipDeps): void {
  const { db } = deps;
  documentRoutes(mounting, deps);

  mount(mounting, contract.readVerifications, async (request) =>
    ok(await readQueue(deps, callerOf(request).account)),
  );

  mount(mounting, contract.decideVerification, async (request) => {
    const steward = callerOf(request).account;
    const { body } = request;
    return db.transaction().execute(async (within) => {
      await takeDecidingTurn(within);
      const refused = body.decision === "refuse" ? body.reason : null;
      const decided = await decide(within, deps, steward, request.params.id, refused);
      if (!decided.ok) return decided;
      await logDecision(within, deps.clock, decided.value);
      return ok({});
    });
  });

  mount(mounting, contract.approveRoster, async (request) => {
    const steward = callerOf(request).account;
    const roster = request.params.id;
    return db.transaction().execute(async (within) => {
      await takeDecidingTurn(within);
      let approved = 0;
      for (const asking of await askingsOfRoster(within, roster, steward))
        if ((await decide(within, deps, steward, asking, null)).ok) approved += 1;
      if (approved > 0)
        await logDecision(within, deps.clock, { kind: "verification-approved", detail: "roster" });
      const waiting = (await waitingRosters(within)).find(({ id }) => id === roster);
      return ok({ approved, left: waiting?.waiting ?? 0 });
    });
  });

  mount(mounting, contract.findVerified, async ({ query }) => {
    const found = await verifiedByName(db, query.name);
    return ok({ accounts: found.map(presentVerified) });
  });

  mount(mounting, contract.withdrawVerification, async (request) => {
    const account = request.params.id;
    if (!mayDecideAbout(account, callerOf(request).account)) return refuse({ type: "OwnAsking" });
    return db.transaction().execute(async (within) => {
      await takeDecidingTurn(within);
      await takeTurn(within, account);
      const verification = await verificationOf(within, account);
      if (verification?.state !== "verified") return refuse({ type: "NotFound" });
      const { reason } = request.body;
      await keepDecision(within, account, { state: "refused", reason });
      await tell(within, deps, account);
      await logDecision(within, deps.clock, { kind: "verification-withdrawn", detail: reason });
      return ok({});
    });
  });

  mount(mounting, contract.readInstitutions, async () => {
    const institutions = await allInstitutions(db);
    return ok({ institutions: institutions.map(presentInstitution) });
  });

  mount(mounting, contract.addInstitution, ({ body }) =>
    db.transaction().execute(async (within) => {
      await takeDecidingTurn(within);
      const before = await institutionName(within, body.domain);
      if (before === body.name) return ok({});
      await keepInstitution(within, body);
      const detail = before === null ? "listed" : "renamed";
      await logDecision(within, deps.clock, { kind: "institution", detail });
      return ok({});
    }),
  );

  mount(mounting, contract.dropInstitution, ({ params }) =>
    db.transaction().execute(async (within) => {
      await takeDecidingTurn(within);
      if (await dropInstitutionRow(within, params.domain))
        await logDecision(within, deps.clock, { kind: "institution", detail: "removed" });
      return ok({});
    }),
  );

  mount(mounting, readDecisions, async ({ query }) => {
    const found = await decisionsAfter(db, query.after);
    return ok({ decisions: found.map(presentDecision), last: await lastDecision(db) });
  });
}

async function readQueue({ db, claims, clock }: StewardshipDeps, steward: string) {
  const rows = await waitingVerifications(db);
  const quarter = quarterOf(clock.now());
  const secret = await db.transaction().execute((within) => openQuarter(within, claims, quarter));
  const askings = rows.map((row) => {
    const claim = claims.open(row.claim_sealed);
    return { row, claim, mark: claims.mark(secret, claim) };
  });
  const marks = askings.map(({ mark }) => mark);
  const holders = await holdersByMark(db, quarter, marks);
  const isRegistryThere = await hasRegistry(db);
  const npis = askings.flatMap(({ claim }) =>
    claim.of === "physician" && claim.licence.country === "US" ? [claim.licence.number] : [],
  );
  const registered = await registryByNpi(db, isRegistryThere ? npis : []);
  return {
    verifications: askings.map(({ row, claim, mark }) => {
      const holder = holders.get(mark.toString("hex"));
      const npi = claim.of === "physician" ? claim.licence.number : "";
      return presentVerification(row, {
        claim,
        licenceInUse: holder !== undefined && holder !== row.account,
        registered: isRegistryThere && npis.includes(npi) ? registered.get(npi) : null,
        own: !mayDecideAbout(row.account, steward),
      });
    }),
    waiting: await countWaiting(db),
    rosters: (await waitingRosters(db)).map(presentWaitingRoster),
    hasRegistry: isRegistryThere,
  };
}

/** `reason` null approves. What was decided is for the caller to log. */
async function decide(
  within: StewardshipWithin,
  deps: StewardshipDeps,
  steward: string,
  asking: string,
  reason: RefusalReason | null,
): Promise<Result<Decision, { type: "NotWaiting" | "OwnAsking" | "LicenceInUse" }>> {
  const row = await askingForChange(within, asking);
  if (row?.state !== "asked" || row.claim_sealed === null) return refuse({ type: "NotWaiting" });
  const { account, way } = row;
  if (!mayDecideAbout(account, steward)) return refuse({ type: "OwnAsking" });
  if (!isReady(way, await countVouches(within, account))) return refuse({ type: "NotWaiting" });
  if (reason !== null) {
    await keepDecision(within, account, { state: "refused", reason });
    await destroyDocument(within, asking);
    // Any other reason leaves the roster as it was: they may ask by it again.
    if (reason === "not-on-roster") await dropArrival(within, account);
    await tell(within, deps, account);
    return ok({ kind: "verification-refused", detail: reason });
  }
  const { claims, clock } = deps;
  const taken = { account, claimSealed: row.claim_sealed };
  if (!(await takeLicence(within, claims, clock.now(), taken)))
    return refuse({ type: "LicenceInUse" });
  const claimSealed = claims.seal(withoutName(claims.open(row.claim_sealed)));
  await keepDecision(within, account, { state: "verified", claimSealed });
  await destroyDocument(within, asking);
  await dropArrival(within, account);
  await tell(within, deps, account);
  return ok({ kind: "verification-approved", detail: way });
}

/** No more than that something waits for them. */
async function tell(
  within: StewardshipWithin,
  deps: StewardshipDeps,
  account: string,
): Promise<void> {
  const sealed = await addressOf(within, account);
  if (sealed) {
    const letter = { template: "something-waiting", to: deps.addresses.open(sealed), fields: {} };
    await enqueueLetter(within, deps.letterKey, letter, { account });
  }
}
