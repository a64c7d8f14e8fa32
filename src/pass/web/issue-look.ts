/**
 * What is done for the wallet at every opening: whether there is a right to passes is asked, the wallet looks for what
 * is due where there may be one, and the late record's schedule begins. Small, because every visit loads it.
 */
import { call } from "#platform/web/api.ts";
import { lateKeepingOf } from "#vault/web/late-keeping.ts";
import type { Safe } from "#vault/web/safe.ts";
import { readPassesDue } from "../due-contract.ts";
import type { OpenWallet } from "./issue-wallet.ts";
import { WALLET } from "./wallet-collection.ts";

/** `opened`: null where nothing has asked for the wallet yet. */
export async function lookAfter(
  safe: Safe,
  opened: Promise<OpenWallet> | null,
  open: () => Promise<OpenWallet>,
): Promise<"looked" | "without-passes"> {
  const late = lateKeepingOf(safe);
  if (opened === null && !(await mayHoldPasses(safe))) {
    await late.begin();
    return "without-passes";
  }
  const wallet = await (opened ?? open()).catch(() => null);
  await wallet?.wallet.refresh();
  // With where the key log ended just now.
  await late.begin();
  return "looked";
}

export const closeLate = (safe: Safe): void => lateKeepingOf(safe).close();

/** Who holds some keeps looking after them, verified or not; and so does who can't be told. */
async function mayHoldPasses(safe: Safe): Promise<boolean> {
  if (safe.list(WALLET).length > 0) return true;
  const asked = await call(readPassesDue, {});
  return !asked.ok || asked.value.state === "due";
}
