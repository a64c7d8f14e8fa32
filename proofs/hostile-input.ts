/**
 * Nonsense does no harm: bad requests, made out of the program's own description of its API and of what it has taken
 * before, go to every route as nobody, member, coach and steward, and to the nameless side with tickets that count, so
 * that a circle's own code sees them. No answer may be a 5xx, the program must not end, every nameless route must have
 * answered from behind its door, and neither its memory nor its databases may grow without bound. Files that mean harm
 * are handed in besides: questionnaires and courses by a steward and by the command, and what lies in content/ to
 * its check. The control sends the same to a server that breaks on one of them, and only for who has a ticket, and
 * gives the files to a reader that trusts them.
 */
import { createServer } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { breakingTheTrusting, checkHostileContent, hostileContent } from "./hostile-content.ts";
import { playGround, type HostileGround } from "./hostile-ground.ts";
import { hostileInstruments } from "./hostile-instruments.ts";
import {
  hostileRequest,
  operationsIn,
  samplesByOperation,
  seeded,
  type ApiDocument,
  type HostileRequest,
  type Known,
} from "./hostile-requests.ts";
import {
  giveToCommand,
  handCourses,
  handInstruments,
  HOSTILE_COURSES,
} from "./hostile-stewards.ts";
import { makeDataDir, removeDataDir } from "./instance.ts";
import { pass } from "./nameless-ground.ts";
import type { Proof } from "./proof.ts";

const AT_ONCE = 16;
const MOST_GROWTH_MIB = 250;
const TRIES_OF_CONTROL = 1500;
/** What a request that was taken may leave in a database, and what upkeep leaves there. */
const MOST_KEPT_KIB = 48;
const UPKEEP_MIB = 16;

export const prove: Proof = async ({ small, log }) => {
  const requests = small ? 6_000 : 100_000;
  const dataDir = await makeDataDir();
  let ground: HostileGround | null = null;
  try {
    // The proof speaks as many networks, or the limits would answer for the routes.
    ground = await playGround(dataDir);
    const { instance, steward, coach, doctors } = ground;
    const members = doctors.slice(0, small ? 6 : 20).map(({ member }) => member.cookie);
    const cookies: Cookies = [null, steward.cookie, coach.cookie, ...members];
    const document = (await (await fetch(`${instance.origin}/api/docs`)).json()) as ApiDocument;
    const operations = operationsIn(document);
    const nameless = operations
      .filter(({ operation }) => operation.tags.includes("nameless"))
      .map(({ operation }) => operation.operationId);
    const verifying = operations
      .filter(({ pattern }) =>
        /\/(?:verif|vouch|institution|decisions|instruments|courses)/.test(pattern),
      )
      .map(({ operation }) => operation.operationId);
    const known: Known = {
      samplesByOperation: samplesByOperation(document, ground.samples),
      tickets: ground.tickets,
      wanted: [...nameless, ...verifying],
    };
    const at = { origin: instance.origin, document, known };
    log(
      `${nameless.length} nameless operations, ${known.samplesByOperation.size} of all with samples`,
    );

    await storm(at, cookies, 500, 1);
    const before = await sizesOf(ground);
    const result = await storm(at, cookies, requests, 2);
    const after = await sizesOf(ground);
    const files = await handFiles(ground, dataDir, small);
    for (const { file, what } of files.harm) log(`${file}: ${what}`);
    const alive = instance.process.exitCode === null && (await fetch(instance.origin)).ok;
    for (const failure of result.failures.slice(0, 5))
      log(`${failure.status} ${failure.request.method} ${failure.request.operation}`);
    const unreached = [...nameless, ...verifying].filter(
      (name) => !result.reached.has(name) && !NEEDS_A_ROSTER.has(name),
    );
    for (const name of unreached) log(`never got past the door: ${name}`);

    const control = await brokenServer(ground.tickets);
    const caught = await storm({ ...at, origin: control.origin }, [null], TRIES_OF_CONTROL, 3);
    const { tickets: _, ...noTickets } = known;
    const outside = { ...at, origin: control.origin, known: { ...noTickets, tickets: [] } };
    const stopped = await storm(outside, [null], TRIES_OF_CONTROL, 3);
    control.close();
    const accepted = result.byStatus.get(200) ?? 0;
    const mostMiB = UPKEEP_MIB + (accepted * MOST_KEPT_KIB) / 1024;
    const grown = {
      memory: after.memory - before.memory,
      named: after.named - before.named,
      nameless: after.nameless - before.nameless,
    };
    return {
      holds:
        alive &&
        result.failures.length === 0 &&
        grown.memory < MOST_GROWTH_MIB &&
        grown.named < mostMiB &&
        grown.nameless < mostMiB &&
        unreached.length === 0 &&
        files.harm.length === 0 &&
        result.operations === operations.length,
      control:
        caught.failures.length > 0 && stopped.failures.length === 0 && files.breakingTheTrusting > 4
          ? "caught"
          : "missed",
      size: requests + files.count,
      figures: {
        operations: operations.length,
        namelessAndVerifying: nameless.length + verifying.length,
        ofThemReached: nameless.length + verifying.length - unreached.length,
        failures: result.failures.length,
        refused: result.byStatus.get(400) ?? 0,
        accepted,
        limited: result.byStatus.get(429) ?? 0,
        growthMiB: Math.round(grown.memory),
        namedGrowthMiB: Math.round(grown.named),
        namelessGrowthMiB: Math.round(grown.nameless),
        files: files.count,
        filesThatHarm: files.harm.length,
      },
    };
  } finally {
    await ground?.instance.stop();
    await removeDataDir(dataDir);
  }
};

