/**
 * What an issuer signs for a doctor: as many passes as are due, each slot once, while the period issues. The
 * same request is signed again at any time, which gives nobody a second pass and loses nobody the first.
 */
import { isSameBytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { isAccepted, isIssuing, type Day, type Period } from "./period.ts";
import { PURPOSES } from "./purpose.ts";

export interface IssuedRow {
  readonly period: string;
  readonly slot: number;
  /** SHA-256 of the blinded message: 32 bytes. */
  readonly request: Uint8Array;
}

export interface Issuing {
  readonly period: Period;
  readonly today: Day;
  readonly slot: number;
  /** SHA-256 of the blinded message: 32 bytes. */
  readonly request: Uint8Array;
  /** How many passes this doctor has a right to, such as a sponsor's sessions; never more than the purpose gives. */
  readonly due: number;
  /** What this doctor was issued for the purpose in all periods that are counted together (`countedBy`). */
  readonly before: readonly IssuedRow[];
}

export type IssuingRefusal = { readonly type: "AnotherRequest" | "NotIssuing" | "NoneDue" };

export function issuingOf(issuing: Issuing): Result<"first" | "again", IssuingRefusal> {
  const { period, today, slot, request, before } = issuing;
  const row = before.find((each) => each.period === period.name && each.slot === slot);
  if (row !== undefined) {
    if (!isSameBytes(row.request, request)) return refuse({ type: "AnotherRequest" });
    return isIssuing(period, today) || isAccepted(period, today)
      ? ok("again")
      : refuse({ type: "NotIssuing" });
  }
  if (!isIssuing(period, today)) return refuse({ type: "NotIssuing" });
  const due = Math.min(issuing.due, PURPOSES[period.purpose].perDoctor);
  const isDue = Number.isInteger(slot) && slot >= 0 && slot < due && before.length < due;
  return isDue ? ok("first") : refuse({ type: "NoneDue" });
}
