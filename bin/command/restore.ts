/** Brings a backup back into an empty place, and carries out again what was deleted since it was made. */
import { resolve } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import { deletionOf } from "../../src/app/server/deletion.ts";
import { backupRefusalToWords, checkBackup, loadBackup } from "../../src/platform/server/backup.ts";
import type { Config } from "../../src/platform/server/config.ts";
import { openCluster, type ClusterAddress } from "../../src/platform/server/db.ts";
import { openDeletionLedger } from "../../src/platform/server/deletion-ledger.ts";
import { migrateJobs } from "../../src/platform/server/jobs.ts";
import { openSecrets, secretsRefusalToWords } from "../../src/platform/server/secrets.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { consoleLog } from "./console-log.ts";
import { startDatabases } from "./databases.ts";
import { configOf, type Given } from "./given.ts";
import { passphraseToOpen } from "./passphrase.ts";
import { tableProgress } from "./table-progress.ts";

export async function run(given: Given): Promise<number> {
  const config = await configOf(given);
  const folder = resolve(given.work, given.operands[0]!);
  const passphrase = await passphraseToOpen(config);
  console.error("Checking the backup to its end; nothing is written meanwhile.");
  const checked = await checkBackup(folder, passphrase);
  if (!checked.ok) throw new StartRefused(backupRefusalToWords(checked.refusal));
  const { rows, headers } = checked.value;
  console.error(`It is whole: made on ${headers.named.madeOn}, ${rows.toLocaleString("en")} rows.`);

  const databases = await startDatabases(config, consoleLog("warn"));
  try {
    const loaded = await loadBackup(checked.value, {
      addresses: databases.addresses,
      secretsFile: config.secretsFile,
      onTable: tableProgress(rows),
    });
    if (!loaded.ok) throw new StartRefused(backupRefusalToWords(loaded.refusal));
    const again = await repeatDeletions(config, databases.addresses.named);
    if (again > 0) console.error(`${again} deleted since the backup was made: deleted again.`);
    console.log("Restored. Passphrases, passkeys and recovery sheets work as before.");
    console.error(
      "Letters and reminders that waited to go out when the backup was made are not in it.",
    );
    return 0;
  } finally {
    await databases.close();
  }
}

async function repeatDeletions(config: Config, address: ClusterAddress): Promise<number> {
  const secrets = await openSecrets(config.secretsFile, { make: false });
  if (!secrets.ok) throw new StartRefused(secretsRefusalToWords(secrets.refusal));
  const ledger = openDeletionLedger(config.dataDir, secrets.value.addressIndexKey);
  // Deleting also withdraws letters, so the queue must be there.
  await migrateJobs(address);
  const named = openCluster("named", address, () => undefined);
  try {
    const { rows } = await named.owner.query<{ id: string }>(
      "select id::text as id from identity.account",
    );
    const gone = await ledger.accountsIn(rows.map(({ id }) => id));
    const dialect = new PostgresDialect({ pool: named.owner });
    const deleteAccount = deletionOf(new Kysely<never>({ dialect }));
    for (const account of gone) await deleteAccount(account);
    return gone.length;
  } finally {
    await named.close();
  }
}
