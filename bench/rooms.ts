/**
 * How fast a circle's message is with everybody, and what that costs: 200 circles of eight, each member speaking
 * every two seconds, on the real program with its own PostgreSQL. Beside it the same load on ejabberd and on a bare
 * fan-out, which keep nothing: the three take turns within one run. Nobody is verified or formed first; what that
 * passes over, and why it doesn't matter here, says rooms/seats.ts.
 */
import { join } from "node:path";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import { findDatabaseHome } from "#platform/server/database-user.ts";
import { readPostmasterFile } from "#platform/server/postmaster.ts";
import { freePort, makeDataDir, removeDataDir, startInstance } from "../proofs/instance.ts";
import type { Bench } from "./bench.ts";
import { startChild, type Child } from "./http/child.ts";
import { measureDisk } from "./rooms/disk.ts";
import { startEjabberd } from "./rooms/ejabberd.ts";
import type { LoadMember, RoomsOrder, RoomsResult, Speech } from "./rooms/orders.ts";
import { processorSeconds } from "./rooms/processor-time.ts";
import { seatCircles } from "./rooms/seats.ts";

const SEATS = { circles: 200, members: 8 } as const;
const EVERY_MS = 2000;
const WARM_UP_MS = 6000;
const ROUND_MS = 10_000;
const ROUNDS = 5;
/** Measured for the issue on a quiet machine like this one, for where ejabberd isn't installed. */
const RECORDED = { ejabberdP50Ms: 0.4, ejabberdP99Ms: 4.9, ejabberdCpuShare: 0.3 } as const;

interface Server {
  readonly speech: Speech;
  readonly port: number;
  /** What it consists of, by name: each with all that it started. */
  readonly processes: Readonly<Record<string, number>>;
}
interface Figures {
  readonly p50: number;
  readonly p99: number;
  /** Of one core, by process. */
  readonly shares: Readonly<Record<string, number>>;
}

export const bench: Bench = async ({ log }) => {
  const dataDir = await makeDataDir();
  const env = { CALLROOM_LOG_LEVEL: "info" };
  const instance = await startInstance({ dataDir, port: await freePort(), env });
  const load: Child<RoomsOrder, RoomsResult> = startChild("../rooms/load.ts");
  const bare = startChild<object, { port: number; process: number }>("../rooms/ws-server.ts");
  const ejabberd = await startEjabberd(await freePort());
  try {
    if (ejabberd === null)
      log(
        "ejabberd isn't installed here (apt-get install ejabberd): its figures are recorded ones",
      );
    const database = await findRunning({ dataDir, cluster: "nameless" });
    if (database === null) throw new Error("The database doesn't run");
    const members = await seatCircles(database, dataDir, SEATS);
    const ws = await bare.tell({});
    const servers: Server[] = [
      {
        speech: "callroom",
        port: Number(new URL(instance.origin).port),
        processes: { server: instance.process.pid!, database: await postmasterOf(dataDir) },
      },
      ...(ejabberd === null
        ? []
        : [
            {
              speech: "xmpp" as const,
              port: ejabberd.port,
              processes: { server: ejabberd.process },
            },
          ]),
      { speech: "ws", port: ws.port, processes: { server: ws.process } },
    ];
    return await measure(load, servers, members, dataDir, log);
  } finally {
    load.stop();
    bare.stop();
    await ejabberd?.stop();
    await instance.stop();
    await removeDataDir(dataDir);
  }
};

