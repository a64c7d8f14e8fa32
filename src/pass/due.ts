/**
 * Which passes a doctor's device fetches today: all at once and wanted or not, so that fetching tells nothing
 * about what somebody means to do. Fetched ones are in it for as long as they count, for a device that starts anew.
 */
import { issuingOf, type IssuedRow } from "./issued.ts";
import { countedBy, type Day, type Period } from "./period.ts";
import { PURPOSES, type Purpose } from "./purpose.ts";

/** What somebody was issued, for any purpose. */
export interface Issued extends IssuedRow {
  readonly purpose: Purpose;
  /** As `countedBy` says, or its own period where that was closed. */
  readonly countedBy: string;
}

export interface Due {
  readonly purpose: Purpose;
  readonly name: string;
  /** Their numbers. */
  readonly slots: readonly number[];
}

/** `periods` are those whose keys can sign. */
export function passesDue(
  periods: readonly Period[],
  issued: readonly Issued[],
  today: Day,
): Due[] {
  return periods.flatMap((period) => {
    const { purpose, name } = period;
    const due = PURPOSES[purpose].perDoctor;
    const before = countedWith(period, issued);
    const slots = Array.from({ length: due }, (_, slot) => slot).filter((slot) => {
      const row = before.find((each) => each.period === name && each.slot === slot);
      const request = row?.request ?? ANY_REQUEST;
      return issuingOf({ period, today, slot, request, due, before }).ok;
    });
    return slots.length === 0 ? [] : [{ purpose, name, slots }];
  });
}

/** What was issued for a period and for all that are counted together with it. */
export const countedWith = (period: Period, issued: readonly Issued[]): Issued[] =>
  issued.filter((row) => row.purpose === period.purpose && row.countedBy === countedBy(period));

const ANY_REQUEST = new Uint8Array(32);
