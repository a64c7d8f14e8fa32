/** The only way stewardship's rows leave the server, field by field. */
import type { Stage } from "#identity/account.ts";
import { isNameLike, type RegisteredName } from "#identity/npi.ts";
import type { Addresses } from "#identity/server/addresses.ts";
import type { Claim } from "#identity/server/claims.ts";
import type { RosterKind } from "#identity/verification.ts";
import type { StewardLogState } from "../steward-log.ts";
import type { DecisionRow } from "./decision-store.ts";
import type { StewardRow } from "./key-store.ts";
import type {
  InstitutionRow,
  QueueRow,
  RegistryRow,
  VerifiedRow,
  WaitingRosterRow,
} from "./queue-store.ts";
import type { FailedJobRow, InvitationRow, RosterRow, SponsorRow } from "./store.ts";

export const presentInvitation = (invitation: InvitationRow, addresses: Addresses) => ({
  id: invitation.id,
  email: invitation.email_sealed === null ? null : addresses.open(invitation.email_sealed),
  roles: invitation.roles,
  stage: invitation.stage as Stage | null,
  expiresOn: invitation.expires_on,
});

export const presentRoster = (roster: RosterRow) => ({
  id: roster.id,
  sponsor: roster.sponsor,
  letterOn: roster.letter_on,
  windowEnds: roster.window_ends,
});

export const presentSponsor = (sponsor: SponsorRow) => ({
  id: sponsor.id,
  name: sponsor.name,
  kind: sponsor.kind as RosterKind,
});

export const presentFailedJob = (job: FailedJobRow) => ({
  id: String(job.id),
  task: job.task,
  attempts: job.attempts,
  error: job.error !== null && isKindOfError(job.error) ? job.error : null,
});

// A kind is one word, such as ECONNREFUSED. A sentence could hold an address.
const isKindOfError = (error: string): boolean => /^[A-Za-z0-9_]{1,60}$/.test(error);

/** What the server found out about an asking, beside its row. */
export interface Looked {
  readonly claim: Claim;
  readonly licenceInUse: boolean;
  /** Null where nothing was looked up, undefined where nothing was found. */
  readonly registered: RegistryRow | null | undefined;
  readonly own: boolean;
}

/** A student's use of a roster's code stays behind. */
export const presentVerification = (row: QueueRow, looked: Looked) => ({
  id: row.asking,
  account: row.account,
  name: row.name,
  stage: row.stage,
  way: row.way,
  claim: looked.claim.of === "physician" ? presentClaim(looked.claim) : null,
  licenceInUse: looked.licenceInUse,
  registry:
    looked.registered === null || looked.claim.of === "student"
      ? null
      : presentRegistered(looked.registered, looked.claim.name),
  confirmedAt: row.confirmed_at,
  vouchers: row.vouchers,
  roster: row.roster,
  documentEpoch: row.epoch,
  own: looked.own,
});

const presentClaim = ({ licence, name }: Extract<Claim, { of: "physician" }>) => ({
  country: licence.country,
  number: licence.number,
  givenName: name?.givenName ?? "",
  familyName: name?.familyName ?? "",
});

function presentRegistered(row: RegistryRow | undefined, claimed: RegisteredName | null) {
  if (!row) return { found: false as const };
  const givenName = row.given_name;
  const familyNames = [row.family_name, row.other_family_name];
  return {
    found: true as const,
    givenName,
    familyName: row.family_name,
    nameMatches:
      claimed !== null &&
      familyNames.some((familyName) => isNameLike(claimed, { givenName, familyName })),
    physician: row.physician,
    student: row.student,
  };
}

export const presentWaitingRoster = (roster: WaitingRosterRow) => ({
  id: roster.id,
  sponsor: roster.sponsor,
  kind: roster.kind,
  waiting: roster.waiting,
});

export const presentVerified = (row: VerifiedRow) => ({
  id: row.id,
  name: row.name,
  stage: row.stage,
  way: row.way,
});

export const presentInstitution = (institution: InstitutionRow) => ({
  domain: institution.domain,
  name: institution.name,
});

export const presentDecision = (decision: DecisionRow) => ({
  sequence: decision.sequence,
  quarter: decision.quarter,
  kind: decision.kind,
  detail: decision.detail,
  hash: decision.hash.toString("base64url"),
});

export const presentSteward = (steward: StewardRow, log: StewardLogState | null) => {
  const signingKey = steward.signing_key.toString("base64url");
  return {
    account: steward.id,
    name: steward.name,
    hpkeKey: steward.hpke_key.toString("base64url"),
    signingKey,
    binding: steward.binding?.toString("base64url") ?? null,
    inLog: log?.stewards.some((each) => each.signingKey === signingKey) ?? false,
  };
};
