/**
 * Identity and the vault on a real database for tests: their routes behind a real server, people who speak the
 * real OPAQUE as a browser does, a clock that stands still, and the letters that lie in the queue.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash, randomBytes } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import { client, ready, server } from "@serenity-kit/opaque";
import Fastify, { type FastifyInstance } from "fastify";
import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import * as v from "valibot";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { deletionOf } from "#app/server/deletion.ts";
import { forgetCoaching } from "#coaching/server/deletion.ts";
import type { Role, Stage } from "#identity/account.ts";
import * as contract from "#identity/contract.ts";
import { makeAddresses } from "#identity/server/addresses.ts";
import { makeClaims } from "#identity/server/claims.ts";
import type { IdentityDeps } from "#identity/server/deps.ts";
import { joiningRoutes } from "#identity/server/joining.ts";
import { makeCode } from "#identity/invitation.ts";
import { makeOpaque } from "#identity/server/opaque.ts";
import { ownAccountRoutes } from "#identity/server/own-account.ts";
import { recoveryRoutes } from "#identity/server/recovering.ts";
import { makeSessions, type Sessions } from "#identity/server/sessions.ts";
import { signInRoutes } from "#identity/server/signing-in.ts";
import { keepInvitation, type IdentityDb } from "#identity/server/store.ts";
import { verifyingRoutes } from "#identity/server/verifying.ts";
import { weeklyLetterRoutes } from "#identity/server/weekly-letter.ts";
import { base64urlToBytes, bytesToBase64url, concatBytes, type Bytes } from "#platform/bytes.ts";
import type { AnswerOf, AnyRoute, BodyInputOf, WireRefusal } from "#platform/contract.ts";
import { redact } from "#platform/redacted.ts";
import type { NamedCluster } from "#platform/server/db.ts";
import { SESSION_COOKIE, type Mounting } from "#platform/server/http.ts";
import { openLetter, type Letter } from "#platform/server/letters.ts";
import { makeLimits, type Limits } from "#platform/server/limits.ts";
import type { Secrets } from "#platform/server/secrets.ts";
import { openDeletionLedger } from "#platform/server/deletion-ledger.ts";
import { makeTickets } from "#platform/server/tickets.ts";
import { unwrapVaultKey, wrapVaultKey } from "#vault/envelope.ts";
import type { WrapSlot } from "#vault/keyring.ts";
import { ownPublicKeys } from "#vault/own-keys.ts";
import { recoveryPublicKey, signRecovery } from "#vault/recovery.ts";
import { vaultRoutes } from "#vault/server/routes.ts";
import type { VaultTables } from "#vault/server/tables.ts";
import { useNamedDatabase } from "./database.ts";

export const MORNING = Date.parse("2031-03-03T12:00:00Z");
export const ORIGIN = "https://room.example.org";

/** The app's is fixed and slow on purpose; the server can't tell. */
const keyStretching = {
  "argon2id-custom": { iterations: 1, memory: 64, parallelism: 1 },
} as const;

export interface Asked<R> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: BodyInputOf<R>;
  /** A session's token. */
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly node?: FastifyInstance;
}

export interface Told<R> {
  readonly status: number;
  /** Null where it was refused. */
  readonly answer: AnswerOf<R> | null;
  readonly refusal: WireRefusal | null;
  /** All that came over the wire. */
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** A session that began with it. */
  readonly token: string | undefined;
}

export interface Person {
  readonly account: string;
  readonly email: string;
  readonly passphrase: string;
  readonly token: string;
  readonly vaultKey: Bytes;
  /** The 32 bytes of the recovery sheet. */
  readonly entropy: Bytes;
}

