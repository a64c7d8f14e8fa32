/**
 * Verification in the sample community, through the same doors as any: its sponsors and institutions, who asked,
 * what speaks for it, and what was decided.
 */
import { randomUUID } from "node:crypto";
import type { Transaction } from "kysely";
import type { Clock } from "#platform/clock.ts";
import { quarterOf } from "#identity/licence.ts";
import { withoutName, type Claim, type Claims } from "#identity/server/claims.ts";
import { takeLicence } from "#identity/server/licence-quarters.ts";
import {
  keepArrival,
  keepAsking,
  keepDecision,
  keepVouch,
  type ArrivalRow,
  type VerificationWithin,
} from "#identity/server/verification-store.ts";
import type { RosterKind } from "#identity/verification.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";
import { keepInstitution } from "#stewardship/server/queue-store.ts";
import { keepSponsor, type StewardshipWithin } from "#stewardship/server/store.ts";
import type { SampleCommunity } from "../sample-community.ts";
import type { SampleVerification } from "../sample-verification.ts";

interface Deps {
  readonly clock: Clock;
  readonly claims: Claims;
}

/** `accounts`: of the members, by address. */
export async function keepSampleVerifications(
  everything: Transaction<never>,
  deps: Deps,
  { sponsors, institutions, members }: SampleCommunity,
  accounts: ReadonlyMap<string, string>,
): Promise<void> {
  const asStewards = everything as unknown as StewardshipWithin;
  for (const institution of institutions) {
    await keepInstitution(asStewards, institution);
    await logDecision(everything, deps.clock, { kind: "institution", detail: "listed" });
  }
  const arrivals = new Map<string, Omit<ArrivalRow, "code_use">>();
  for (const { name, kind: whose } of sponsors) {
    const [id, kind] = [randomUUID(), rosterKindBySponsor[whose]];
    await keepSponsor(asStewards, { id, name, kind });
    // As if each had sent one roster, that its people came with.
    if (kind === "employer") continue;
    arrivals.set(name, { roster: randomUUID(), sponsor: id, kind });
    await logDecision(everything, deps.clock, { kind: "sponsor", detail: kind });
  }
  for (const [nth, { email, verification }] of members.entries()) {
    if (verification === null) continue;
    const arrival = verification.way === "roster" ? arrivals.get(verification.sponsor) : undefined;
    await keepVerification(everything, deps, verification, {
      account: accounts.get(email)!,
      vouchers:
        verification.way === "vouching"
          ? verification.vouchers.map((voucher) => accounts.get(voucher)!)
          : [],
      arrival: arrival === undefined ? null : { ...arrival, code_use: members.length - nth },
    });
  }
}

const rosterKindBySponsor: Readonly<
  Record<SampleCommunity["sponsors"][number]["kind"], RosterKind>
> = {
  hospital: "employer",
  society: "employer",
  "residency-programme": "residents",
  "medical-school": "students",
};

async function keepVerification(
  everything: Transaction<never>,
  { clock, claims }: Deps,
  verification: SampleVerification,
  { account, vouchers, arrival }: Asker,
): Promise<void> {
  const within = everything as unknown as VerificationWithin;
  const { way, stands } = verification;
  const claim = claimOf(verification, arrival);
  const claimSealed = claims.seal(claim);
  const asking = { account, asking: randomUUID(), way, claimSealed };
  await keepAsking(
    within,
    way === "institution-mail" ? { ...asking, confirmedAt: verification.institution } : asking,
  );
  const quarter = quarterOf(clock.now());
  for (const voucher of vouchers) await keepVouch(within, { account, voucher, quarter });
  if (stands === "waits") {
    if (arrival !== null) await keepArrival(within, account, arrival);
  } else if (stands === "verified") {
    if (!(await takeLicence(within, claims, clock.now(), { account, claimSealed })))
      throw new Error("Two members of the sample have one licence");
    const kept = claims.seal(withoutName(claim));
    await keepDecision(within, account, { state: "verified", claimSealed: kept });
    await logDecision(within, clock, { kind: "verification-approved", detail: way });
  } else {
    await keepDecision(within, account, { state: "refused", reason: stands });
    await logDecision(within, clock, { kind: "verification-refused", detail: stands });
  }
}

interface Asker {
  readonly account: string;
  /** Accounts. */
  readonly vouchers: readonly string[];
  readonly arrival: ArrivalRow | null;
}

function claimOf({ claim }: SampleVerification, arrival: ArrivalRow | null): Claim {
  if (claim === null) return { of: "student", roster: arrival!.roster, use: arrival!.code_use };
  const { licence, givenName, familyName } = claim;
  return { of: "physician", licence, name: { givenName, familyName } };
}
