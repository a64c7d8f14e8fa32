/**
 * What stewards decide about a report, and what they sign for it. The nameless side takes no session's word: a
 * decision counts by a signature of the stewards' own key, which their public log names (rule 10).
 */
import { framedBytes, type Bytes } from "#platform/bytes.ts";
import { wireBytes } from "./room/entry.ts";

export const REPORT_DECISIONS = ["dismissed", "warned", "removed", "closed"] as const;
export type ReportDecision = (typeof REPORT_DECISIONS)[number];

export interface DecidedReport {
  readonly report: string;
  readonly decision: ReportDecision;
  /** The pseudonym that it concerns; null where it concerns nobody or all. */
  readonly member: string | null;
  readonly stewardEpoch: number;
}

/** Signed by the stewards' key of that epoch. A removal takes `removalMessage` of the room besides. */
export const decisionMessage = ({ report, decision, member, stewardEpoch }: DecidedReport): Bytes =>
  framedBytes(
    "callroom/v1/report-decision",
    report,
    decision,
    member === null ? "" : wireBytes(member),
    String(stewardEpoch),
  );

/** A warning and a removal are somebody's, the others nobody's. */
export const concernsMember = (decision: ReportDecision): boolean =>
  decision === "warned" || decision === "removed";
