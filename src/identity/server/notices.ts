/**
 * Letters to an account's own address when a way into it has changed: whoever didn't do it learns of it. They leave
 * with the change's own transaction, and say nothing that a colleague may not see.
 */
import { enqueueLetter } from "#platform/server/letters.ts";
import type { IdentityDeps } from "./deps.ts";
import type { AccountRow, IdentityWithin } from "./store.ts";

/** Templates in content/letters, each with a place for the day. */
type Change = "passkey-added" | "passkey-removed" | "passphrase-changed" | "sheet-changed";

export async function tellOfChange(
  within: IdentityWithin,
  deps: Pick<IdentityDeps, "addresses" | "clock" | "letterKey">,
  account: AccountRow,
  change: Change,
): Promise<void> {
  const to = deps.addresses.open(account.email_sealed);
  const fields = { day: dayInWords(deps.clock.now()) };
  const letter = { template: change, to, fields };
  await enqueueLetter(within, deps.letterKey, letter, { account: account.id });
}

/** 9 January 2027, by UTC. */
export const dayInWords = (at: number): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(at);
