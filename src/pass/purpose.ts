/**
 * What passes are for, as data. Each purpose has keys of its own, so that a pass for one opens nothing else.
 */
export interface PurposeRules {
  /** A badge is bound to a pseudonym's own key; whoever holds the bytes of a bearer pass can spend it. */
  readonly holds: "badge" | "bearer";
  /** Months and weeks follow the calendar (period.ts); a campaign brings its own days. */
  readonly calendar: "month" | "week" | "campaign";
  /** How many a doctor gets at most; none where it is given only in exchange for another pass. */
  readonly perDoctor: number;
}

export const PURPOSES = {
  /** To be in a circle: one a quarter. */
  "circle-badge": { holds: "badge", calendar: "month", perDoctor: 1 },
  /** An answer to a pulse, an exit interview or a call for change: one a campaign. */
  "survey-voice": { holds: "bearer", calendar: "campaign", perDoctor: 1 },
  "poll-voice": { holds: "bearer", calendar: "campaign", perDoctor: 1 },
  /** A session that a sponsor pays for. It can only be exchanged, on a later day, for a session token. */
  "sponsor-credit": { holds: "bearer", calendar: "campaign", perDoctor: 24 },
  /** The same for all sponsors: books a session and tells nobody who pays. */
  "session-token": { holds: "bearer", calendar: "week", perDoctor: 0 },
} as const satisfies Record<string, PurposeRules>;

export type Purpose = keyof typeof PURPOSES;

type PurposeWith<Rules> = {
  [Each in Purpose]: (typeof PURPOSES)[Each] extends Rules ? Each : never;
}[Purpose];

export type BadgePurpose = PurposeWith<{ holds: "badge" }>;
export type BearerPurpose = PurposeWith<{ holds: "bearer" }>;
export type CalendarPurpose = PurposeWith<{ calendar: "month" | "week" }>;
export type CampaignPurpose = PurposeWith<{ calendar: "campaign" }>;

export const isBadgePurpose = (purpose: Purpose): purpose is BadgePurpose =>
  PURPOSES[purpose].holds === "badge";
export const isCampaignPurpose = (purpose: Purpose): purpose is CampaignPurpose =>
  PURPOSES[purpose].calendar === "campaign";
