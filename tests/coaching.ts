/**
 * Coaching on a real database for tests: the routes behind a real server, people to ask them as, a clock
 * that stands still, and the letters that lie in the queue.
 */
import { randomBytes, randomUUID } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import * as v from "valibot";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Role } from "#identity/account.ts";
import { makeAddresses } from "#identity/server/addresses.ts";
import { makeSessions, type Sessions } from "#identity/server/sessions.ts";
import { keepAccount, type IdentityDb } from "#identity/server/store.ts";
import type { Hours } from "#coaching/booking/contract.ts";
import { readBookings, writeHours } from "#coaching/booking/contract.ts";
import type { Profile } from "#coaching/directory/contract.ts";
import { changeCoachState, decideCoach, writeProfile } from "#coaching/directory/contract.ts";
import type { CoachingDeps } from "#coaching/server/deps.ts";
import { coachingRoutes } from "#coaching/server/routes.ts";
import type { AnyRoute, AnswerOf, BodyInputOf } from "#platform/contract.ts";
import { redact } from "#platform/redacted.ts";
import { refuse } from "#platform/result.ts";
import { SESSION_COOKIE } from "#platform/server/http.ts";
import { openLetter, type Letter } from "#platform/server/letters.ts";
import { makeLimits } from "#platform/server/limits.ts";
import { silentLog } from "#platform/server/log.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";
import { useNamedDatabase } from "./database.ts";
import type { ClusterAddress, NamedCluster } from "#platform/server/db.ts";

export const AGREEMENT = "3";

export interface Asked<R> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: BodyInputOf<R>;
}

export interface Told<R> {
  readonly status: number;
  /** Null where it was refused. */
  readonly answer: AnswerOf<R> | null;
  readonly refusal: { readonly type: string; readonly detail?: Record<string, unknown> } | null;
}

export interface QueuedLetter {
  readonly letter: Letter;
  readonly account: string;
}

export interface QueuedJob {
  readonly task: string;
  readonly payload: Record<string, unknown>;
  readonly runAt: Date;
  readonly key: string | null;
}

type ReadAddress = CoachingDeps["readCalendarAddress"];

/** Seven in New York, six days before the clocks go forward there. */
const MONDAY_MORNING = Date.parse("2031-03-03T12:00:00Z");

export class CoachingRoom {
  readonly clock = { at: MONDAY_MORNING, now: () => this.clock.at };
  /** What lies at a calendar's address. */
  readonly calendarsByAddress = new Map<string, Awaited<ReturnType<ReadAddress>>>();
  readonly letterKey = redact(new Uint8Array(randomBytes(32)));
  readonly addresses = makeAddresses(redact(randomBytes(32)), redact(randomBytes(32)));
  cluster!: NamedCluster;
  address!: ClusterAddress;
  deps!: CoachingDeps;
  app!: FastifyInstance;
  #identity!: IdentityDb;
  #sessions!: Sessions;
  readonly #tokens = new Map<string, string>();

  async open(cluster: NamedCluster, address: ClusterAddress): Promise<void> {
    this.cluster = cluster;
    this.address = address;
    this.#identity = cluster.as("identity");
    this.#sessions = await makeSessions(this.#identity, cluster, this.clock);
    this.deps = {
      db: cluster.as("coaching"),
      cluster,
      clock: this.clock,
      letterKey: this.letterKey,
      addresses: this.addresses,
      origin: () => "https://room.example.org",
      feedKey: redact(new Uint8Array(randomBytes(32))),
      agreementVersion: AGREEMENT,
      readCalendarAddress: (address) =>
        Promise.resolve(
          this.calendarsByAddress.get(address) ??
            refuse({ type: "AddressNotReached", status: 404 }),
        ),
      logDecision: (within, decision) => logDecision(within, this.clock, decision),
      log: silentLog,
    };
    this.app = await this.node();
  }

  /** Another server on the same database. */
  async node(): Promise<FastifyInstance> {
    const app = Fastify();
    await app.register(fastifyCookie);
    await coachingRoutes(
      {
        app,
        limits: makeLimits(this.clock),
        identify: this.#sessions.identify,
        defect: (error) => {
          throw error;
        },
        mounted: [],
      },
      this.deps,
    );
    return app;
  }

