/**
 * Verification: how somebody shows that they are a doctor, or on the way to be one. Four states, five ways,
 * a closed list of reasons for a no; a steward decides, and never about themselves.
 */

export const VERIFICATION_STATES = ["none", "asked", "verified", "refused"] as const;
export type VerificationState = (typeof VERIFICATION_STATES)[number];

/** In the order in which they are offered: by how much each tells to whom. The hospital reads its mailboxes. */
export const VERIFICATION_WAYS = [
  "npi",
  "roster",
  "vouching",
  "document",
  "institution-mail",
] as const;
export type VerificationWay = (typeof VERIFICATION_WAYS)[number];

export const REFUSAL_REASONS = [
  "number-not-found",
  "name-differs",
  "other-profession",
  "licence-not-in-force",
  "licence-in-use",
  "document-unreadable",
  "document-lacks-something",
  "not-on-roster",
  "not-confirmed",
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Rosters by what their lines are evidence of; an employer's are evidence of nothing. */
export const ROSTER_KINDS = ["employer", "students", "residents"] as const;
export type RosterKind = (typeof ROSTER_KINDS)[number];
export type EvidentRosterKind = Exclude<RosterKind, "employer">;

export const VOUCHES_NEEDED = 2;
/** In one quarter, by one member. */
export const MOST_VOUCHES = 6;

/** A state is left by asking anew, or by a steward; who is verified has nothing to ask. */
export const mayAsk = (state: VerificationState): boolean => state !== "verified";

/** What a steward sees: not what still waits for colleagues. */
export function isReady(way: VerificationWay, vouches: number): boolean {
  return way !== "vouching" || vouches >= VOUCHES_NEEDED;
}

export interface Vouching {
  readonly hasVouchedBefore: boolean;
  /** The asker vouched for the voucher once. */
  readonly isReturned: boolean;
  /** By this voucher, in this quarter. */
  readonly vouchesGiven: number;
}

export type VouchRefusal = "VouchedAlready" | "TheyVouchedForYou" | "TooManyVouches";

/** Who is verified themselves, and so not oneself: a code is of somebody who still asks. */
export const mayVouch = (state: VerificationState): boolean => state === "verified";

/** Why a verified member may not vouch for this one; null where they may. */
export function vouchRefusal(vouching: Vouching): VouchRefusal | null {
  if (vouching.hasVouchedBefore) return "VouchedAlready";
  if (vouching.isReturned) return "TheyVouchedForYou";
  return vouching.vouchesGiven >= MOST_VOUCHES ? "TooManyVouches" : null;
}

/** The institution whose mailbox an address is: listed domains and what lies below them. Null where none is. */
export function listedDomain(email: string, listed: readonly string[]): string | null {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  return listed.find((each) => domain === each || domain.endsWith(`.${each}`)) ?? null;
}
