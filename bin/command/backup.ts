/** Writes a backup, beside a running Callroom or without one. */
import { resolve } from "node:path";
import { makeBackup, makingRefusalToWords } from "../../src/platform/server/backup.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { consoleLog } from "./console-log.ts";
import { clustersBeside } from "../../src/platform/server/clusters-beside.ts";
import { configOf, type Given } from "./given.ts";
import { passphraseToSeal } from "./passphrase.ts";
import { tableProgress } from "./table-progress.ts";

export async function run(given: Given): Promise<number> {
  const config = await configOf(given);
  const folder = resolve(given.work, given.operands[0]!);
  const passphrase = await passphraseToSeal(config, given.flags.has("make-passphrase"));
  const databases = await clustersBeside(config, consoleLog("warn"));
  try {
    console.error("Reading the databases, each as it is at one moment.");
    const made = await makeBackup({
      folder,
      addresses: databases.addresses,
      secretsFile: config.secretsFile,
      passphrase,
      today: new Date().toISOString().slice(0, 10),
      onTable: tableProgress(null),
    });
    if (!made.ok) throw new StartRefused(makingRefusalToWords(made.refusal));
    for (const { file, bytes } of made.value)
      console.log(`${file}  ${bytes.toLocaleString("en")} bytes`);
    console.error(
      "Written, read again and whole. Not in it: letters and reminders that wait to go out, the\n" +
        "configuration, and deletions.ledger, which is kept beside backups and never in them.",
    );
    return 0;
  } finally {
    await databases.close();
  }
}
