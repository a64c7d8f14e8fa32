/** The community's instruments for a command beside the app: the same adding and taking off as a steward's. */
import { clustersBeside } from "#platform/server/clusters-beside.ts";
import type { Config } from "#platform/server/config.ts";
import { openCluster } from "#platform/server/db.ts";
import { silentLog } from "#platform/server/log.ts";
import { StartRefused } from "#platform/server/start-refused.ts";
import type { InstrumentDeps } from "#reflect/instrument/server/adding.ts";
import type { InstrumentTables } from "#reflect/instrument/server/tables.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";

const SINCE = 10;

export async function withInstruments<Value>(
  config: Config,
  act: (deps: InstrumentDeps) => Promise<Value>,
): Promise<Value> {
  const beside = await clustersBeside(config, silentLog);
  const named = openCluster("named", beside.addresses.named, () => undefined);
  try {
    const { rows } = await named.owner.query<{ version: number | null }>(
      "select max(version) as version from public.callroom_schema",
    );
    if ((rows[0]?.version ?? 0) < SINCE)
      throw new StartRefused("The database is of an earlier Callroom. Start this one once first.");
    return await act({
      db: named.as<InstrumentTables>("reflect"),
      logDecision: (within, decision) => logDecision(within, { now: () => Date.now() }, decision),
    });
  } finally {
    await named.close();
    await beside.close();
  }
}
