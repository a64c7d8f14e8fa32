/**
 * The log of the stewards' decisions: a chain of hashes without a name, an account or a date finer than the
 * quarter. Every member's device reads it and keeps the head in the vault: what was once shown can't be
 * taken out, put in or changed unseen.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlToBytes, bytesToBase64url, framedBytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { LoggedDecision, LogHead } from "./log-entry.ts";
import { REFUSAL_REASONS, VERIFICATION_WAYS } from "#identity/verification.ts";

/** Every kind of decision, with what is told of it. */
export const DECISION_DETAILS = {
  /** A whole roster at once is one decision, or counting them would tell its sponsor how many came (rule 4). */
  "verification-approved": VERIFICATION_WAYS,
  "verification-refused": REFUSAL_REASONS,
  "verification-withdrawn": REFUSAL_REASONS,
  "coach-published": ["physician", "other-certified-coach"],
  "coach-returned": ["not-yet-published"],
  "coach-withdrawn": ["published-before"],
  "credential-checked": ["confirmed", "no-longer-confirmed"],
  "steward-key": ["founded", "renewed"],
  steward: ["invited", "admitted", "left"],
  /** Whose mailboxes speak for who reads them. */
  institution: ["listed", "renamed", "removed"],
  /** One whose rosters show that somebody is what they say. */
  sponsor: ["students", "residents"],
  /** A questionnaire that members may fill in. */
  instrument: ["added", "replaced", "removed"],
  report: ["dismissed", "warned", "removed", "closed"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type DecisionKind = keyof typeof DECISION_DETAILS;

/** What was decided, as whoever decides says it. */
export type Decision = {
  readonly [Kind in DecisionKind]: {
    readonly kind: Kind;
    readonly detail: (typeof DECISION_DETAILS)[Kind][number];
  };
}[DecisionKind];

export type LogRefusal =
  /** An entry's hash doesn't follow from the one before, or a number is missing. */
  | { readonly type: "ChainBroken"; readonly sequence: number }
  /** The log is shorter than it was, or tells another story. */
  | { readonly type: "HeadLost" };

/**
 * Checks that `entries` go on from `kept` (null: from the beginning), and gives the new head. A device asks
 * for what comes after the head it kept; `last` is what the server says the log's last number is.
 */
export function checkDecisions(
  entries: readonly LoggedDecision[],
  kept: LogHead | null,
  last: number,
): Result<LogHead | null, LogRefusal> {
  if (kept !== null && last < kept.sequence) return refuse({ type: "HeadLost" });
  let head = kept;
  for (const entry of entries) {
    const sequence = (head?.sequence ?? 0) + 1;
    if (entry.sequence !== sequence || entry.hash !== decisionHash(head, entry))
      return refuse({ type: "ChainBroken", sequence });
    head = { sequence, hash: entry.hash };
  }
  return ok(head);
}

/** The database's `stewardship.log_decision` makes the same. */
export function decisionHash(
  before: LogHead | null,
  entry: Pick<LoggedDecision, "sequence" | "quarter" | "kind" | "detail">,
): string {
  return bytesToBase64url(
    sha256(
      framedBytes(
        "callroom/v1/decision",
        before === null ? "" : base64urlToBytes(before.hash)!,
        String(entry.sequence),
        entry.quarter,
        entry.kind,
        entry.detail,
      ),
    ),
  );
}
