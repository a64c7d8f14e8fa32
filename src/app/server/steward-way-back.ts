/**
 * A way back for a steward who lost everything: whoever runs the server makes a fresh steward's invitation.
 * It gives the role, never the old account: nothing sealed opens by it.
 */
import { Kysely, PostgresDialect } from "kysely";
import { makeStewardCode } from "#identity/server/joining.ts";
import type { IdentityDb } from "#identity/server/store.ts";
import { clusterRefusalToWords, openClusters } from "#platform/server/clusters.ts";
import type { Config } from "#platform/server/config.ts";
import { openCluster } from "#platform/server/db.ts";
import { silentLog } from "#platform/server/log.ts";
import { StartRefused } from "#platform/server/start-refused.ts";

/** The one-time link, good for thirty days. */
export async function makeStewardInvitation(config: Config): Promise<string> {
  const clusters = await openClusters(config, silentLog);
  if (!clusters.ok) throw new StartRefused(clusterRefusalToWords(clusters.refusal));
  const named = openCluster("named", clusters.value.named, () => undefined);
  try {
    const dialect = new PostgresDialect({ pool: named.owner });
    const db = new Kysely<unknown>({ dialect }) as unknown as IdentityDb;
    const code = await makeStewardCode(db, { clock: { now: () => Date.now() } });
    return `${config.origin ?? `http://localhost:${config.port}`}/join#${code}`;
  } finally {
    await named.close();
    if (!clusters.value.adopted) await clusters.value.stop();
  }
}
