/**
 * Fetches the badge that takes the place of one whose pseudonym left its circle. Like every pass it is made from the
 * vault key, under a key of the checked log; asked for namelessly, and kept late.
 */
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import type { WireRefusal } from "#platform/contract.ts";
import { ok, type Result } from "#platform/result.ts";
import type { Day, Period } from "../period.ts";
import { replacementPeriods, replacementSlot } from "../replacement.ts";
import { isHeld, type PassMaker } from "./issue-fetching.ts";
import { agreedLogs, keyOf, trouble, unread } from "./issue-logs.ts";
import type { AskForReplacement, Stop } from "./wallet.ts";
import type { WalletKeeping } from "./wallet-keeping.ts";

export interface Replacing {
  readonly keeping: WalletKeeping;
  readonly maker: PassMaker;
  readonly old: Period;
  readonly today: Day;
  readonly ask: AskForReplacement;
}

export async function fetchReplacement(replacing: Replacing): Promise<Result<Period, Stop>> {
  const done = await fetchFirst(replacing);
  replacing.maker.stop();
  return done;
}

async function fetchFirst(replacing: Replacing): Promise<Result<Period, Stop>> {
  const { keeping, maker, old, today, ask } = replacing;
  const periods = replacementPeriods(old.name, today);
  const held = periods.find((period) => isHeld(keeping, replacementSlot(period)));
  if (held !== undefined) return ok(held);
  const logs = await agreedLogs(keeping);
  if (!logs.ok) return logs;
  await keeping.keepHead(logs.value.head, logs.value.community);
  const { community } = logs.value;
  const walletSecret = await keeping.secret();

  let refusal: WireRefusal = { type: "NextQuarter" };
  for (const period of periods) {
    const slot = replacementSlot(period);
    const key = keyOf(logs.value, period);
    if (key === null) return unread({ type: "NotIssuing" });
    const wanted = { walletSecret, community, key, number: slot.number };
    const blinded = await maker.blinded(wanted);
    if (blinded === null) return trouble("EntryWrong");
    const asked = await ask(period.name, bytesToBase64url(blinded));
    if (!asked.ok) {
      refusal = asked.refusal;
      // It was signed in an earlier month: asked for as it was then, it is signed again.
      if (refusal.type === "AnotherRequest") continue;
      break;
    }
    const signature = base64urlToBytes(asked.value.signature);
    const pass = signature && (await maker.finished(wanted, signature));
    if (pass === null) return trouble("WrongSignature");
    await keeping.keepReplacement({
      period: key.period,
      number: slot.number,
      bornIn: slot,
      pass: bytesToBase64url(pass),
    });
    return ok(key.period);
  }
  return unread(refusal);
}
