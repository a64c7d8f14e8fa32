/**
 * What the server tells of the two public logs, and the heads of them that the member's safe keeps: enough to see
 * whether anything is new. What checks it stands in logs.ts.
 */
import { base64urlToBytes, bytesToHex } from "#platform/bytes.ts";
import type { AnswerOf, WireRefusal } from "#platform/contract.ts";
import { ok, type Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { collectionTag } from "#vault/web/keys.ts";
import type { Safe } from "#vault/web/safe.ts";
import type { LoggedDecision, LogHead } from "../log-entry.ts";
import { readDecisions, readStewardLog } from "../logs-contract.ts";

export type LogName = "decisions" | "steward-keys";

export interface DecisionPages {
  readonly decisions: readonly LoggedDecision[];
  /** The log's last number, by the server's word. */
  readonly last: number;
}

export interface LogAnswers {
  /** Of the decisions, when they were asked for. */
  readonly kept: LogHead | null;
  /** From the entry of the kept head on, or all of them where none was kept. */
  readonly decisions: Result<DecisionPages, WireRefusal>;
  readonly keys: Result<AnswerOf<typeof readStewardLog>, WireRefusal>;
}

export async function readLogAnswers(safe: Safe): Promise<LogAnswers> {
  const kept = await keptHead(safe, "decisions");
  const [decisions, keys] = await Promise.all([
    // With the kept entry itself: it has to be the same still.
    decisionsAfter(kept === null ? 0 : kept.sequence - 1),
    call(readStewardLog, {}),
  ]);
  return { kept, decisions, keys };
}

export async function decisionsAfter(after: number): Promise<Result<DecisionPages, WireRefusal>> {
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

// Heads ---------------------------------------------------------------------------------------------

const HEADS = "log-heads";

export async function keptHead(safe: Safe, log: LogName): Promise<LogHead | null> {
  return safe.get<LogHead>(HEADS, await recordId(safe, log));
}

export async function keepHead(safe: Safe, log: LogName, head: LogHead | null): Promise<void> {
  const id = await recordId(safe, log);
  if (isSameHead(safe.get<LogHead>(HEADS, id), head)) return;
  if (head === null) await safe.remove(HEADS, id);
  else await safe.write(HEADS, id, { sequence: head.sequence, hash: head.hash } satisfies LogHead);
}

export const isSameHead = (one: LogHead | null, other: LogHead | null): boolean =>
  one?.hash === other?.hash && one?.sequence === other?.sequence;

/** The same on every device of the member, and to the server as good as random. */
async function recordId(safe: Safe, log: LogName): Promise<string> {
  return bytesToHex(base64urlToBytes(await collectionTag(safe.open, `log head ${log}`))!);
}
