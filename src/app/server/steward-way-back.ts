/**
 * A way back for a steward who lost everything: whoever runs the server makes a fresh steward's invitation.
 * It gives the role, never the old account: nothing sealed opens by it.
 */
import { Kysely, PostgresDialect } from "kysely";
import { makeStewardCode } from "#identity/server/joining.ts";
import type { IdentityDb } from "#identity/server/store.ts";
import { clustersBeside } from "#platform/server/clusters-beside.ts";
import type { Config } from "#platform/server/config.ts";
import { openCluster } from "#platform/server/db.ts";
import { silentLog } from "#platform/server/log.ts";

/** The one-time link, good for thirty days. */
export async function makeStewardInvitation(config: Config): Promise<string> {
  const beside = await clustersBeside(config, silentLog);
  const named = openCluster("named", beside.addresses.named, () => undefined);
  try {
    const dialect = new PostgresDialect({ pool: named.owner });
    const db = new Kysely<unknown>({ dialect }) as unknown as IdentityDb;
    const code = await makeStewardCode(db, { clock: { now: () => Date.now() } });
    return `${config.origin ?? `http://localhost:${config.port}`}/join#${code}`;
  } finally {
    await named.close();
    await beside.close();
  }
}
