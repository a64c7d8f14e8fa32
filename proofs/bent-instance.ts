/** The real program under a clock that the proof sets, so that months pass in a minute. */
import { once } from "node:events";
import pg from "pg";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import type { ClusterName } from "#platform/server/migrations.ts";
import { freePort, startInstance, type Instance } from "./instance.ts";

export interface BentInstance extends Instance {
  readonly now: () => number;
  /** Milliseconds since the epoch; it goes on from there. */
  readonly setClock: (now: number) => Promise<void>;
  /** A background task now; it counts its days by the bent clock, though the queue goes by PostgreSQL's. */
  readonly runTask: (task: string) => Promise<void>;
  /** With the owner's rights, as the operator has. */
  readonly query: <Row extends object>(cluster: ClusterName, text: string) => Promise<Row[]>;
}

const PATIENCE_MS = 300_000;

export async function startBentInstance(
  dataDir: string,
  day: string,
  env: Readonly<Record<string, string>> = {},
): Promise<BentInstance> {
  let set = { at: performance.now(), now: Date.parse(`${day}T08:00:00Z`) };
  const instance = await startInstance({
    dataDir,
    port: await freePort(),
    program: "proofs/bent-start.ts",
    // Doctors come from networks of their own, which a proxy in front would tell.
    env: { CALLROOM_PROOF_NOW: String(set.now), CALLROOM_TRUST_PROXY: "loopback", ...env },
  });

  const query: BentInstance["query"] = async <Row extends object>(
    cluster: ClusterName,
    text: string,
  ) => {
    const address = await findRunning({ dataDir, cluster });
    if (address === null) throw new Error(`The ${cluster} cluster is not running`);
    const client = new pg.Client(address);
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  };

  return {
    ...instance,
    now: () => Math.floor(set.now + performance.now() - set.at),
    setClock: async (now) => {
      set = { at: performance.now(), now };
      const heard = once(instance.process, "message");
      instance.process.send({ now });
      await heard;
    },
    query,
    runTask: async (task) => {
      const [job] = await query<{ id: string }>(
        "named",
        `select (graphile_worker.add_job('${task}', '{}'::json, max_attempts => 1)).id`,
      );
      const until = Date.now() + PATIENCE_MS;
      for (;;) {
        const [row] = await query<{ attempts: number; error: string | null }>(
          "named",
          `select attempts, last_error as error from graphile_worker.jobs where id = ${job!.id}`,
        );
        if (row === undefined) return;
        if (row.error !== null) throw new Error(`${task} failed: ${row.error}`);
        if (Date.now() > until) throw new Error(`${task} did not end`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
