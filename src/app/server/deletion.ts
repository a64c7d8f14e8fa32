/** Deletion that deletes: every slice's rows of an account, and letters on their way, in one transaction. */
import { sql, type Kysely, type Transaction } from "kysely";
import type { CoachingWithin } from "#coaching/server/deps.ts";
import type { DeletionLedger } from "#platform/server/deletion-ledger.ts";
import { deleteAccountRow, type IdentityDb, type IdentityWithin } from "#identity/server/store.ts";
import { destroySafe } from "#vault/server/store.ts";

/** `owner` has the rights of every slice; nothing else uses it so. */
export function deletionOf(
  owner: Kysely<never>,
  forgetCoaching: (within: CoachingWithin, account: string) => Promise<void>,
  ledger: DeletionLedger,
) {
  return async (
    account: string,
    first?: (within: IdentityWithin) => Promise<void>,
  ): Promise<void> => {
    const everything = owner as unknown as IdentityDb;
    await everything.transaction().execute(async (within) => {
      await first?.(within);
      await forgetCoaching(within as unknown as CoachingWithin, account);
      await withdrawLetters(within as unknown as Transaction<never>, account);
      await destroySafe(within, account);
      await deleteAccountRow(within, account);
      // Last, before the commit: an account named here that still stands is deleted again at the next start.
      await ledger.add(account);
    });
  };
}

async function withdrawLetters(within: Transaction<never>, account: string): Promise<void> {
  await sql`delete from graphile_worker._private_jobs where payload ->> 'account' = ${account}`.execute(
    within,
  );
}