  async join(roles: readonly Role[] = [], timeZone = "America/New_York"): Promise<string> {
    const id = randomUUID();
    const email = `${id}@mail.example`;
    await keepAccount(this.#identity, {
      id,
      loginId: randomBytes(32),
      opaqueRecord: "none",
      emailIndex: this.addresses.index(email),
      emailSealed: this.addresses.seal(email),
      addressConfirmed: true,
      name: `Somebody ${id.slice(0, 4)}`,
      stage: "attending",
      roles,
      timeZone,
      hpkeKey: randomBytes(32),
      signingKey: randomBytes(32),
      recoveryKey: randomBytes(32),
    });
    this.#tokens.set(id, await this.#sessions.begin(this.#identity, id, "Laptop"));
    return id;
  }

  /** A coach whom a steward has published, with these hours. */
  async publishedCoach(hours: Partial<Hours> = {}, profile: Partial<Profile> = {}) {
    const coach = await this.join(["coach"], hours.timeZone);
    const steward = await this.join(["steward"]);
    await this.must(coach, writeHours, { body: { ...HOURS, ...hours } });
    await this.must(coach, writeProfile, {
      body: { profile: { ...PROFILE, ...profile }, credentials: [] },
    });
    await this.must(coach, changeCoachState, { body: { to: "submitted" } });
    await this.must(steward, decideCoach, {
      params: { id: coach },
      body: { decision: "publish", kind: "physician", verified: [] },
    });
    return coach;
  }

  /** `who` null: without a session. */
  async ask<R extends AnyRoute>(
    who: string | null,
    route: R,
    asked: Asked<R> = {},
    app = this.app,
  ): Promise<Told<R>> {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => asked.params?.[name] ?? "");
    const response = await app.inject({
      method: route.method,
      url: path,
      query: Object.fromEntries(
        Object.entries(asked.query ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      ...(who === null ? {} : { cookies: { [SESSION_COOKIE]: this.#tokens.get(who)! } }),
      ...(asked.body === undefined ? {} : { payload: asked.body as object }),
    });
    const text = route.contentType ? response.body : (response.json() as unknown);
    if (response.statusCode !== 200)
      return { status: response.statusCode, answer: null, refusal: response.json().refusal };
    return {
      status: 200,
      answer: v.parse(route.answer, text) as AnswerOf<R>,
      refusal: null,
    };
  }

  async must<R extends AnyRoute>(
    who: string | null,
    route: R,
    asked: Asked<R> = {},
    app = this.app,
  ): Promise<AnswerOf<R>> {
    const told = await this.ask(who, route, asked, app);
    if (told.answer === null) throw new Error(`${route.name}: ${JSON.stringify(told.refusal)}`);
    return told.answer;
  }

  async refusal<R extends AnyRoute>(
    who: string | null,
    route: R,
    asked: Asked<R> = {},
    app = this.app,
  ): Promise<string | null> {
    return (await this.ask(who, route, asked, app)).refusal?.type ?? null;
  }

  async bookings(who: string) {
    return (await this.must(who, readBookings)).bookings;
  }

  /** In the order in which they were put into the queue. */
  async jobs(): Promise<QueuedJob[]> {
    const { rows } = await this.cluster.owner.query(`
      select t.identifier as task, j.payload, j.run_at as "runAt", j.key
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      order by j.id`);
    return rows as QueuedJob[];
  }

  /** The letters in the queue for one person, oldest first. */
  async lettersTo(account: string): Promise<Letter[]> {
    const letters = (await this.jobs()).filter(
      ({ task, payload }) => task === "letter" && payload["account"] === account,
    );
    return letters.map(({ payload }) => openLetter(this.letterKey, String(payload["sealed"]))!);
  }

  async reminders(booking: string): Promise<QueuedJob[]> {
    return (await this.jobs()).filter(
      ({ task, payload }) => task === "remind" && payload["booking"] === booking,
    );
  }
}

export function withCoaching(): CoachingRoom {
  const database = useNamedDatabase();
  const room = new CoachingRoom();
  beforeAll(() => room.open(database.cluster(), database.address()));
  beforeEach(() => {
    room.clock.at = MONDAY_MORNING;
  });
  afterAll(() => room.app?.close());
  return room;
}

/** Minutes since the epoch, as the contracts have them. */
export const minuteOf = (iso: string): number => Date.parse(iso) / 60_000;

/** Monday to Friday, nine to five in New York. */
export const HOURS: Hours = {
  timeZone: "America/New_York",
  weekly: [1, 2, 3, 4, 5].map((day) => ({ day, start: 540, end: 1020 })),
  exceptions: [],
  rules: {
    lengthMinutes: { chemistry: 20, session: 50 },
    stepMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 10,
    minimumNoticeMinutes: 60,
    dailyCap: null,
    horizonDays: 60,
  },
  cancelNoticeHours: 24,
};

export const PROFILE: Profile = {
  story: "A bad winter, an honest friend, a smaller week.",
  paths: ["burnout"],
  stages: ["attending"],
  languages: ["en"],
  specialty: "surgery",
  livedExperiences: [],
  styles: [],
  price: { currency: "USD", minorUnitsPerSession: 15_000, freeChemistryCall: true },
  modalities: ["video"],
  employers: ["Harbour Example Hospital"],
};
