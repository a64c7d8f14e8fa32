/**
 * Circles on a real nameless database for tests: the routes behind a real server, an issuer whose keys count
 * today, doctors with wallets of their own, and a clock that stands still until it is set.
 */
import { randomBytes } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import Fastify from "fastify";
import { afterAll, beforeAll } from "vitest";
import { waitForCircle, visitCircles, admission } from "#circles/contract.ts";
import { memberKeys, type MemberKeys } from "#circles/room/member-keys.ts";
import type { StewardKeys } from "#circles/room/seat.ts";
import type { WireSeat } from "#circles/room/wire.ts";
import type { CirclesDeps } from "#circles/server/deps.ts";
import { relaySecretOf } from "#circles/server/relay.ts";
import { circlesRoutes, type CirclesRunning } from "#circles/server/routes.ts";
import type { WaitingForm } from "#circles/waiting.ts";
import type { CircleHoursOfCountry } from "#library/circle-content.ts";
import { proveBadge } from "#pass/badge.ts";
import { makeChallenge } from "#pass/contract.ts";
import { issuingPeriod, type Day } from "#pass/period.ts";
import { makeChallenges } from "#pass/server/challenges.ts";
import { makeNamelessKeys } from "#pass/server/nameless-keys.ts";
import { makeCurrentLog } from "#pass/server/nameless-origin.ts";
import type { NamelessPassTables } from "#pass/server/nameless-tables.ts";
import { namelessPassRoutes } from "#pass/server/nameless-routes.ts";
import { parsePass } from "#pass/token.ts";
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import type { AnyRoute, AnswerOf, BodyInputOf } from "#platform/contract.ts";
import { ok } from "#platform/result.ts";
import { redact } from "#platform/redacted.ts";
import { SESSION_COOKIE } from "#platform/server/http.ts";
import { makeLimits } from "#platform/server/limits.ts";
import { silentLog } from "#platform/server/log.ts";
import { makeStop } from "#platform/server/stopping.ts";
import { makeTickets } from "#platform/server/tickets.ts";
import { useNamelessDatabase, type TestDatabase } from "./database.ts";
import type { NamelessCluster } from "#platform/server/db.ts";
import { community, testIssuer, type TestIssuer } from "./pass-issuer.ts";

export interface Doctor {
  readonly keys: MemberKeys;
  readonly badge: Uint8Array;
  readonly seat: WireSeat;
}

export interface Told<R> {
  readonly status: number;
  readonly answer: AnswerOf<R> | null;
  readonly refusal: { readonly type: string } | null;
}

export interface TestCircles {
  readonly database: TestDatabase<NamelessCluster>;
  readonly deps: () => CirclesDeps;
  readonly running: () => CirclesRunning;
  readonly address: () => string;
  readonly issuer: TestIssuer;
  readonly setDay: (day: Day) => void;
  readonly setHolders: (at: number, holders: number) => Promise<void>;
  readonly stewards: { count: number; keysOf: StewardKeys["keysOf"] };
  readonly decisions: string[];
  /** When circles meet, and the relay's addresses, which may be changed in place. */
  readonly meetings: { hours: CircleHoursOfCountry; readonly turnUrls: string[] };
  /** With a badge of the key at that place in the log. */
  readonly doctor: (at?: number) => Doctor;
  readonly ask: <R extends AnyRoute>(route: R, body: BodyInputOf<R>) => Promise<Told<R>>;
  /** On the named side, where nothing but the role is asked for here. */
  readonly askAsSteward: <R extends AnyRoute>(
    route: R,
    input: { readonly params?: Readonly<Record<string, string>>; readonly body?: BodyInputOf<R> },
  ) => Promise<Told<R>>;
  readonly visit: (doctor: Doctor) => Promise<string>;
  readonly wait: (doctor: Doctor, form?: Partial<WaitingForm>) => Promise<string>;
}

/** The first key's badges are issued in November 2026 and count from December. */
export const FIRST_DAY = "2026-12-05";

