/** A fresh, migrated named database for a test file, on the run's own PostgreSQL. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { openCluster, type ClusterAddress, type NamedCluster } from "#platform/server/db.ts";

export interface TestDatabase {
  /** Opened before the first test. */
  readonly cluster: () => NamedCluster;
  readonly address: () => ClusterAddress;
}

/** Call at the top of a test file. */
export function useNamedDatabase(): TestDatabase {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const { host, port, user } = inject("testCluster");
  const at = (database: string): ClusterAddress => ({
    host,
    user,
    database,
    ...(port === null ? {} : { port }),
  });
  let cluster: NamedCluster | null = null;

  beforeAll(async () => {
    await asMaker(at("postgres"), `create database ${name} template template_named`);
    cluster = openCluster("named", at(name), () => undefined);
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