export class IdentityHouse {
  readonly clock = { at: MORNING, now: () => this.clock.at };
  readonly letterKey = redact(new Uint8Array(randomBytes(32)));
  /** Fresh for every test. */
  limits: Pick<Limits, "take"> = makeLimits(this.clock);
  readonly defects: unknown[] = [];
  secrets!: Secrets;
  cluster!: NamedCluster;
  db!: IdentityDb;
  sessions!: Sessions;
  deps!: IdentityDeps;
  app!: FastifyInstance;
  readonly mounted: AnyRoute[] = [];
  readonly #apps: FastifyInstance[] = [];
  readonly #folders: string[] = [];
  #people = 0;

  async open(cluster: NamedCluster): Promise<void> {
    await ready;
    const key = () => redact(concatBytes(randomBytes(32)));
    this.secrets = {
      opaqueServerSetup: redact(server.createSetup()),
      unknownLoginKey: key(),
      ticketKey: key(),
      addressIndexKey: key(),
      addressSealKey: key(),
      sessionKey: key(),
      feedKey: key(),
      issuerSealKey: key(),
      circlesKey: key(),
    };
    this.cluster = cluster;
    this.db = cluster.as("identity");
    const addresses = makeAddresses(this.secrets.addressIndexKey, this.secrets.addressSealKey);
    const owner = new Kysely<never>({ dialect: new PostgresDialect({ pool: cluster.owner }) });
    const { clock, letterKey } = this;
    const origin = () => ORIGIN;
    const forgetting = { clock, letterKey, addresses, origin, feedKey: this.secrets.feedKey };
    this.sessions = await makeSessions(this.db, cluster, clock);
    this.deps = {
      db: this.db,
      clock,
      opaque: await makeOpaque(this.secrets),
      sessions: this.sessions,
      tickets: makeTickets(this.secrets.ticketKey, clock),
      addresses,
      claims: makeClaims(this.secrets.addressSealKey),
      letterKey,
      origin,
      oneServer: false,
      deleteEverything: deletionOf(
        owner,
        (within, account) => forgetCoaching(within, account, forgetting),
        openDeletionLedger(await this.#folder(), letterKey),
      ),
      loadSample: () => Promise.resolve(),
    };
    this.app = await this.node(this.sessions, this.mounted);
  }

  /** Another server on the same database, with a memory of its own. */
  async node(sessions: Sessions, mounted: AnyRoute[] = []): Promise<FastifyInstance> {
    const app = Fastify({ routerOptions: { maxParamLength: 1500 } });
    this.#apps.push(app);
    await app.register(fastifyCookie);
    const mounting: Mounting = {
      app,
      limits: {
        take: (key, perMinute) => this.limits.take(key, perMinute),
        giveBack: () => undefined,
      },
      identify: sessions.identify,
      defect: (error) => {
        this.defects.push(error);
        return "incident";
      },
      mounted,
    };
    const deps = { ...this.deps, sessions };
    vaultRoutes(mounting, this.cluster.as<VaultTables>("vault"));
    joiningRoutes(mounting, deps);
    signInRoutes(mounting, deps);
    recoveryRoutes(mounting, deps);
    ownAccountRoutes(mounting, deps);
    verifyingRoutes(mounting, deps);
    weeklyLetterRoutes(mounting, deps);
    return app;
  }

  async close(): Promise<void> {
    for (const app of this.#apps) await app.close();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }

  async #folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "callroom-ledger-"));
    this.#folders.push(folder);
    return folder;
  }

  async ask<R extends AnyRoute>(route: R, asked: Asked<R> = {}): Promise<Told<R>> {
    const response = await (asked.node ?? this.app).inject({
      method: route.method,
      url: route.path.replace(/:(\w+)/g, (_, name: string) =>
        encodeURIComponent(asked.params?.[name] ?? ""),
      ),
      query: Object.fromEntries(
        Object.entries(asked.query ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      ...(asked.headers ? { headers: asked.headers } : {}),
      ...(asked.token === undefined ? {} : { cookies: { [SESSION_COOKIE]: asked.token } }),
      ...(asked.body === undefined ? {} : { payload: asked.body as object }),
    });
    const { statusCode: status, body: text, headers } = response;
    const token = response.cookies.find(({ name }) => name === SESSION_COOKIE)?.value;
    const common = { status, text, headers, token };
    if (status !== 200)
      return {
        ...common,
        answer: null,
        refusal: response.json<{ refusal: WireRefusal }>().refusal,
      };
    const answer = v.parse(route.answer, response.json()) as AnswerOf<R>;
    return { ...common, answer, refusal: null };
  }

  async must<R extends AnyRoute>(route: R, asked: Asked<R> = {}): Promise<AnswerOf<R>> {
    const told = await this.ask(route, asked);
    if (told.answer === null) throw new Error(`${route.name}: ${JSON.stringify(told.refusal)}`);
    return told.answer;
  }

  async refusal<R extends AnyRoute>(route: R, asked: Asked<R> = {}): Promise<string | null> {
    return (await this.ask(route, asked)).refusal?.type ?? null;
  }

  // Letters --------------------------------------------------------------------------------------

  /** In the order in which they were put into the queue. */
  async letters(): Promise<Letter[]> {
    const { rows } = await this.cluster.owner.query<{ sealed: string }>(
      "select payload ->> 'sealed' as sealed from graphile_worker._private_jobs order by id",
    );
    return rows.map(({ sealed }) => openLetter(this.letterKey, sealed)!);
  }

  async lettersTo(email: string): Promise<Letter[]> {
    return (await this.letters()).filter(({ to }) => to === email);
  }

  /** The eight digits in the newest letter to somebody. */
  async digitsSentTo(email: string): Promise<string> {
    return (await this.lettersTo(email)).at(-1)!.fields["code"]!;
  }

  // Joining --------------------------------------------------------------------------------------

  /** A single invitation's code; `email` null for one that is handed over. */
  async invite(
    invitation: {
      readonly email?: string | null;
      readonly proven?: boolean;
      readonly roles?: readonly Role[];
      readonly stage?: Stage | null;
      readonly expiresOn?: string;
    } = {},
  ): Promise<string> {
    const { email = null, proven = true, roles = [], stage = null } = invitation;
    const code = makeCode((length) => new Uint8Array(randomBytes(length)));
    const { addresses } = this.deps;
    await keepInvitation(this.db, {
      id: crypto.randomUUID(),
      codeHash: sha256(code),
      emailIndex: email === null ? null : addresses.index(email),
      emailSealed: email === null ? null : addresses.seal(email),
      roles,
      stage,
      expiresOn: invitation.expiresOn ?? "2031-04-02",
      addressProven: proven,
    });
    return code;
  }

  /** A roster's code, which many hold. */
  async roster(usesLeft: number, windowEnds = "2031-05-01"): Promise<string> {
    const code = makeCode((length) => new Uint8Array(randomBytes(length)));
    await this.cluster.owner.query(
      "insert into identity.roster (id, sponsor, code_hash, letter_on, window_ends, uses_left) values ($1, $2, $3, '2031-03-01', $4, $5)",
      [crypto.randomUUID(), crypto.randomUUID(), sha256(code), windowEnds, usesLeft],
    );
    return code;
  }

  newEmail(): string {
    this.#people += 1;
    return `person-${this.#people}@mail.example`;
  }

  /** The first half of joining, as a device does it. */
  async beginJoining(code: string, email: string, passphrase: string) {
    const begun = client.startRegistration({ password: passphrase });
    const { registrationRequest } = begun;
    const started = await this.must(contract.startRegistration, {
      body: { code, email, registrationRequest },
    });
    const finished = client.finishRegistration({
      password: passphrase,
      clientRegistrationState: begun.clientRegistrationState,
      registrationResponse: started.registrationResponse,
      keyStretching,
    });
    const vaultKey = random(32);
    const entropy = random(32);
    const keys = ownPublicKeys(vaultKey);
    const { account, ticket } = started;
    const exportKey = base64urlToBytes(finished.exportKey)!;
    const body: BodyInputOf<typeof contract.finishRegistration> = {
      ticket,
      addressCode: null,
      registrationRecord: finished.registrationRecord,
      passphraseWrap: wrapped(account, "passphrase", exportKey, vaultKey),
      phraseWrap: wrapped(account, "phrase", entropy, vaultKey),
      hpkeKey: bytesToBase64url(keys.hpke),
      signingKey: bytesToBase64url(keys.signing),
      recoveryKey: bytesToBase64url(recoveryPublicKey(entropy)),
      name: "Somebody",
      stage: "attending",
      timeZone: "Europe/Berlin",
      label: "Laptop",
    };
    return { started, body, person: { account, email, passphrase, vaultKey, entropy } };
  }

  async join(roles: readonly Role[] = [], email = this.newEmail()): Promise<Person> {
    const code = await this.invite({ email, roles });
    const passphrase = `plain words of ${email}`;
    const { body, person } = await this.beginJoining(code, email, passphrase);
    const joined = await this.ask(contract.finishRegistration, { body });
    if (joined.token === undefined) throw new Error(`Joining: ${joined.text}`);
    return { ...person, token: joined.token };
  }

  // Signing in -----------------------------------------------------------------------------------

  /** OPAQUE's three messages; `finishLoginRequest` is null where the device saw a wrong passphrase. */
  async beginSignIn(email: string, passphrase: string) {
    const begun = client.startLogin({ password: passphrase });
    const started = await this.must(contract.startSignIn, {
      body: { email, startLoginRequest: begun.startLoginRequest },
    });
    return { ...finishedLogin(begun.clientLoginState, passphrase, started.loginResponse), started };
  }

  async signIn(email: string, passphrase: string, label = "Laptop") {
    const { started, finishLoginRequest, exportKey } = await this.beginSignIn(email, passphrase);
    if (finishLoginRequest === null || exportKey === null) return null;
    const signed = await this.ask(contract.finishSignIn, {
      body: { ticket: started.ticket, finishLoginRequest, label },
    });
    if (!signed.answer || signed.token === undefined) return null;
    const { account, wraps, failedSignIns } = signed.answer;
    const sealed = wraps.find(({ slot }) => slot === "passphrase")!.sealed;
    const vaultKey = unwrapped(account, "passphrase", exportKey, sealed);
    return { account, token: signed.token, vaultKey, failedSignIns };
  }

  async beginConfirmation(person: Pick<Person, "passphrase" | "token">) {
    const { passphrase, token } = person;
    const begun = client.startLogin({ password: passphrase });
    const started = await this.must(contract.startConfirmation, {
      token,
      body: { startLoginRequest: begun.startLoginRequest },
    });
    return { ...finishedLogin(begun.clientLoginState, passphrase, started.loginResponse), started };
  }

  /** A confirmation, good for five minutes. */
  async confirm(person: Pick<Person, "passphrase" | "token">): Promise<string> {
    const { started, finishLoginRequest } = await this.beginConfirmation(person);
    const answer = await this.must(contract.finishConfirmation, {
      token: person.token,
      body: { ticket: started.ticket, finishLoginRequest: finishLoginRequest! },
    });
    return answer.confirmation;
  }

  /** A new passphrase's registration and wrap, for whoever is signed in. */
  async newPassphrase(person: Person, passphrase: string) {
    const begun = client.startRegistration({ password: passphrase });
    const { registrationResponse } = await this.must(contract.startPassphrase, {
      token: person.token,
      body: { registrationRequest: begun.registrationRequest },
    });
    return this.finishNewPassphrase(person, passphrase, begun, registrationResponse);
  }

  finishNewPassphrase(
    person: Pick<Person, "account" | "vaultKey">,
    passphrase: string,
    begun: { readonly clientRegistrationState: string },
    registrationResponse: string,
  ) {
    const finished = client.finishRegistration({
      password: passphrase,
      clientRegistrationState: begun.clientRegistrationState,
      registrationResponse,
      keyStretching,
    });
    const exportKey = base64urlToBytes(finished.exportKey)!;
    return {
      registrationRecord: finished.registrationRecord,
      passphraseWrap: wrapped(person.account, "passphrase", exportKey, person.vaultKey),
    };
  }

  /** Recovery up to the proof, with a new passphrase begun. */
  async proveRecovery(
    email: string,
    entropy: Bytes,
    passphrase: string,
    sign: (challenge: Bytes) => Bytes = (challenge) => signRecovery(entropy, challenge),
  ) {
    const started = await this.must(contract.startRecovery, { body: { email } });
    const begun = client.startRegistration({ password: passphrase });
    const proven = await this.ask(contract.proveRecovery, {
      body: {
        ticket: started.ticket,
        signature: bytesToBase64url(sign(base64urlToBytes(started.challenge)!)),
        registrationRequest: begun.registrationRequest,
      },
    });
    return { started, begun, proven };
  }

  // What lies in the database --------------------------------------------------------------------

  async count(table: string): Promise<number> {
    const { rows } = await this.cluster.owner.query<{ count: number }>(
      `select count(*) as count from ${table}`,
    );
    return rows[0]!.count;
  }

  /** How many statements wait for a lock that somebody else has. */
  async waiting(asker: pg.ClientBase | pg.Pool = this.cluster.owner): Promise<number> {
    // Within a transaction it would be told once and for all.
    await asker.query("select pg_stat_clear_snapshot()");
    const { rows } = await asker.query<{ count: number }>(
      `select count(*) as count from pg_stat_activity
       where wait_event_type = 'Lock' and datname = current_database()`,
    );
    return rows[0]!.count;
  }

  /** Tables of every schema in which a text stands anywhere. */
  async tablesWith(text: string): Promise<string[]> {
    const { rows } = await this.cluster.owner.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
       order by 1`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const { rowCount } = await this.cluster.owner.query(
        `select 1 from ${name} t where t::text like '%' || $1 || '%' limit 1`,
        [text],
      );
      if (rowCount !== 0) found.push(name);
    }
    return found;
  }
}

function finishedLogin(clientLoginState: string, password: string, loginResponse: string) {
  const finished = client.finishLogin({ clientLoginState, password, loginResponse, keyStretching });
  return {
    finishLoginRequest: finished?.finishLoginRequest ?? null,
    exportKey: finished ? base64urlToBytes(finished.exportKey) : null,
    serverKey: finished?.serverStaticPublicKey ?? null,
  };
}

export const random = (length: number): Bytes => concatBytes(randomBytes(length));
export const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

export function wrapped(safe: string, slot: WrapSlot, secret: Bytes, vaultKey: Bytes): string {
  return bytesToBase64url(wrapVaultKey({ safe, slot, secret }, vaultKey, random(24)));
}

/** Null where it doesn't open. */
export function unwrapped(
  safe: string,
  slot: WrapSlot,
  secret: Bytes,
  sealed: string,
): Bytes | null {
  const opened = unwrapVaultKey({ safe, slot, secret }, base64urlToBytes(sealed)!);
  return opened.ok ? opened.value : null;
}

/** Call at the top of a test file. Accounts stay for the whole file; limits, clock and queue are fresh. */
export function withIdentity(): IdentityHouse {
  const database = useNamedDatabase();
  const house = new IdentityHouse();
  beforeAll(() => house.open(database.cluster()));
  beforeEach(async () => {
    house.clock.at = MORNING;
    house.limits = makeLimits(house.clock);
    house.defects.length = 0;
    await house.cluster.owner.query("truncate graphile_worker._private_jobs");
  });
  afterAll(() => house.close());
  return house;
}