/** Call at the top of a test file. */
export function withCircles(): TestCircles {
  const database = useNamelessDatabase();
  const issuer = testIssuer([
    issuingPeriod("circle-badge", "2026-11-15"),
    issuingPeriod("circle-badge", "2026-12-15"),
    issuingPeriod("circle-badge", "2026-06-15"),
  ]);
  let now = Date.parse(`${FIRST_DAY}T10:00:00Z`);
  const clock = { now: () => now };
  const stewards: TestCircles["stewards"] = { count: 2, keysOf: () => null };
  const decisions: string[] = [];
  const meetings: TestCircles["meetings"] = {
    hours: { zone: "UTC", times: ["10:00", "12:00", "20:00"] },
    turnUrls: ["turn:relay.example.org:3478"],
  };
  let stopServing: (() => Promise<void>) | null = null;
  let running: CirclesRunning | null = null;
  let deps: CirclesDeps | null = null;
  let address = "";

  beforeAll(async () => {
    const cluster = database.cluster();
    const keys = makeNamelessKeys(cluster);
    await keys.append(issuer.log.keys.map(({ period, issuer: { spki } }) => ({ period, spki })));
    const passDb = cluster.as<NamelessPassTables>("pass");
    deps = {
      db: cluster.as("circles"),
      cluster,
      clock,
      log: silentLog,
      tickets: makeTickets(redact(randomBytes(32)), clock),
      community,
      currentLog: makeCurrentLog(passDb, community),
      challenges: makeChallenges(passDb, clock),
      employerKey: redact(randomBytes(32)),
      stampSealKey: redact(randomBytes(32)),
      // The key at place 1 issues in the month of the first day.
      signReplacement: ({ blinded }) => Promise.resolve(ok(issuer.sign(1, blinded))),
      logDecision: (decision) => Promise.resolve(void decisions.push(decision)),
      readStewards: () => Promise.resolve(stewards),
      themes: new Set(["exhaustion", "meaning", "error", "family"]),
      readHours: () => Promise.resolve(meetings.hours),
      signalKey: redact(randomBytes(32)),
      relay: { urls: meetings.turnUrls, secret: relaySecretOf(redact(randomBytes(32))) },
    };
    const app = Fastify();
    stopServing = makeStop(app);
    await app.register(fastifyCookie);
    const mounting = {
      app,
      limits: makeLimits(clock),
      identify: () => Promise.resolve({ account: "a", session: "s", roles: ["steward"] }),
      defect: (error: unknown) => {
        throw error;
      },
      mounted: [],
    };
    namelessPassRoutes(mounting, { ...deps, clock });
    running = await circlesRoutes(mounting, deps);
    address = await app.listen({ port: 0 });
    await setHolders(0, 25);
  });
  afterAll(async () => {
    running?.stop();
    await stopServing?.();
  });

  const setHolders = async (at: number, holders: number) => {
    const { purpose, name } = issuer.log.keys[at]!.period;
    await makeNamelessKeys(database.cluster()).setCrowds([{ purpose, name, holders }]);
  };

  async function send<R extends AnyRoute>(
    route: R,
    path: string,
    body: BodyInputOf<R> | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Told<R>> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(address + path, {
      method: route.method,
      headers: { ...type, ...headers },
      ...sent,
    });
    const told = (await response.json()) as AnswerOf<R> & { refusal?: { type: string } };
    return response.ok
      ? { status: response.status, answer: told, refusal: null }
      : { status: response.status, answer: null, refusal: told.refusal! };
  }

  const ask = <R extends AnyRoute>(route: R, body: BodyInputOf<R>) =>
    send(route, route.path, body, {});

  async function visit({ badge, keys, seat }: Doctor): Promise<string> {
    const made = await ask(makeChallenge, {});
    const { challenge } = made.answer!;
    const act = admission(keys.hpke.publicKey);
    const showing = { challenge: base64urlToBytes(challenge)!, act };
    const proof = bytesToBase64url(proveBadge(keys.signing, parsePass(badge)!, showing));
    const visited = await ask(visitCircles, { seat, challenge, proof });
    if (visited.answer === null) throw new Error(visited.refusal!.type);
    return visited.answer.visit;
  }

  return {
    database,
    deps: () => deps!,
    running: () => running!,
    address: () => address,
    issuer,
    setDay: (day) => (now = Date.parse(`${day}T10:00:00Z`)),
    setHolders,
    stewards,
    decisions,
    meetings,
    doctor: (at = 0) => {
      const walletSecret = new Uint8Array(randomBytes(32));
      const { period } = issuer.log.keys[at]!;
      const keys = memberKeys(walletSecret, { period, number: 0 });
      const badge = issuer.pass(at, { walletSecret });
      const seat = {
        badge: bytesToBase64url(badge),
        hpkeKey: bytesToBase64url(keys.hpke.publicKey),
        binding: bytesToBase64url(keys.binding),
      };
      return { keys, badge, seat };
    },
    ask,
    askAsSteward: (route, { params = {}, body }) => {
      const path = route.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? "");
      return send(route, path, body, { cookie: `${SESSION_COOKIE}=steward` });
    },
    visit,
    wait: async (doctor, form) => {
      const ticket = await visit(doctor);
      const waiting: WaitingForm = {
        themes: ["exhaustion"],
        blocks: [3, 4],
        stage: 2,
        language: "en",
        employer: null,
        ...form,
      };
      const waited = await ask(waitForCircle, { visit: ticket, waiting });
      if (waited.answer === null) throw new Error(waited.refusal!.type);
      return ticket;
    },
  };
}
