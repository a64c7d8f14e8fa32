/** The community's instruments for a command beside the app: the same adding and taking off as a steward's. */
import { clustersBeside } from "#platform/server/clusters-beside.ts";
import type { Config } from "#platform/server/config.ts";
import { openCluster, type NamedCluster } from "#platform/server/db.ts";
import { silentLog } from "#platform/server/log.ts";
import { newestSchemaVersion, schemaVersion } from "#platform/server/migrations.ts";
import { StartRefused } from "#platform/server/start-refused.ts";
import type { InstrumentDeps } from "#reflect/instrument/server/adding.ts";
import type { InstrumentTables } from "#reflect/instrument/server/tables.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";

export async function withInstruments<Value>(
  config: Config,
  act: (deps: InstrumentDeps) => Promise<Value>,
): Promise<Value> {
  const beside = await clustersBeside(config, silentLog);
  const named = openCluster("named", beside.addresses.named, () => undefined);
  try {
    const refused = await refusalOf(named);
    if (refused !== null) throw new StartRefused(refused);
    return await act({
      db: named.as<InstrumentTables>("reflect"),
      logDecision: (within, decision) => logDecision(within, { now: () => Date.now() }, decision),
    });
  } finally {
    await named.close();
    await beside.close();
  }
}

/** A command writes into the tables that it knows, and no others. */
async function refusalOf({ owner }: NamedCluster): Promise<string | null> {
  const client = await owner.connect();
  try {
    const behind = (await newestSchemaVersion("named")) - (await schemaVersion(client));
    if (behind > 0) return "The database is of an earlier Callroom. Start this one once first.";
    return behind < 0 ? "The database is of a newer Callroom. Run that one's command." : null;
  } finally {
    client.release();
  }
}
