/**
 * How long invitations hold and when letters leave, and what a steward may decide. Dates are UTC: a community
 * knows no hour of its own.
 */
import type { StewardLogState } from "../steward-log.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const INVITATION_DAYS = 30;
const ROSTER_WINDOW_DAYS = 60;

export const invitationEnds = (now: number): string => dateOf(now + INVITATION_DAYS * DAY_MS);

/**
 * The one moment at which all letters of a roster become due. Late in the day they wait for the next
 * morning, so that a slow mail server doesn't spread them over two days.
 */
export function lettersDueAt(now: number): number {
  const midnight = now - (now % DAY_MS);
  const isLate = now - midnight >= 22 * HOUR_MS;
  return isLate ? midnight + DAY_MS + 6 * HOUR_MS : now;
}

export const rosterWindowEnds = (lettersDue: number): string =>
  dateOf(lettersDue + ROSTER_WINDOW_DAYS * DAY_MS);

export const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** As a letter says a day: 9 January 2027. */
export function dateToLetter(date: string): string {
  const said = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  return said.format(Date.parse(`${date}T12:00:00Z`));
}

/** Nobody decides about themselves. */
export const mayDecideAbout = (account: string, steward: string): boolean => account !== steward;

/** A steward of the log is one no more: what they hold must not open what comes. `now`: signing keys. */
export function isRenewalDue(log: StewardLogState | null, now: ReadonlySet<string>): boolean {
  return log !== null && log.stewards.some(({ signingKey }) => !now.has(signingKey));
}

/** There is no key yet, or nobody is left who could sign for another. */
export function isFoundingDue(log: StewardLogState | null, now: ReadonlySet<string>): boolean {
  return log === null || !log.stewards.some(({ signingKey }) => now.has(signingKey));
}
