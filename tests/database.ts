/** A fresh, migrated database for a test file, on the run's own PostgreSQL, where both sides share a server. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import {
  openCluster,
  type Cluster,
  type ClusterAddress,
  type NamedCluster,
  type NamelessCluster,
} from "#platform/server/db.ts";
import type { ClusterName, SLICES } from "#platform/server/migrations.ts";

export interface TestDatabase<Opened = NamedCluster> {
  /** Opened before the first test. */
  readonly cluster: () => Opened;
  readonly address: () => ClusterAddress;
}

/** Call at the top of a test file. */
export const useNamedDatabase = (): TestDatabase => useDatabase("named");
export const useNamelessDatabase = (): TestDatabase<NamelessCluster> => useDatabase("nameless");

function useDatabase<Name extends ClusterName>(
  side: Name,
): TestDatabase<Cluster<(typeof SLICES)[Name][number]>> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const { host, port, user } = inject("testCluster");
  const at = (database: string): ClusterAddress => ({
    host,
    user,
    database,
    ...(port === null ? {} : { port }),
  });
  let cluster: Cluster<(typeof SLICES)[Name][number]> | null = null;

  beforeAll(async () => {
    await asMaker(at("postgres"), `create database ${name} template template_${side}`);
    cluster = openCluster(side, at(name), () => undefined);
  });
  afterAll(async () => {
    await cluster?.close();
    await asMaker(at("postgres"), `drop database ${name} with (force)`);
  });
  return {
    cluster: () => {
      if (!cluster) throw new Error("The database is open only while tests run");
      return cluster;
    },
    address: () => at(name),
  };
}

async function asMaker(address: ClusterAddress, statement: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
