/** Stewardship on a real database for tests: its routes behind a real server, and the letters in the queue. */
import { randomBytes, randomUUID } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import * as v from "valibot";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Role } from "#identity/account.ts";
import { makeAddresses } from "#identity/server/addresses.ts";
import { makeClaims, type Claim } from "#identity/server/claims.ts";
import { makeSessions, type Sessions } from "#identity/server/sessions.ts";
import { keepAccount, type IdentityDb } from "#identity/server/store.ts";
import { keepAsking } from "#identity/server/verification-store.ts";
import type { VerificationWay } from "#identity/verification.ts";
import { concatBytes, type Bytes } from "#platform/bytes.ts";
import type { AnswerOf, AnyRoute, BodyInputOf } from "#platform/contract.ts";
import { redact } from "#platform/redacted.ts";
import type { NamedCluster } from "#platform/server/db.ts";
import { SESSION_COOKIE, type Mounting } from "#platform/server/http.ts";
import { openLetter, type Letter } from "#platform/server/letters.ts";
import { addSponsor, sendRoster } from "#stewardship/contract.ts";
import { stewardshipRoutes } from "#stewardship/server/routes.ts";
import { ownPublicKeys } from "#vault/own-keys.ts";
import { useNamedDatabase } from "./database.ts";

export const MORNING = Date.parse("2026-11-22T09:30:00Z");

export interface Asked<R> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: BodyInputOf<R>;
}

export interface Told<R> {
  readonly status: number;
  /** Null where it was refused. */
  readonly answer: AnswerOf<R> | null;
  readonly refusal: string | null;
  /** All that came over the wire. */
  readonly text: string;
}

export interface QueuedLetter {
  readonly id: number;
  readonly letter: Letter;
  readonly dueAt: number;
}

let physicians = 0;

/** A claim with a licence of its own, or with this number. */
export const physician = (number = `FICTION${(physicians += 1)}`, country = "GB"): Claim => ({
  of: "physician",
  licence: { country, number },
  name: { givenName: "Ada", familyName: "Fictional" },
});

type Who = "steward" | "coach" | "member" | "nobody";

/** Somebody of a test's own. */
export interface Somebody {
  readonly account: string;
  readonly token: string;
  /** Opens what is sealed to them. */
  readonly vaultKey: Bytes;
}

export class StewardsRoom {
  readonly clock = { at: MORNING, now: () => this.clock.at };
  readonly letterKey = redact(new Uint8Array(randomBytes(32)));
  readonly addresses = makeAddresses(redact(randomBytes(32)), redact(randomBytes(32)));
  readonly claims = makeClaims(redact(randomBytes(32)));
  cluster!: NamedCluster;
  identity!: IdentityDb;
  #sessions!: Sessions;
  app!: FastifyInstance;
  /** Where routes of other slices can be mounted beside these. */
  mounting!: Mounting;
  readonly #tokens = new Map<Who, string>();

  async open(cluster: NamedCluster): Promise<void> {
    this.cluster = cluster;
    this.identity = cluster.as("identity");
    const sessions = await makeSessions(this.identity, cluster, this.clock);
    this.#sessions = sessions;
    this.app = Fastify();
    await this.app.register(fastifyCookie);
    this.mounting = {
      app: this.app,
      limits: { take: () => 0, giveBack: () => undefined },
      identify: sessions.identify,
      defect: (error: unknown) => {
        throw error;
      },
      mounted: [],
    };
    stewardshipRoutes(this.mounting, {
      db: cluster.as("stewardship"),
      queue: cluster.owner,
      clock: this.clock,
      addresses: this.addresses,
      claims: this.claims,
      letterKey: this.letterKey,
      origin: () => "https://room.example.org",
    });
    const rolesByWho: Readonly<Record<string, readonly Role[]>> = {
      steward: ["steward"],
      coach: ["coach"],
      member: [],
    };
    for (const [who, roles] of Object.entries(rolesByWho)) {
      const somebody = await this.join(roles);
      this.#tokens.set(who as Who, somebody.token);
    }
  }

