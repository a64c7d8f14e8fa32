/**
 * Spending a pass in the transaction of the act it is spent on: both are kept or neither. Of any number of
 * requests at once one does the act, those that say the same repeat its answer, and all others are refused.
 */
import { ok, type Result } from "#platform/result.ts";
import { spendingOf } from "../spent.ts";
import { findSpent, keepAnswer, keepSpent, type NamelessPassWithin } from "./nameless-store.ts";
import type { AcceptedPass } from "./origin.ts";

export interface Spending {
  /** What the Origin made of the pass. */
  readonly accepted: Pick<AcceptedPass, "period" | "spentKey">;
  /** `actHash` of what it is spent on: 32 bytes. */
  readonly act: Uint8Array;
}

/**
 * `answerOf` does the act and gives its answer, as JSON has it; where it throws, the caller's transaction is
 * rolled back and the pass is good again. `within` is READ COMMITTED, as ours all are.
 */
export async function spendOnce<Answer>(
  within: NamelessPassWithin,
  { accepted, act }: Spending,
  answerOf: () => Promise<Answer>,
): Promise<Result<Answer, { type: "AlreadySpent" }>> {
  const { period, spentKey } = accepted;
  const spending = { pass: spentKey, act };
  if (await keepSpent(within, period, spending)) {
    const answer = await answerOf();
    await keepAnswer(within, period, spentKey, answer);
    return ok(answer);
  }
  const before = await findSpent(within, period, spentKey);
  // The key's last day passed, and its list went, between the two statements: nothing counts any more.
  if (before === null) throw new Error("A pass was spent and then not");
  const spent = spendingOf(before, spending);
  return spent.ok ? ok(before.answer as Answer) : spent;
}
