/** Wires the slices: which gets which rights, which jobs run, and what happens across them on deletion. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import type { Clock } from "#platform/clock.ts";
import type { Config } from "#platform/server/config.ts";
import type { NamedCluster, NamelessCluster } from "#platform/server/db.ts";
import type { Mounting } from "#platform/server/http.ts";
import type { Tasks } from "#platform/server/jobs.ts";
import type { Log } from "#platform/server/log.ts";
import type { Mail } from "#platform/server/mail.ts";
import type { Secrets } from "#platform/server/secrets.ts";
import { makeTickets } from "#platform/server/tickets.ts";
import { makeAddresses } from "#identity/server/addresses.ts";
import { today, type IdentityDeps } from "#identity/server/deps.ts";
import { joiningRoutes } from "#identity/server/joining.ts";
import { makeOpaque } from "#identity/server/opaque.ts";
import { ownAccountRoutes } from "#identity/server/own-account.ts";
import { recoveryRoutes } from "#identity/server/recovering.ts";
import { makeSessions } from "#identity/server/sessions.ts";
import { signInRoutes } from "#identity/server/signing-in.ts";
import { keepSetUp, sweepExpired, type IdentityDb } from "#identity/server/store.ts";
import { vaultRoutes } from "#vault/server/routes.ts";
import type { VaultTables } from "#vault/server/tables.ts";
import { deletionOf } from "./deletion.ts";
import { makeLetterTask } from "./letter-task.ts";
import type { SampleSignIn } from "./main.ts";

export interface Outside {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly named: NamedCluster;
  readonly nameless: NamelessCluster;
  readonly secrets: Secrets;
  readonly mail: Mail;
  readonly origin: () => string;
  readonly oneServer: boolean;
}

export async function makeSlices(outside: Outside) {
  const { config, clock, log, named, secrets, mail, origin } = outside;
  const identityDb: IdentityDb = named.as("identity");
  const sessions = await makeSessions(identityDb, named, clock);
  const addresses = makeAddresses(secrets.addressIndexKey, secrets.addressSealKey);
  const owner = new Kysely<never>({ dialect: new PostgresDialect({ pool: named.owner }) });
  const loadSample = (): Promise<readonly SampleSignIn[]> => Promise.resolve([]);
  const identity: IdentityDeps = {
    db: identityDb,
    clock,
    opaque: await makeOpaque(secrets),
    sessions,
    tickets: makeTickets(secrets.ticketKey, clock),
    addresses,
    letterKey: secrets.addressSealKey,
    origin,
    oneServer: outside.oneServer,
    deleteEverything: deletionOf(owner),
    loadSample: async () => void (await loadSample()),
  };
  const tasks: Tasks = {
    letter: await makeLetterTask(
      join(config.home, "content/letters"),
      secrets.addressSealKey,
      mail,
    ),
    sweep: () => sweepExpired(identityDb, today(clock)),
  };

  return {
    identify: sessions.identify,
    mount: (mounting: Mounting) => {
      vaultRoutes(mounting, named.as<VaultTables>("vault"));
      joiningRoutes(mounting, identity);
      signInRoutes(mounting, identity);
      recoveryRoutes(mounting, identity);
      ownAccountRoutes(mounting, identity);
    },
    tasks,
    daily: ["sweep"],
    frequent: [],
    loadSample,
    /** Makes a fresh one-time set-up link; an earlier one stops working. */
    newSetUpToken: async (random: Uint8Array): Promise<string> => {
      const token = Buffer.from(random).toString("base64url");
      await keepSetUp(identityDb, createHash("sha256").update(token).digest());
      log.debug("a set-up link was made");
      return token;
    },
  };
}
