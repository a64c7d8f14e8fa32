/**
 * Licences by the quarter: each quarter has a secret of its own and a mark for every verified licence. The
 * first who needs a new quarter opens it, at the latest a daily job in the month before; it destroys those that
 * have ended.
 */
import type { Kysely } from "kysely";
import { quarterOf, quartersHeld } from "../licence.ts";
import type { Claims } from "./claims.ts";
import type { VerificationTables } from "./tables.ts";
import {
  dropQuartersBefore,
  keepMarks,
  keepQuarter,
  quarterSecret,
  takeMark,
  verifiedClaims,
  type VerificationWithin,
} from "./verification-store.ts";

/** The quarter's sealed secret. Whoever is verified has a mark in it before anybody else can take one. */
export async function openQuarter(
  within: VerificationWithin,
  claims: Claims,
  quarter: string,
): Promise<Buffer> {
  const known = await quarterSecret(within, quarter);
  if (known) return known;
  const secret = claims.newSecret();
  // Another who is at it makes us wait here until they are done.
  if (!(await keepQuarter(within, quarter, secret))) return (await quarterSecret(within, quarter))!;
  const verified = await verifiedClaims(within);
  await keepMarks(
    within,
    quarter,
    verified.map(({ account, claimSealed }) => ({
      account,
      mark: claims.mark(secret, claims.open(claimSealed)),
    })),
  );
  return secret;
}

/** False where the licence is in use this quarter, or was when badges of the next were issued already. */
export async function takeLicence(
  within: VerificationWithin,
  claims: Claims,
  now: number,
  asking: { readonly account: string; readonly claimSealed: Buffer },
): Promise<boolean> {
  const claim = claims.open(asking.claimSealed);
  for (const quarter of quartersHeld(now)) {
    const secret = await openQuarter(within, claims, quarter);
    const mark = claims.mark(secret, claim);
    if (!(await takeMark(within, quarter, { account: asking.account, mark }))) return false;
  }
  return true;
}

/** The daily job. */
export async function turnQuarter(
  db: Kysely<VerificationTables>,
  claims: Claims,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (within) => {
    for (const quarter of quartersHeld(now)) await openQuarter(within, claims, quarter);
    await dropQuartersBefore(within, quarterOf(now));
  });
}
