/**
 * The composition root: the one place that knows every slice. Opens the clusters, brings them up to date,
 * hands each slice what it needs, and serves.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import fastifyCookie from "@fastify/cookie";
import Fastify from "fastify";
import pg from "pg";
import type { Clock } from "#platform/clock.ts";
import type { AnyRoute } from "#platform/contract.ts";
import { clusterRefusalToWords, openClusters } from "#platform/server/clusters.ts";
import type { Config } from "#platform/server/config.ts";
import { openCluster, type ClusterAddress } from "#platform/server/db.ts";
import {
  COOKIE_OPTIONS,
  isNamelessRequest,
  sendDefect,
  sendRefusal,
  type Mounting,
} from "#platform/server/http.ts";
import { migrateJobs, startJobs } from "#platform/server/jobs.ts";
import { makeLimits } from "#platform/server/limits.ts";
import type { Log } from "#platform/server/log.ts";
import { makeMail } from "#platform/server/mail.ts";
import { migrate, type ClusterName } from "#platform/server/migrations.ts";
import { servePages } from "#platform/server/pages.ts";
import { openSecrets, secretsRefusalToWords } from "#platform/server/secrets.ts";
import { hangUpOnSlowBodies, LONGEST_REQUEST_MS } from "#platform/server/slow-bodies.ts";
import { StartRefused } from "#platform/server/start-refused.ts";
import { makeStop } from "#platform/server/stopping.ts";
import { makeSlices } from "./slices.ts";
import { apiDocument } from "./api-document.ts";

export interface Running {
  readonly origin: string;
  /** Where the community is made, while there is none. */
  readonly setupLink: string | null;
  /** Sign-ins of the sample community, when it was just loaded. */
  readonly sampleSignIns: readonly SampleSignIn[];
  readonly routes: readonly AnyRoute[];
  /** Finishes requests and jobs, then closes. */
  readonly stop: () => Promise<void>;
}

export interface SampleSignIn {
  readonly who: string;
  readonly email: string;
  readonly passphrase: string;
}

export interface StartOptions {
  readonly sample: boolean;
  readonly log: Log;
  /** Tests and proofs stop or bend the clock; everybody else has the machine's. */
  readonly clock?: Clock;
}

const MACHINE_CLOCK: Clock = { now: () => Date.now() };

export async function startCallroom(config: Config, options: StartOptions): Promise<Running> {
  const { log } = options;
  const clock = options.clock ?? MACHINE_CLOCK;
  const opened = await openClusters(config, log);
  if (!opened.ok) throw new StartRefused(clusterRefusalToWords(opened.refusal));
  const clusters = opened.value;
  const closing: (() => Promise<void>)[] = [() => clusters.stop()];
  const closeAll = async () => {
    for (const close of closing.toReversed()) await close();
  };

  try {
    await bringUpToDate("named", clusters.named);
    await bringUpToDate("nameless", clusters.nameless);
    const trouble = (cluster: ClusterName) => () =>
      log.warn("a database connection was lost", { cluster });
    const named = openCluster("named", clusters.named, trouble("named"));
    closing.push(named.close);
    const nameless = openCluster("nameless", clusters.nameless, trouble("nameless"));
    closing.push(nameless.close);

    const hasCommunity =
      (await named.owner.query("select 1 from identity.community")).rowCount === 1;
    const hasIssuerKeys =
      (await named.owner.query("select from pass.issuer_key where sealed is not null")).rowCount !==
      0;
    const hasStamps = (await nameless.owner.query("select from circles.stamp_key")).rowCount !== 0;
    const secrets = await openSecrets(config.secretsFile, {
      make: !hasCommunity,
      add: [
        ...(hasIssuerKeys ? [] : (["issuerSealKey"] as const)),
        ...(hasStamps ? [] : (["circlesKey"] as const)),
      ],
    });
    if (!secrets.ok) throw new StartRefused(secretsRefusalToWords(secrets.refusal));

    let origin = config.origin ?? `http://localhost:${config.port}`;
    const mail = makeMail(config, () => origin);
    closing.push(() => Promise.resolve(mail.close()));
    const slices = await makeSlices({
      config,
      clock,
      log,
      named,
      nameless,
      secrets: secrets.value,
      mail,
      origin: () => origin,
      oneServer: clusters.oneServer,
    });

    await slices.prepareKeys();
    const returned = await slices.repeatDeletions();
    if (returned > 0)
      log.info("accounts that were deleted before were deleted again", { count: returned });

    const app = Fastify({
      logger: false,
      trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
      bodyLimit: 16 * 1024,
      requestTimeout: LONGEST_REQUEST_MS,
      connectionTimeout: 60_000,
      keepAliveTimeout: 30_000,
      return503OnClosing: true,
      routerOptions: { maxParamLength: 1500 },
      forceCloseConnections: "idle",
    });
    const mounting: Mounting = {
      app,
      limits: makeLimits(clock),
      identify: slices.identify,
      defect: (error, where, zone) => log.defect(error, where, zone),
      mounted: [],
    };
    hangUpOnSlowBodies(app);
    await app.register(fastifyCookie, COOKIE_OPTIONS);
    app.setErrorHandler((error, request, reply) => {
      const status = (error as { statusCode?: number }).statusCode ?? 500;
      if (status === 413) return sendRefusal(reply, 413, { type: "TooLarge" });
      if (status === 503) return sendRefusal(reply, 503, { type: "Closing" });
      if (status >= 400 && status < 500) return sendRefusal(reply, 400, { type: "BadInput" });
      const zone = isNamelessRequest(request) ? "nameless" : "public";
      return sendDefect(reply, log.defect(error, "edge", zone));
    });
    const stopServing = makeStop(app);
    app.addHook("onResponse", (request, reply, done) => {
      const route = request.routeOptions.url ?? "(none)";
      const zone = route.startsWith("/api/named")
        ? "named"
        : isNamelessRequest(request)
          ? "nameless"
          : "public";
      log.request({
        zone,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: reply.elapsedTime,
      });
      done();
    });
    await slices.mount(mounting);
    const document = JSON.stringify(apiDocument(mounting.mounted));
    app.get("/api/docs", (_request, reply) => reply.type("application/json").send(document));
    await servePages(app, join(config.home, "dist/web"));

    const jobs = await startJobs(clusters.named, slices.tasks, slices.daily, slices.frequent, log);
    closing.push(jobs.stop);
    await app.listen({ host: config.host, port: config.port });
    closing.push(() => {
      slices.endStreams();
      return stopServing();
    });
    const address = app.server.address();
    if (config.origin === null && typeof address === "object" && address)
      origin = `http://localhost:${address.port}`;

    const sampleSignIns = options.sample && !hasCommunity ? await slices.loadSample() : [];
    const setupLink =
      hasCommunity || options.sample
        ? null
        : `${origin}/set-up#${await slices.newSetUpToken(randomBytes(24))}`;
    return { origin, setupLink, sampleSignIns, routes: mounting.mounted, stop: closeAll };
  } catch (error) {
    await closeAll().catch(() => undefined);
    throw error;
  }
}

async function bringUpToDate(cluster: ClusterName, address: ClusterAddress): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await migrate(client, cluster);
  } finally {
    await client.end();
  }
  if (cluster === "named") await migrateJobs(address);
}
