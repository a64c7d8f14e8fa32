/**
 * What a stream costs that nobody speaks on: 5,000 members follow their circles on the real program, and its memory
 * is looked at before and after, each time cleared of what nothing holds any more.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import { freePort, makeDataDir, removeDataDir, startInstance } from "../proofs/instance.ts";
import type { Bench } from "./bench.ts";
import { startChild, type Child } from "./http/child.ts";
import { openInspector, type Inspector } from "./idle/inspector.ts";
import type { RoomsOrder } from "./rooms/orders.ts";
import { residentBytes } from "./rooms/processor-time.ts";
import { seatCircles } from "./rooms/seats.ts";

const SEATS = { circles: 640, members: 8 } as const;
/** Opened before the first look, so that what is made once for all counts for none. */
const FIRST = 120;
const LOOKS = 5;
const BETWEEN_LOOKS_MS = 1000;

export const bench: Bench = async ({ log }) => {
  const dataDir = await makeDataDir();
  const inspectorPort = await freePort();
  const env = {
    CALLROOM_LOG_LEVEL: "info",
    NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}`,
  };
  const instance = await startInstance({ dataDir, port: await freePort(), env });
  const load: Child<RoomsOrder, object> = startChild("../rooms/load.ts");
  const inspector = await openInspector(inspectorPort);
  try {
    const database = await findRunning({ dataDir, cluster: "nameless" });
    if (database === null) throw new Error("The database doesn't run");
    const members = await seatCircles(database, dataDir, SEATS);
    const port = Number(new URL(instance.origin).port);
    const open = (some: typeof members) =>
      load.tell({ do: "open", speech: "callroom", port, members: some });
    const look = () => lookAt(instance.process.pid!, inspector);

    await open(members.slice(0, FIRST));
    const before = await look();
    await open(members.slice(FIRST));
    const after = await look();
    const streams = members.length - FIRST;
    const each = ({ bytes, heapBytes }: Look) => [bytes, heapBytes].map((sum) => sum / streams);
    const [bytesPerStream, heapBytesPerStream] = each({
      bytes: after.bytes - before.bytes,
      heapBytes: after.heapBytes - before.heapBytes,
    }).map(Math.round);
    log(
      `${streams} streams: ${inMegabytes(before.bytes)} MB before, ${inMegabytes(after.bytes)} MB after; ` +
        `of ${bytesPerStream} bytes a stream ${heapBytesPerStream} are JavaScript's`,
    );
    return { bytesPerStream: bytesPerStream!, heapBytesPerStream: heapBytesPerStream! };
  } finally {
    inspector.close();
    load.stop();
    await instance.stop();
    await removeDataDir(dataDir);
  }
};

interface Look {
  readonly bytes: number;
  readonly heapBytes: number;
}

/** The median of some. */
async function lookAt(process: number, inspector: Inspector): Promise<Look> {
  const looks: Look[] = [];
  while (looks.length < LOOKS) {
    await sleep(BETWEEN_LOOKS_MS);
    const heapBytes = await inspector.collectGarbage();
    looks.push({ bytes: residentBytes(process), heapBytes });
  }
  const medianOf = (figure: (look: Look) => number) =>
    looks.map(figure).toSorted((one, other) => one - other)[Math.floor(LOOKS / 2)]!;
  return { bytes: medianOf(({ bytes }) => bytes), heapBytes: medianOf((look) => look.heapBytes) };
}

const inMegabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);
