/**
 * How much of what the machine could do a sealed write gets, and how long looking for free times takes. The real
 * program and a bare server take turns on one PostgreSQL, under the same load, within one run.
 */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import { freePort, makeDataDir, removeDataDir, startInstance } from "../proofs/instance.ts";
import { setUp, type Member } from "../proofs/member.ts";
import type { Bench } from "./bench.ts";
import { makeBusyCoach } from "./http/busy-coach.ts";
import { startChild, type Child } from "./http/child.ts";
import { makeMembers, type LoadMember } from "./http/members.ts";
import type { LoadOrder, LoadResult, RequestTemplate } from "./http/requests.ts";

/** So many that no account comes near its limit of requests a minute. */
const MEMBERS = 512;
const SEALED_BYTES = 1500;
const WRITE_CONNECTIONS = 16;
const ROUNDS = 7;
const ROUND_MS = 2500;
const WARM_UP_MS = 2500;
/** As many connections as the vault has, in src/platform/server/db.ts. */
const POOL = 4;
const SEARCH_CONNECTIONS = 8;
const SEARCH_MS = 8000;
const SEARCH_DAYS = 28;

type Load = Child<LoadOrder, LoadResult>;

export const bench: Bench = async ({ log }) => {
  const dataDir = await makeDataDir();
  const env = { CALLROOM_LOG_LEVEL: "info" };
  const instance = await startInstance({ dataDir, port: await freePort(), env });
  const load: Load = startChild("load.ts");
  try {
    const database = await findRunning({ dataDir, cluster: "named" });
    if (database === null) throw new Error("The database doesn't run");
    const steward = await setUp(instance.origin, instance.setUpToken!);
    const members = await makeMembers(database, dataDir, MEMBERS);
    return {
      ...(await measureWrites(load, portOf(instance.origin), database, members, log)),
      ...(await measureSearch(load, steward, members, log)),
    };
  } finally {
    load.stop();
    await instance.stop();
    await removeDataDir(dataDir);
  }
};

async function measureWrites(
  load: Load,
  port: number,
  database: pg.PoolConfig,
  members: readonly LoadMember[],
  log: (line: string) => void,
) {
  await makeTable(database);
  const bare = startChild<object, number>("bare-server.ts");
  try {
    const barePort = await bare.tell({ database, pool: POOL });
    const requests = members.map(sealedWrite);
    const run = async (at: number, forMs: number) =>
      onlySuccesses(await load.tell({ port: at, connections: WRITE_CONNECTIONS, forMs, requests }));
    await run(port, WARM_UP_MS);
    await run(barePort, WARM_UP_MS);
    const rounds: { ours: number; limit: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // Whoever comes second may find the machine otherwise: they take turns at that too.
      const first = await run(round % 2 === 0 ? port : barePort, ROUND_MS);
      const second = await run(round % 2 === 0 ? barePort : port, ROUND_MS);
      const [ours, limit] = round % 2 === 0 ? [first, second] : [second, first];
      rounds.push({ ours: ours.perSecond, limit: limit.perSecond });
      log(
        `sealed writes a second: ${ours.perSecond.toFixed(0)}, the bare server ` +
          `${limit.perSecond.toFixed(0)} (${(ours.perSecond / limit.perSecond).toFixed(2)})`,
      );
    }
    return {
      sealedWriteVsLimit: hundredth(median(rounds.map(({ ours, limit }) => ours / limit))),
      sealedWritesPerSecond: Math.round(median(rounds.map(({ ours }) => ours))),
      limitPerSecond: Math.round(median(rounds.map(({ limit }) => limit))),
    };
  } finally {
    bare.stop();
  }
}

async function measureSearch(
  load: Load,
  steward: Member,
  members: readonly LoadMember[],
  log: (line: string) => void,
) {
  const coach = await makeBusyCoach(steward, members);
  const from = Math.floor(Date.now() / 60_000);
  const path = `/api/named/coaches/${coach.account}/slots?kind=session&from=${from}&days=${SEARCH_DAYS}`;
  const order: LoadOrder = {
    port: portOf(steward.origin),
    connections: SEARCH_CONNECTIONS,
    forMs: SEARCH_MS,
    requests: members.map(({ cookie }) => ({ method: "GET", path, cookie, body: "" })),
  };
  onlySuccesses(await load.tell({ ...order, forMs: 500 }));
  const { latencies, perSecond } = onlySuccesses(await load.tell(order));
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!;
  log(
    `${sorted.length} searches of ${SEARCH_DAYS} days, ${perSecond.toFixed(0)} a second over ` +
      `${SEARCH_CONNECTIONS} connections: median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`,
  );
  return { slotSearchP99Ms: hundredth(at(0.99)), slotSearchMedianMs: hundredth(at(0.5)) };
}

function sealedWrite({ cookie }: LoadMember): RequestTemplate {
  const collection = randomBytes(16).toString("base64url");
  const body = { version: 1, sealed: randomBytes(SEALED_BYTES).toString("base64url") };
  return {
    method: "PUT",
    path: `/api/named/vault/records/${collection}/{id}`,
    cookie,
    body: JSON.stringify(body),
  };
}

async function makeTable(database: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  await client.query("create schema bench");
  await client.query("create table bench.sealed (id uuid primary key, sealed bytea not null)");
  await client.end();
}

function onlySuccesses(result: LoadResult): LoadResult {
  if (Object.keys(result.others).length > 0)
    throw new Error(`Answers other than 200: ${JSON.stringify(result.others)}`);
  return result;
}

const portOf = (origin: string): number => Number(new URL(origin).port);
const hundredth = (value: number): number => Math.round(value * 100) / 100;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
