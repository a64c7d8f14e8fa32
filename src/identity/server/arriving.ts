/**
 * What joining by a roster's code is evidence of. Kept is which use of the code it was, never whose line: a
 * roster can't tell who of it came (rule 4). A student has asked to be verified by having come.
 */
import { randomUUID } from "node:crypto";
import type { Claims } from "./claims.ts";
import { rosterUsed, type IdentityWithin } from "./store.ts";
import { keepArrival, keepAsking } from "./verification-store.ts";

/** In the transaction that has used the code. */
export async function arriveByRoster(
  within: IdentityWithin,
  claims: Claims,
  account: string,
  roster: string,
): Promise<void> {
  const { sponsor, kind, uses_left } = await rosterUsed(within, roster);
  if (kind === "employer") return;
  await keepArrival(within, account, { roster, sponsor, kind, code_use: uses_left });
  if (kind === "residents") return;
  await keepAsking(within, {
    account,
    asking: randomUUID(),
    way: "roster",
    claimSealed: claims.seal({ of: "student", roster, use: uses_left }),
  });
}
