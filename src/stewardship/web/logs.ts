/**
 * The two public logs on this device: read, checked, and compared with the heads that the member's safe keeps.
 * A head moves on by itself only to a log that goes on from it; to another history only by the member's hand.
 */
import type { WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import type { Safe } from "#vault/web/safe.ts";
import { checkDecisions } from "../decision-log.ts";
import type { LogHead, LoggedDecision, StewardLogEntry } from "../log-entry.ts";
import { readStewardLog } from "../logs-contract.ts";
import { readStewardLogEntries, type StewardLogState } from "../steward-log.ts";
import {
  decisionsAfter,
  keepHead,
  keptHead,
  type DecisionPages,
  type LogAnswers,
  type LogName,
} from "./log-answers.ts";

export type LogRead<Content> =
  | { readonly at: "unread"; readonly refusal: WireRefusal }
  /** Fits together, and goes on from the head that was kept, where there was one. */
  | { readonly at: "good"; readonly content: Content; readonly head: LogHead | null }
  /** Fits together, but the head that was kept is not in it. */
  | { readonly at: "lost"; readonly content: Content; readonly head: LogHead | null }
  | { readonly at: "broken" };

export interface KeyLog {
  readonly state: StewardLogState | null;
  readonly documentsWait: boolean;
  readonly entries: readonly StewardLogEntry[];
}

/** All decisions, from the first on. */
export async function readDecisionLog(safe: Safe): Promise<LogRead<readonly LoggedDecision[]>> {
  const read = await decisionsAfter(0);
  return read.ok ? judgeAll(read.value, await keptHead(safe, "decisions")) : unread(read.refusal);
}

export async function readKeyLog(safe: Safe): Promise<LogRead<KeyLog>> {
  return judgeKeyAnswer(safe, await call(readStewardLog, {}));
}

/**
 * Both logs as the server just told them, of the decisions only what came after the head that was kept, and the
 * heads moved on. True where both are good, null where that could not be looked up.
 */
export async function checkLogs(safe: Safe, answers: LogAnswers): Promise<boolean | null> {
  const decisions = judgeDecisions(answers);
  const keys = await judgeKeyAnswer(safe, answers.keys);
  const isUnread = decisions.at === "unread" || keys.at === "unread";
  await moveOn(safe, "decisions", decisions);
  await moveOn(safe, "steward-keys", keys);
  if (decisions.at === "good" && keys.at === "good") return true;
  const isGoodSoFar = [decisions, keys].every(({ at }) => at === "good" || at === "unread");
  return isUnread && isGoodSoFar ? null : false;
}

/** Keeps the head of a log that is good. Writes nothing where it hasn't changed. */
export async function moveOn(safe: Safe, log: LogName, read: LogRead<unknown>): Promise<void> {
  if (read.at === "good") await keepHead(safe, log, read.head);
}

/** By the member's hand alone. */
export async function acceptAnew(safe: Safe, log: LogName, read: LogRead<unknown>): Promise<void> {
  if (read.at === "lost") await keepHead(safe, log, read.head);
}

function judgeDecisions({ kept, decisions }: LogAnswers): LogRead<readonly LoggedDecision[]> {
  if (!decisions.ok) return unread(decisions.refusal);
  return kept === null ? judgeAll(decisions.value, null) : judgeNew(decisions.value, kept);
}

async function judgeKeyAnswer(safe: Safe, answer: LogAnswers["keys"]): Promise<LogRead<KeyLog>> {
  if (!answer.ok) return unread(answer.refusal);
  const { entries, documentsWait } = answer.value;
  const judged = judgeKeys(entries, await keptHead(safe, "steward-keys"));
  return judged.at === "good" || judged.at === "lost"
    ? { ...judged, content: { state: judged.content, documentsWait, entries } }
    : judged;
}

/** The whole log: it fits together from its first entry, ends where it says, and holds the kept head. */
export function judgeAll(
  { decisions, last }: DecisionPages,
  kept: LogHead | null,
): LogRead<readonly LoggedDecision[]> {
  const checked = checkDecisions(decisions, null, last);
  if (!checked.ok || (checked.value?.sequence ?? 0) < last) return { at: "broken" };
  const isKept = kept === null || decisions[kept.sequence - 1]?.hash === kept.hash;
  return { at: isKept ? "good" : "lost", content: decisions, head: checked.value };
}

/** What came from the kept head on, beginning with its own entry. What is wrong otherwise the screen tells. */
export function judgeNew(
  { decisions, last }: DecisionPages,
  kept: LogHead,
): LogRead<readonly LoggedDecision[]> {
  const [first, ...later] = decisions;
  if (first?.sequence !== kept.sequence || first.hash !== kept.hash) return { at: "broken" };
  const checked = checkDecisions(later, kept, last);
  if (!checked.ok || (checked.value?.sequence ?? 0) < last) return { at: "broken" };
  return { at: "good", content: decisions, head: checked.value };
}

export function judgeKeys(
  entries: readonly StewardLogEntry[],
  kept: LogHead | null,
): LogRead<StewardLogState | null> {
  const read = readStewardLogEntries(entries, kept);
  if (read.ok) return { at: "good", content: read.value, head: headOf(read.value) };
  const anew = readStewardLogEntries(entries, null);
  return anew.ok ? { at: "lost", content: anew.value, head: headOf(anew.value) } : { at: "broken" };
}

const headOf = (state: StewardLogState | null): LogHead | null =>
  state && { sequence: state.sequence, hash: state.hash };

const unread = (refusal: WireRefusal) => ({ at: "unread", refusal }) as const;
