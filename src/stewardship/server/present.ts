/** The only way stewardship's rows leave the server, field by field. */
import type { Stage } from "#identity/account.ts";
import type { Addresses } from "#identity/server/addresses.ts";
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

export const presentSponsor = (sponsor: SponsorRow) => ({ id: sponsor.id, name: sponsor.name });

export const presentFailedJob = (job: FailedJobRow) => ({
  id: String(job.id),
  task: job.task,
  attempts: job.attempts,
  error: job.error !== null && isKindOfError(job.error) ? job.error : null,
});

// A kind is one word, such as ECONNREFUSED. A sentence could hold an address.
const isKindOfError = (error: string): boolean => /^[A-Za-z0-9_]{1,60}$/.test(error);
