/**
 * Nonsense does no harm: bad requests, made out of the program's own description of its API, go to every
 * route as nobody, member, coach and steward. No answer may be a 5xx, the program must not end, and its
 * memory must not grow without bound. The control sends the same to a server that breaks on one of them.
 */
import { createServer } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { addCoach, addMember } from "./community.ts";
import {
  hostileRequest,
  seeded,
  type ApiDocument,
  type HostileRequest,
} from "./hostile-requests.ts";
import { freePort, makeDataDir, removeDataDir, startInstance } from "./instance.ts";
import { setUp } from "./member.ts";
import type { Proof } from "./proof.ts";

const AT_ONCE = 16;
const MOST_GROWTH_MIB = 250;

export const prove: Proof = async ({ small, log }) => {
  const requests = small ? 10_000 : 100_000;
  const dataDir = await makeDataDir();
  // The proof speaks as many networks, or the limits would answer for the routes.
  const instance = await startInstance({
    dataDir,
    port: await freePort(),
    env: { CALLROOM_TRUST_PROXY: "loopback", CALLROOM_LOG_LEVEL: "error" },
  });
  try {
    const steward = await setUp(instance.origin, instance.setUpToken!);
    const coach = await addCoach(steward, "Coach");
    const members = [];
    for (let n = 0; n < (small ? 6 : 20); n++)
      members.push(await addMember(steward, `Member ${n}`));
    const cookies = [null, steward.cookie, coach.cookie, ...members.map((member) => member.cookie)];
    const document = (await (await fetch(`${instance.origin}/api/docs`)).json()) as ApiDocument;
    const operations = Object.values(document.paths).flatMap((each) => Object.keys(each)).length;

    await storm(instance.origin, document, cookies, 500, 1);
    const before = await memoryOf(instance.process.pid!);
    const result = await storm(instance.origin, document, cookies, requests, 2);
    const after = await memoryOf(instance.process.pid!);
    const alive = instance.process.exitCode === null && (await fetch(instance.origin)).ok;
    for (const failure of result.failures.slice(0, 5))
      log(`${failure.status} ${failure.request.method} ${failure.request.operation}`);

    const control = await brokenServer();
    const caught = await storm(control.origin, document, [null], 300, 3);
    control.close();
    return {
      holds:
        alive &&
        result.failures.length === 0 &&
        after - before < MOST_GROWTH_MIB &&
        result.operations === operations,
      control: caught.failures.length > 0 ? "caught" : "missed",
      size: requests,
      figures: {
        operations,
        failures: result.failures.length,
        refused: result.byStatus.get(400) ?? 0,
        accepted: result.byStatus.get(200) ?? 0,
        limited: result.byStatus.get(429) ?? 0,
        growthMiB: Math.round(after - before),
      },
    };
  } finally {
    await instance.stop();
    await removeDataDir(dataDir);
  }
};

interface Storm {
  readonly failures: readonly { readonly status: number; readonly request: HostileRequest }[];
  readonly byStatus: ReadonlyMap<number, number>;
  /** How many operations were tried at least once. */
  readonly operations: number;
}

async function storm(
  origin: string,
  document: ApiDocument,
  cookies: readonly (string | null)[],
  count: number,
  seed: number,
): Promise<Storm> {
  const random = seeded(seed);
  const byStatus = new Map<number, number>();
  const failures: { status: number; request: HostileRequest }[] = [];
  const tried = new Set<string>();
  let left = count;
  const send = async (): Promise<void> => {
    while (left-- > 0) {
      const request = hostileRequest(document, random);
      const cookie = cookies[Math.floor(random() * cookies.length)]!;
      // An act that ends the session or the account would end the proof's own way in.
      if (cookie !== null && ENDS.has(request.operation)) continue;
      tried.add(request.operation);
      const status = await statusOf(origin, request, cookie, random);
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
      if (status >= 500) failures.push({ status, request });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  return { failures, byStatus, operations: tried.size };
}

const ENDS = new Set(["endSession", "endAllSessions"]);

async function statusOf(
  origin: string,
  request: HostileRequest,
  cookie: string | null,
  random: () => number,
): Promise<number> {
  const network = Array.from({ length: 4 }, () => 1 + Math.floor(random() * 220)).join(".");
  const body = request.method === "GET" ? null : request.body;
  try {
    const response = await fetch(origin + request.path, {
      method: request.method,
      headers: {
        ...request.headers,
        "x-forwarded-for": network,
        ...(cookie === null ? {} : { cookie }),
      },
      ...(body === null ? {} : { body: body as string }),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    // The server may hang up on a body that is far too large; a program that has died shows in `alive`.
    return 0;
  }
}

/** Resident memory in MiB. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "VmRSS: 0 kB");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function brokenServer() {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      response.statusCode = body.includes("drop table") ? 500 : 400;
      response.end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
