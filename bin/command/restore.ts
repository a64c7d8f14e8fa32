/** Brings a backup back into an empty place. What was deleted since is deleted again by the next start. */
import { resolve } from "node:path";
import { backupRefusalToWords, checkBackup, loadBackup } from "../../src/platform/server/backup.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { consoleLog } from "./console-log.ts";
import { clustersAlone } from "../../src/platform/server/clusters-beside.ts";
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

  const databases = await clustersAlone(config, consoleLog("warn"));
  try {
    const loaded = await loadBackup(checked.value, {
      addresses: databases.addresses,
      secretsFile: config.secretsFile,
      today: new Date().toISOString().slice(0, 10),
      onTable: tableProgress(rows),
    });
    if (!loaded.ok) throw new StartRefused(backupRefusalToWords(loaded.refusal));
    console.log("Restored. Passphrases, passkeys and recovery sheets work as before.");
    console.error(
      "Letters and reminders that waited to go out when the backup was made are not in it. Who is in\n" +
        "deletions.ledger in the data folder is deleted again when Callroom starts. Passes issued until\n" +
        "today begin nothing any more, so that nobody acts twice; those of the next month will.",
    );
    return 0;
  } finally {
    await databases.close();
  }
}
