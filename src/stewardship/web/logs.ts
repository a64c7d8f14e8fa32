/**
 * The two public logs on this device: read, checked, and compared with the heads that the member's safe keeps.
 * A head moves on by itself only to a log that goes on from it; to another history only by the member's hand.
 */
import { base64urlToBytes, bytesToHex } from "#platform/bytes.ts";
import type { WireRefusal } from "#platform/contract.ts";
import { ok, type Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { collectionTag } from "#vault/web/keys.ts";
import type { Safe } from "#vault/web/safe.ts";
import { checkDecisions, type LogHead, type LoggedDecision } from "../decision-log.ts";
import {
  readStewardLogEntries,
  type StewardLogEntry,
  type StewardLogState,
} from "../steward-log.ts";
import { readStewardLog } from "../steward-keys-contract.ts";
import { readDecisions } from "../verification-contract.ts";

export type LogName = "decisions" | "steward-keys";

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

interface DecisionPages {
  readonly decisions: readonly LoggedDecision[];
  /** The log's last number, by the server's word. */
  readonly last: number;
}

/** All decisions, from the first on. */
export async function readDecisionLog(safe: Safe): Promise<LogRead<readonly LoggedDecision[]>> {
  const read = await decisionsAfter(0);
  return read.ok ? judgeAll(read.value, await keptHead(safe, "decisions")) : unread(read.refusal);
}

export async function readKeyLog(safe: Safe): Promise<LogRead<KeyLog>> {
  const read = await call(readStewardLog, {});
  if (!read.ok) return unread(read.refusal);
  const { entries, documentsWait } = read.value;
  const judged = judgeKeys(entries, await keptHead(safe, "steward-keys"));
  return judged.at === "good" || judged.at === "lost"
    ? { ...judged, content: { state: judged.content, documentsWait, entries } }
    : judged;
}

/**
 * Both logs, of the decisions only what came after the head that was kept, and the heads moved on. True where
 * both are good, null where that could not be looked up.
 */
export async function checkLogs(safe: Safe): Promise<boolean | null> {
  const [decisions, keys] = await Promise.all([newDecisions(safe), readKeyLog(safe)]);
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

async function newDecisions(safe: Safe): Promise<LogRead<readonly LoggedDecision[]>> {
  const kept = await keptHead(safe, "decisions");
  // With the kept entry itself: it has to be the same still.
  const read = await decisionsAfter(kept === null ? 0 : kept.sequence - 1);
  if (!read.ok) return unread(read.refusal);
  return kept === null ? judgeAll(read.value, null) : judgeNew(read.value, kept);
}

async function decisionsAfter(after: number): Promise<Result<DecisionPages, WireRefusal>> {
  const decisions: LoggedDecision[] = [];
  for (;;) {
    const reached = decisions.at(-1)?.sequence ?? after;
    const page = await call(readDecisions, { query: { after: reached } });
    if (!page.ok) return page;
    decisions.push(...page.value.decisions);
    const { last } = page.value;
    // A server that gives no more than it said would keep us here for ever.
    if (page.value.decisions.length === 0 || (decisions.at(-1)?.sequence ?? 0) >= last)
      return ok({ decisions, last });
  }
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

// Heads ---------------------------------------------------------------------------------------------

const HEADS = "log-heads";

async function keptHead(safe: Safe, log: LogName): Promise<LogHead | null> {
  return safe.get<LogHead>(HEADS, await recordId(safe, log));
}

async function keepHead(safe: Safe, log: LogName, head: LogHead | null): Promise<void> {
  const id = await recordId(safe, log);
  const kept = safe.get<LogHead>(HEADS, id);
  if (kept?.hash === head?.hash && kept?.sequence === head?.sequence) return;
  if (head === null) await safe.remove(HEADS, id);
  else await safe.write(HEADS, id, { sequence: head.sequence, hash: head.hash } satisfies LogHead);
}

/** The same on every device of the member, and to the server as good as random. */
async function recordId(safe: Safe, log: LogName): Promise<string> {
  return bytesToHex(base64urlToBytes(await collectionTag(safe.open, `log head ${log}`))!);
}