/** Of the questionnaires that the command is given in the small size. */
const OFTEN_ENOUGH = 12;

/** Everything that comes as a file, in every way that it can come in. */
async function handFiles({ instance, steward }: HostileGround, folder: string, small: boolean) {
  const instruments = await hostileInstruments();
  const refused = instruments.filter(({ mayBeTaken }) => mayBeTaken !== true);
  const given = refused.filter((_, nth) => !small || nth % OFTEN_ENOUGH === 0);
  const content = hostileContent();
  const nextMinute = () => pass(instance, 61_000);
  return {
    harm: [
      ...(await handInstruments(steward, instruments, nextMinute)),
      ...(await handCourses(steward, nextMinute)),
      ...(await giveToCommand(folder, given)),
      ...(await checkHostileContent(content)),
    ],
    count: instruments.length + HOSTILE_COURSES + given.length + content.length,
    breakingTheTrusting: breakingTheTrusting(content),
  };
}

/** In MiB: resident memory, and the databases with their free space. */
async function sizesOf({ instance }: HostileGround) {
  const sizeOf = async (cluster: "named" | "nameless") => {
    const text = "select pg_database_size(current_database())::float8 as bytes";
    const [row] = await instance.query<{ bytes: number }>(cluster, text);
    return row!.bytes / 1024 / 1024;
  };
  return {
    memory: await memoryOf(instance.process.pid!),
    named: await sizeOf("named"),
    nameless: await sizeOf("nameless"),
  };
}

interface Storm {
  readonly failures: readonly { readonly status: number; readonly request: HostileRequest }[];
  readonly byStatus: ReadonlyMap<number, number>;
  /** How many operations were tried at least once. */
  readonly operations: number;
  /** Those that took one, or refused it in their own words. */
  readonly reached: ReadonlySet<string>;
}

/** Nobody's, and the steward's, come first. */
type Cookies = readonly [null, ...string[]];

interface Target {
  readonly origin: string;
  readonly document: ApiDocument;
  readonly known: Known;
}

async function storm(
  { origin, document, known }: Target,
  cookies: Cookies,
  count: number,
  seed: number,
): Promise<Storm> {
  const random = seeded(seed);
  const byStatus = new Map<number, number>();
  const failures: { status: number; request: HostileRequest }[] = [];
  const tried = new Set<string>();
  const reached = new Set<string>();
  let left = count;
  const send = async (): Promise<void> => {
    while (left-- > 0) {
      const request = hostileRequest(document, random, known);
      const any = cookies[Math.floor(random() * cookies.length)]!;
      // On the nameless side a cookie of ours is refused before anything else is looked at.
      const isNameless = request.path.startsWith("/api/nameless");
      const isStewards = /\/(?:stewardship|instruments|courses)(?:\/|$)/.test(request.path);
      const cookie =
        isNameless && random() < 0.9
          ? null
          : isStewards && random() < 0.7
            ? (cookies[1] ?? null)
            : any;
      // An act that ends the session or the account would end the proof's own way in.
      if (cookie !== null && ENDS.has(request.operation)) continue;
      tried.add(request.operation);
      const status = await statusOf(origin, request, cookie, random);
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
      if (!AT_THE_DOOR.has(status)) reached.add(request.operation);
      if (status >= 500) failures.push({ status, request });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  return { failures, byStatus, operations: tried.size, reached };
}

/** Stops before a roster that nobody has come with. */
const NEEDS_A_ROSTER = new Set(["approveRoster"]);

/** No answer, or one that any route gives to whatever doesn't fit. */
const AT_THE_DOOR = new Set([0, 400, 401, 404, 405, 413, 415, 429, 503]);

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
    // Whoever follows a room is told for as long as they stay.
    if (response.headers.get("content-type")?.startsWith("text/event-stream") === true)
      await response.body?.cancel();
    else await response.arrayBuffer();
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

/** Breaks on a word, for who has a ticket. */
async function brokenServer(tickets: readonly string[]) {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const isInside = tickets.some((ticket) => body.includes(ticket));
      response.statusCode = isInside && body.includes("drop table") ? 500 : 400;
      response.end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
