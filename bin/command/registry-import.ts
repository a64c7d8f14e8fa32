/** Reads the public registry of physicians into the database, with progress, and goes on where it was broken off. */
import { resolve } from "node:path";
import pg from "pg";
import { clustersBeside } from "../../src/platform/server/clusters-beside.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import {
  importRegistry,
  planRegistryImport,
  type RegistryProgress,
  type RegistryRefusal,
} from "../../src/stewardship/server/registry-import.ts";
import { consoleLog } from "./console-log.ts";
import { configOf, type Given } from "./given.ts";

export async function run(given: Given): Promise<number> {
  const config = await configOf(given);
  const file = resolve(given.work, given.operands[0]!);
  const databases = await clustersBeside(config, consoleLog("warn"));
  const client = new pg.Client(databases.addresses.named);
  try {
    await client.connect();
    if (given.flags.has("check")) return await check(client, file);
    const done = await importRegistry(client, file, said());
    if (!done.ok) throw new StartRefused(refusalToWords(done.refusal, file));
    const { rows, kept } = done.value;
    console.log(
      `The registry is here: ${count(kept)} physicians and people in training, of ${count(rows)} rows.`,
    );
    return 0;
  } finally {
    await client.end();
    await databases.close();
  }
}

async function check(client: pg.ClientBase, file: string): Promise<number> {
  const plan = await planRegistryImport(client, file);
  if (!plan.ok) throw new StartRefused(refusalToWords(plan.refusal, file));
  const { size, from, sample } = plan.value;
  console.log(`${megabytes(size)} with all the columns that are needed.`);
  console.log(`Of its first ${count(sample.rows)} rows ${count(sample.kept)} would be kept.`);
  console.log(
    from === 0
      ? "It would be read from the beginning."
      : from === size
        ? "It has been imported already; there would be nothing to do."
        : `An import was broken off; it would go on at ${share(from, size)}.`,
  );
  return 0;
}

/** Says how far it is, every two seconds at most. */
function said(): (progress: RegistryProgress) => void {
  let at = 0;
  return ({ size, read, rows, kept }) => {
    const now = Date.now();
    if (now - at < 2000) return;
    at = now;
    console.error(`  ${share(read, size)}  ${count(rows)} rows read, ${count(kept)} kept`);
  };
}

function refusalToWords(refusal: RegistryRefusal, file: string): string {
  switch (refusal.type) {
    case "NoFile":
      return `There is no file ${file} that could be read.`;
    case "Packed":
      return `${file} is a zip archive. Unpack it first; what is wanted is the large .csv in it, npidata_pfile_….`;
    case "ColumnsMissing":
      return `${file} is not the registry's monthly file. It lacks: ${refusal.lacking.join(", ")}.`;
    case "RowTooLong":
      return `${file} is damaged: a row doesn't end. What was read before it is kept; put a whole file in its place.`;
    case "ImportRuns":
      return "Another import is under way.";
    case "SchemaMissing":
      return "The database is of an earlier Callroom. Start this one once, then import.";
  }
}

const count = (number: number): string => number.toLocaleString("en");
const megabytes = (bytes: number): string => `${count(Math.ceil(bytes / 1e6))} MB`;
const share = (part: number, whole: number): string =>
  `${Math.floor((100 * part) / Math.max(1, whole))} %`;