  async ask<R extends AnyRoute>(
    route: R,
    asked: Asked<R> = {},
    who: Who | Somebody = "steward",
  ): Promise<Told<R>> {
    const token = typeof who === "string" ? this.#tokens.get(who) : who.token;
    const response = await this.app.inject({
      method: route.method,
      url: route.path.replace(/:(\w+)/g, (_, name: string) => asked.params?.[name] ?? ""),
      query: { ...asked.query },
      ...(token === undefined ? {} : { cookies: { [SESSION_COOKIE]: token } }),
      ...(asked.body === undefined ? {} : { payload: asked.body as object }),
    });
    const { statusCode: status, body: text } = response;
    if (status !== 200) {
      const { refusal } = response.json<{ refusal: { type: string } }>();
      return { status, answer: null, refusal: refusal.type, text };
    }
    const answer = v.parse(route.answer, response.json()) as AnswerOf<R>;
    return { status, answer, refusal: null, text };
  }

  async must<R extends AnyRoute>(
    route: R,
    asked: Asked<R> = {},
    who: Who | Somebody = "steward",
  ): Promise<AnswerOf<R>> {
    const told = await this.ask(route, asked, who);
    if (told.answer === null) throw new Error(`${route.name}: ${told.refusal}`);
    return told.answer;
  }

  async sponsor(name = "Northfield Hospital"): Promise<string> {
    return (await this.must(addSponsor, { body: { name } })).id;
  }

  roster(sponsor: string, csv: string, onlyCheck = false): Promise<Told<typeof sendRoster>> {
    return this.ask(sendRoster, { body: { sponsor, csv, onlyCheck } });
  }

  /** In the order in which they were put into the queue. */
  async letters(): Promise<QueuedLetter[]> {
    const { rows } = await this.cluster.owner.query<{ id: number; sealed: string; run_at: Date }>(
      "select id, payload ->> 'sealed' as sealed, run_at from graphile_worker._private_jobs order by id",
    );
    return rows.map(({ id, sealed, run_at }) => ({
      id,
      letter: openLetter(this.letterKey, sealed)!,
      dueAt: run_at.getTime(),
    }));
  }

  /** The code in the link of the letter to somebody. */
  async codeSentTo(email: string): Promise<string> {
    const found = (await this.letters()).find(({ letter }) => letter.to === email);
    return found!.letter.fields["link"]!.split("#")[1]!;
  }

  async join(roles: readonly Role[] = [], name = "Somebody"): Promise<Somebody> {
    const id = randomUUID();
    const key = randomBytes(32);
    const vaultKey = concatBytes(randomBytes(32));
    const keys = ownPublicKeys(vaultKey);
    const email = `${id}@clinic.example`;
    await keepAccount(this.identity, {
      id,
      loginId: key,
      opaqueRecord: "none",
      emailIndex: this.addresses.index(email),
      emailSealed: this.addresses.seal(email),
      addressConfirmed: true,
      name,
      stage: "attending",
      roles,
      timeZone: "Europe/Berlin",
      hpkeKey: Buffer.from(keys.hpke),
      signingKey: Buffer.from(keys.signing),
      recoveryKey: key,
    });
    const token = await this.#sessions.begin(this.identity, id, "Laptop");
    return { account: id, token, vaultKey };
  }

  /** What somebody asked, as identity keeps it; gives the asking's id. */
  async askFor(
    { account }: Somebody,
    asking: { readonly way?: VerificationWay; readonly claim?: Claim } = {},
  ): Promise<string> {
    const { way = "npi", claim = physician() } = asking;
    const id = randomUUID();
    const claimSealed = this.claims.seal(claim);
    const kept = await this.identity
      .transaction()
      .execute((within) => keepAsking(within, { account, asking: id, way, claimSealed }));
    if (!kept) throw new Error("Verified already");
    return id;
  }
}

/** Call at the top of a test file: every test finds the room swept and the clock at MORNING. */
export function withStewardship(): StewardsRoom {
  const database = useNamedDatabase();
  const room = new StewardsRoom();
  beforeAll(() => room.open(database.cluster()));
  beforeEach(async () => {
    room.clock.at = MORNING;
    await room.cluster.owner.query(
      `truncate identity.invitation, identity.roster, identity.roster_line, stewardship.sponsor,
         identity.verification, identity.arrival, identity.vouch, identity.institution,
         identity.licence_mark, identity.licence_quarter, stewardship.document, stewardship.decision,
         stewardship.steward_log_entry, stewardship.epoch_wrap, stewardship.key_binding,
         registry.person, registry.import, graphile_worker._private_jobs`,
    );
  });
  afterAll(() => room.app?.close());
  return room;
}
