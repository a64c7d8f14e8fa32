/**
 * A report in a steward's browser: opened with the stewards' key, proved in two halves (marks and commitments here,
 * stamps by the server, which learns no word of it nor whose it is), and answered with a decision that the key signs.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import type { AnswerOf, BodyInputOf } from "#platform/contract.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { call, type CallRefusal } from "#platform/web/api.ts";
import { decisionMessage, type ReportDecision } from "../judging.ts";
import { checkReportStamps, decideReport, readReports } from "../judging-contract.ts";
import { removalMessage } from "../room/entry.ts";
import {
  checkSaid,
  openReport,
  stampClaims,
  type ProvedMessage,
  type Report,
} from "../room/report.ts";
import { hpke } from "../room/web/hpke.ts";

export type SealedReportRow = AnswerOf<typeof readReports>["reports"][number];

/** The private halves of one epoch's stewards' key. */
export interface StewardEpoch {
  readonly epoch: number;
  readonly hpkeKey: string;
  /** X25519, and an Ed25519 seed. */
  readonly secret: { readonly hpke: Bytes; readonly signing: Bytes };
}

export interface JudgedMessage extends ProvedMessage {
  /** `gone`: too long ago for the server to say. */
  readonly stamp: "right" | "wrong" | "gone";
}

export interface JudgedReport {
  readonly note: string;
  readonly messages: readonly JudgedMessage[];
  /** Every message was said in that circle and month, in these words, by that pseudonym. */
  readonly isTrue: boolean;
}

export type JudgingRefusal =
  /** Sealed to a key that this account doesn't hold, or not a report at all. */
  | { readonly type: "CouldNotBeOpened" }
  /** Opened, and something in it was altered: whoever reported made it up. */
  | { readonly type: "NotTrue" }
  | CallRefusal<typeof checkReportStamps>;

export async function judgeReport(
  { id, circle, stewardEpoch, sealed }: SealedReportRow,
  key: StewardEpoch,
): Promise<Result<JudgedReport, JudgingRefusal>> {
  const keys = { secret: key.secret.hpke, hpkeKey: key.hpkeKey };
  const opened = await openReport({ circle, stewardEpoch, sealed }, keys, hpke);
  if (!opened.ok) return opened;
  const proved = checkSaid(opened.value);
  if (!proved.ok) return refuse({ type: "NotTrue" });
  const checked = await call(checkReportStamps, {
    params: { id },
    body: { claims: stampClaims(opened.value) },
  });
  if (!checked.ok) return checked;
  return ok(toJudged(opened.value, proved.value, checked.value.stamps));
}

/** What to hand in for a decision. `key` is that of the newest epoch, whichever the report was sealed to. */
export function signedDecision(
  report: Pick<SealedReportRow, "id" | "circle">,
  decision: ReportDecision,
  member: string | null,
  { epoch: stewardEpoch, secret }: StewardEpoch,
): BodyInputOf<typeof decideReport> {
  const sign = (message: Uint8Array) => bytesToBase64url(ed25519.sign(message, secret.signing));
  const decided = { report: report.id, decision, member, stewardEpoch };
  return {
    decision,
    member,
    stewardEpoch,
    signature: sign(decisionMessage(decided)),
    removal:
      decision === "removed" ? sign(removalMessage(report.circle, member!, stewardEpoch)) : null,
  };
}

/** In the order in which they speak: numbers stand for them on the screen. */
export const sendersIn = ({ messages }: JudgedReport): readonly string[] => [
  ...new Set(messages.map(({ sender }) => sender)),
];

function toJudged(
  { note }: Report,
  proved: readonly ProvedMessage[],
  stamps: readonly JudgedMessage["stamp"][],
): JudgedReport {
  const messages = proved.map((message, at) => ({ ...message, stamp: stamps[at] ?? "wrong" }));
  return { note, messages, isTrue: messages.every(({ stamp }) => stamp === "right") };
}
