/** Wires the slices: which gets which rights, which jobs run, and what happens across them on deletion. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import * as v from "valibot";
import { parse } from "yaml";
import { agreementSchema } from "#library/agreement.ts";
import type { Clock } from "#platform/clock.ts";
import type { Config } from "#platform/server/config.ts";
import type { NamedCluster, NamelessCluster } from "#platform/server/db.ts";
import type { Mounting } from "#platform/server/http.ts";
import type { Tasks } from "#platform/server/jobs.ts";
import type { Log } from "#platform/server/log.ts";
import type { Mail } from "#platform/server/mail.ts";
import type { Secrets } from "#platform/server/secrets.ts";
import { openDeletionLedger, repeatDeletions } from "#platform/server/deletion-ledger.ts";
import { StartRefused } from "#platform/server/start-refused.ts";
import { makeTickets } from "#platform/server/tickets.ts";
import { makeAddresses } from "#identity/server/addresses.ts";
import { makeClaims } from "#identity/server/claims.ts";
import { today, type IdentityDeps } from "#identity/server/deps.ts";
import { joiningRoutes } from "#identity/server/joining.ts";
import { turnQuarter } from "#identity/server/licence-quarters.ts";
import { makeOpaque } from "#identity/server/opaque.ts";
import { ownAccountRoutes } from "#identity/server/own-account.ts";
import { recoveryRoutes } from "#identity/server/recovering.ts";
import { makeSessions } from "#identity/server/sessions.ts";
import { signInRoutes } from "#identity/server/signing-in.ts";
import {
  accountIds,
  findCommunity,
  keepSetUp,
  sweepExpired,
  type IdentityDb,
} from "#identity/server/store.ts";
import { verifyingRoutes } from "#identity/server/verifying.ts";
import { sendWeeklyLetter, weeklyLetterRoutes } from "#identity/server/weekly-letter.ts";
import { prepareIssuerKeys, tellCrowds, tellKeys } from "#pass/server/issue-keys.ts";
import { makeSignReplacement } from "#pass/server/issue-replacement.ts";
import { communityOf, issuingRoutes, type IssuingDeps } from "#pass/server/issue-routes.ts";
import { makeChallenges } from "#pass/server/challenges.ts";
import { makeNamelessKeys } from "#pass/server/nameless-keys.ts";
import { makeCurrentLog } from "#pass/server/nameless-origin.ts";
import { namelessPassRoutes } from "#pass/server/nameless-routes.ts";
import type { NamelessPassTables } from "#pass/server/nameless-tables.ts";
import { circlesRoutes } from "#circles/server/routes.ts";
import { circlesTasks } from "#circles/server/tasks.ts";
import { fetchCalendar } from "#coaching/booking/server/calendar-address.ts";
import { forgetCoaching } from "#coaching/server/deletion.ts";
import type { CoachingDeps } from "#coaching/server/deps.ts";
import { coachingRoutes } from "#coaching/server/routes.ts";
import { coachingTasks } from "#coaching/server/tasks.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";
import { stewardshipRoutes } from "#stewardship/server/routes.ts";
import { instrumentRoutes } from "#reflect/instrument/server/routes.ts";
import type { InstrumentTables } from "#reflect/instrument/server/tables.ts";
import { learnRoutes } from "#learn/server/routes.ts";
import type { LearnTables } from "#learn/server/tables.ts";
import { vaultRoutes } from "#vault/server/routes.ts";
import type { VaultTables } from "#vault/server/tables.ts";
import { circlesDeps } from "./circles.ts";
import { deletionOf } from "./deletion.ts";
import { makeLetterTask } from "./letter-task.ts";
import type { SampleSignIn } from "./main.ts";
import { nights } from "./nights.ts";
import { loadSampleCommunity } from "./sample.ts";

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

async function readAgreementVersion(contentFolder: string): Promise<string> {
  const text = await readFile(join(contentFolder, "agreement/agreement.yaml"), "utf8");
  return String(v.parse(agreementSchema, parse(text)).version);
}

const OTHER_SEAL_KEY =
  "The keys that passes are signed with were sealed under another issuerSealKey than the one in the\n" +
  "secrets file. Put the copy that belongs to these databases in its place; several nodes have the same.";

export async function makeSlices(outside: Outside) {
  const { config, clock, log, named, secrets, mail, origin } = outside;
  const identityDb: IdentityDb = named.as("identity");
  const sessions = await makeSessions(identityDb, named, clock);
  const addresses = makeAddresses(secrets.addressIndexKey, secrets.addressSealKey);
  const claims = makeClaims(secrets.addressSealKey);
  const owner = new Kysely<never>({ dialect: new PostgresDialect({ pool: named.owner }) });
  const content = join(config.home, "content");
  const opaque = await makeOpaque(secrets);
  const coaching: CoachingDeps = {
    db: named.as("coaching"),
    cluster: named,
    clock,
    letterKey: secrets.addressSealKey,
    addresses,
    origin,
    feedKey: secrets.feedKey,
    agreementVersion: await readAgreementVersion(content),
    readCalendarAddress: (address) => fetchCalendar(address),
    logDecision: (within, decision) => logDecision(within, clock, decision),
    log,
  };
  const ledger = openDeletionLedger(config.dataDir, secrets.addressIndexKey);
  const deleteEverything = deletionOf(
    owner,
    (within, account) => forgetCoaching(within, account, coaching),
    ledger,
  );
  const identity: IdentityDeps = {
    db: identityDb,
    clock,
    opaque,
    sessions,
    tickets: makeTickets(secrets.ticketKey, clock),
    addresses,
    claims,
    letterKey: secrets.addressSealKey,
    origin,
    oneServer: outside.oneServer,
    deleteEverything,
    loadSample: async () => void (await loadSample()),
  };
  const passDb: IssuingDeps["db"] = named.as("pass");
  const issuing: IssuingDeps = {
    db: passDb,
    clock,
    sealKey: secrets.issuerSealKey,
    community: await communityOf(passDb),
  };
  const namelessKeys = makeNamelessKeys(outside.nameless);
  const namelessPassDb = outside.nameless.as<NamelessPassTables>("pass");
  const currentLog = makeCurrentLog(namelessPassDb, issuing.community);
  const challenges = makeChallenges(namelessPassDb, clock);
  const circles = await circlesDeps({
    nameless: outside.nameless,
    stewardship: named.as("stewardship"),
    decisions: named.as("stewardship"),
    signReplacement: makeSignReplacement(issuing),
    key: secrets.circlesKey,
    contentFolder: content,
    readCountry: async () => (await findCommunity(identityDb))?.country ?? null,
    turnUrls: config.turnUrls,
    clock,
    log,
    community: issuing.community,
    currentLog,
    challenges,
  });
  const sampleDeps = { clock, opaque, addresses, claims, issuing, namelessKeys, circles };
  const loadSample = (): Promise<readonly SampleSignIn[]> =>
    loadSampleCommunity(owner, content, sampleDeps);
  let stopCircles: () => void = () => undefined;
  const prepareKeys = async () => {
    const prepared = await prepareIssuerKeys(passDb, secrets.issuerSealKey, today(clock));
    if (!prepared.ok) throw new StartRefused(OTHER_SEAL_KEY);
    await tellKeys(passDb, namelessKeys);
  };
  const tasks: Tasks = {
    ...coachingTasks(coaching),
    letter: await makeLetterTask(join(content, "letters"), secrets.addressSealKey, mail),
    sweep: () => sweepExpired(identityDb, today(clock)),
    "weekly-letter": () =>
      sendWeeklyLetter({ ...identity, zone: async () => (await circles.readHours()).zone }),
    "turn-licence-quarter": () => turnQuarter(identityDb, claims, clock.now()),
    "prepare-issuer-keys": prepareKeys,
    "tell-crowds": () => tellCrowds(passDb, namelessKeys, today(clock)),
    ...circlesTasks(circles),
    ...nights({ queue: owner, named, nameless: outside.nameless, keys: namelessKeys, clock, log }),
  };

  return {
    identify: sessions.identify,
    mount: async (mounting: Mounting) => {
      vaultRoutes(mounting, named.as<VaultTables>("vault"));
      joiningRoutes(mounting, identity);
      signInRoutes(mounting, identity);
      recoveryRoutes(mounting, identity);
      ownAccountRoutes(mounting, identity);
      verifyingRoutes(mounting, identity);
      weeklyLetterRoutes(mounting, identity);
      issuingRoutes(mounting, issuing);
      const { community } = issuing;
      namelessPassRoutes(mounting, { currentLog, challenges, clock, community });
      const running = await circlesRoutes(mounting, circles);
      stopCircles = running.stop;
      instrumentRoutes(mounting, {
        db: named.as<InstrumentTables>("reflect"),
        logDecision: (within, decision) => logDecision(within, clock, decision),
      });
      learnRoutes(mounting, named.as<LearnTables>("learn"));
      await coachingRoutes(mounting, coaching);
      stewardshipRoutes(mounting, {
        db: named.as("stewardship"),
        queue: named.owner,
        clock,
        addresses,
        claims,
        letterKey: secrets.addressSealKey,
        origin,
      });
    },
    tasks,
    daily: [
      "sweep",
      "sweep-bookings",
      "turn-licence-quarter",
      "remind-of-credentials",
      "prepare-issuer-keys",
      "tell-crowds",
      "plan-nights",
      "form-circles",
      "sweep-circles",
    ],
    frequent: ["refresh-calendars", "forget-times", "weekly-letter"],
    loadSample,
    /** Lets go of whoever follows something, or the server would wait for them. */
    endStreams: () => stopCircles(),
    /** Before anybody is served: the keys that passes are signed with, on both sides. */
    prepareKeys,
    /** Before anybody is served: whom a restored backup brought back, or whose deletion was cut off. */
    repeatDeletions: () => repeatDeletions(ledger, () => accountIds(identityDb), deleteEverything),
    /** Makes a fresh one-time set-up link; an earlier one stops working. */
    newSetUpToken: async (random: Uint8Array): Promise<string> => {
      const token = Buffer.from(random).toString("base64url");
      await keepSetUp(identityDb, createHash("sha256").update(token).digest());
      log.debug("a set-up link was made");
      return token;
    },
  };
}
