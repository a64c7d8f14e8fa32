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