async function measure(
  load: Child<RoomsOrder, RoomsResult>,
  servers: readonly Server[],
  members: readonly LoadMember[],
  dataDir: string,
  log: (line: string) => void,
): Promise<Record<string, number>> {
  for (const { speech, port } of servers) await load.tell({ do: "open", speech, port, members });
  log(
    `${members.length} members follow ${SEATS.circles} rooms on each of ${servers.length} servers`,
  );
  for (const { speech } of servers)
    await load.tell({ do: "speak", speech, everyMs: EVERY_MS, forMs: WARM_UP_MS });

  const disk = await measureDisk(dataDir);
  const fsyncP99Ms = hundredth(quantile(disk, 0.99));
  log(`an fdatasync takes ${quantile(disk, 0.5).toFixed(2)} ms here, ${fsyncP99Ms} ms at p99`);

  const rounds: Partial<Record<Speech, Figures>>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const figures: Partial<Record<Speech, Figures>> = {};
    for (const at of servers.keys()) {
      // Whoever comes later may find the machine otherwise: they take turns at that too.
      const server = servers[(at + round) % servers.length]!;
      figures[server.speech] = await oneRound(load, server, log);
    }
    rounds.push(figures);
  }
  const of = (speech: Speech, figure: (figures: Figures) => number) =>
    hundredth(median(rounds.flatMap((round) => (round[speech] ? [figure(round[speech])] : []))));
  const ratio = (other: Speech) =>
    hundredth(median(rounds.map((round) => round.callroom!.p99 / round[other]!.p99)));
  const p99 = of("callroom", (each) => each.p99);
  const hasEjabberd = servers.some(({ speech }) => speech === "xmpp");
  return {
    deliveryP50Ms: of("callroom", (each) => each.p50),
    deliveryP99Ms: p99,
    cpuShare: of("callroom", whole),
    serverCpuShare: of("callroom", ({ shares }) => shares["server"]!),
    databaseCpuShare: of("callroom", ({ shares }) => shares["database"]!),
    fsyncP99Ms,
    ...(hasEjabberd
      ? {
          ejabberdP50Ms: of("xmpp", (each) => each.p50),
          ejabberdP99Ms: of("xmpp", (each) => each.p99),
          ejabberdCpuShare: of("xmpp", whole),
          p99VsEjabberd: ratio("xmpp"),
        }
      : { ...RECORDED, p99VsEjabberd: hundredth(p99 / RECORDED.ejabberdP99Ms) }),
    wsP50Ms: of("ws", (each) => each.p50),
    wsP99Ms: of("ws", (each) => each.p99),
    wsCpuShare: of("ws", whole),
    p99VsWs: ratio("ws"),
  };
}

async function oneRound(
  load: Child<RoomsOrder, RoomsResult>,
  { speech, processes }: Server,
  log: (line: string) => void,
): Promise<Figures> {
  const spent = () =>
    Object.entries(processes).map(([name, id]) => {
      // The database is the server's own child, and yet told apart.
      const others = Object.values(processes).filter((other) => other !== id);
      return [name, processorSeconds(id, others)] as const;
    });
  const before = new Map(spent());
  const result = await load.tell({ do: "speak", speech, everyMs: EVERY_MS, forMs: ROUND_MS });
  const shares = Object.fromEntries(
    spent().map(([name, after]) => [name, ((after - before.get(name)!) * 1000) / ROUND_MS]),
  );
  const { latencies, sent, lacking, wrong } = result;
  if (lacking > 0 || wrong > 0)
    throw new Error(`${speech}: ${lacking} arrivals are lacking, ${wrong} are wrong`);
  const figures = { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), shares };
  log(
    `${speech}: ${sent} messages, ${latencies.length} arrivals: ` +
      `median ${figures.p50.toFixed(2)} ms, p99 ${figures.p99.toFixed(2)} ms, ` +
      Object.entries(shares)
        .map(([name, share]) => `${name} ${(share * 100).toFixed(0)}% of a core`)
        .join(", "),
  );
  return figures;
}

async function postmasterOf(dataDir: string): Promise<number> {
  const home = await findDatabaseHome(dataDir);
  const file = home.ok ? await readPostmasterFile(join(home.value.folder, "nameless")) : null;
  if (file === null || file === "unfinished") throw new Error("The database doesn't run");
  return file.process;
}

const whole = ({ shares }: Figures): number =>
  Object.values(shares).reduce((sum, share) => sum + share, 0);
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor((sorted.length - 1) * share)]!;
const hundredth = (value: number): number => Math.round(value * 100) / 100;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
