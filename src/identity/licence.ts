/**
 * A licence to practise as the one thing that tells two people apart (rule 7): country and number in the one
 * form that is compared. What is kept after an account is gone is an HMAC of it, under a secret of the
 * quarter that is destroyed with the quarter.
 */
import * as v from "valibot";
import { framedBytes, type Bytes } from "#platform/bytes.ts";
import { countryField } from "#platform/wire.ts";
import { normaliseNpi } from "./npi.ts";

export interface Licence {
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** As `normaliseLicence` leaves it. */
  readonly number: string;
}

/**
 * Letters and digits in upper case, without blanks, dashes and leading zeros, so that one licence has one
 * spelling. In the United States it is the NPI: a doctor has one of those and a licence for every state.
 * Null where it can't be a number.
 */
export function normaliseLicence(country: string, typed: string): Licence | null {
  if (country === "US") {
    const npi = normaliseNpi(typed);
    return npi === null ? null : { country, number: npi };
  }
  const number = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/^0+/, "");
  const isOne = /^[\p{L}\p{N}]{3,24}$/u.test(number) && /\p{N}/u.test(number);
  return isOne ? { country, number } : null;
}

/** What a person types; the number is refused where it can't be one. */
export const licenceField = v.pipe(
  v.strictObject({ country: countryField, number: v.pipe(v.string(), v.maxLength(60)) }),
  v.check(({ country, number }) => normaliseLicence(country, number) !== null, "licence"),
  v.transform(({ country, number }) => normaliseLicence(country, number)!),
);

/** What is put through the HMAC of a period. */
export const licenceToBytes = ({ country, number }: Licence): Bytes =>
  framedBytes("callroom/v1/licence", country, number);

/** One use of a roster's code stands for the licence of a student, who has none. `use` counts down. */
export const rosterUseToBytes = (roster: string, use: number): Bytes =>
  framedBytes("callroom/v1/roster-use", roster, String(use));

/** `2026-Q4`, by UTC. `now` in epoch milliseconds. */
export function quarterOf(now: number): string {
  const day = new Date(now);
  return `${day.getUTCFullYear()}-Q${Math.floor(day.getUTCMonth() / 3) + 1}`;
}

/**
 * The quarter of now and that of the next month, for which badges are issued by now: who deleted the account that
 * was issued one must not come back for another of that quarter.
 */
export function quartersHeld(now: number): readonly string[] {
  const day = new Date(now);
  const nextMonth = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
  return [...new Set([quarterOf(now), quarterOf(nextMonth)])];
}
