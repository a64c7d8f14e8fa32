/**
 * Who was deleted, kept beside the backups and never in them: lines of HMACs without a date, so that
 * restoring an old backup carries out again what was deleted since, and the file itself names nobody.
 */
import { createHmac } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bytes } from "../bytes.ts";
import { reveal, type Redacted } from "../redacted.ts";

export interface DeletionLedger {
  /** Flushed when it resolves. Call it last in the deleting transaction, before its commit. */
  readonly add: (account: string) => Promise<void>;
  readonly accountsIn: (accounts: readonly string[]) => Promise<readonly string[]>;
  readonly isEmpty: () => Promise<boolean>;
}

/**
 * At every start, before anybody is served: an account that the ledger names came back with a backup, or
 * its deletion was cut off before it was done. Gives how many there were.
 */
export async function repeatDeletions(
  ledger: DeletionLedger,
  accounts: () => Promise<readonly string[]>,
  deleteAccount: (account: string) => Promise<void>,
): Promise<number> {
  if (await ledger.isEmpty()) return 0;
  const returned = await ledger.accountsIn(await accounts());
  for (const account of returned) await deleteAccount(account);
  return returned.length;
}

export function openDeletionLedger(dataDir: string, key: Redacted<Bytes>): DeletionLedger {
  const file = join(dataDir, "deletions.ledger");
  const lineOf = (account: string) =>
    createHmac("sha256", reveal(key))
      .update(`callroom deletion v1\n${account}`)
      .digest("base64url");
  return {
    add: async (account) => {
      const handle = await open(file, "a", 0o600);
      try {
        // Closed on both sides, so that a line cut short by a fault spoils no other.
        await handle.writeFile(`\n${lineOf(account)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    isEmpty: async () => (await readLedger(file)) === "",
    accountsIn: async (accounts) => {
      const lines = new Set((await readLedger(file)).split("\n"));
      return accounts.filter((account) => lines.has(lineOf(account)));
    },
  };
}

async function readLedger(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
