/** Starts one embedded PostgreSQL for a whole test run, with migrated templates that each test file copies. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "#platform/server/embedded-postgres.ts";
import { migrateJobs } from "#platform/server/jobs.ts";
import { silentLog } from "#platform/server/log.ts";
import { migrate } from "#platform/server/migrations.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** How to reach the run's own PostgreSQL; it has the databases `template_named` and `template_nameless`. */
    readonly testCluster: {
      readonly host: string;
      readonly port: number | null;
      readonly user: string;
    };
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "callroom-tests-"));
  const started = await startEmbedded({
    dataDir,
    cluster: "named",
    log: silentLog,
    binariesDir: join(tmpdir(), "callroom-test-postgres"),
  });
  if (!started.ok) throw new Error(`The tests' PostgreSQL did not start: ${started.refusal.type}`);
  const { address, stop } = started.value;

  const maker = new pg.Client(address);
  await maker.connect();
  for (const cluster of ["named", "nameless"] as const) {
    const database = `template_${cluster}`;
    await maker.query(`create database ${database}`);
    const client = new pg.Client({ ...address, database });
    await client.connect();
    await migrate(client, cluster);
    await client.end();
  }
  await maker.end();
  await migrateJobs({ ...address, database: "template_named" });

  const { host, port, user } = address as { host: string; port?: number; user: string };
  project.provide("testCluster", { host, port: port ?? null, user });
  return async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
