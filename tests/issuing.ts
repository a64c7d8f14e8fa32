/** The issuing side on a real database for tests: its routes behind a real server, doctors, and their wallets. */
import { randomBytes } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import Fastify from "fastify";
import type pg from "pg";
import { beforeEach } from "vitest";
import { today } from "#identity/server/deps.ts";
import { makeSessions } from "#identity/server/sessions.ts";
import { keepDecision } from "#identity/server/verification-store.ts";
import { blindedMessage, finishedPass, type Wanted } from "#pass/client.ts";
import type { Community } from "#pass/challenge.ts";
import { issuePasses, readKeyLogEntries } from "#pass/contract.ts";
import { readKeyLog, type KeyLog, type KeyLogEntry } from "#pass/key-log.ts";
import type { Purpose } from "#pass/purpose.ts";
import { prepareIssuerKeys } from "#pass/server/issue-keys.ts";
import { communityOf, issuingRoutes, type IssuingDeps } from "#pass/server/issue-routes.ts";
import { base64urlToBytes, bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { redact } from "#platform/redacted.ts";
import { physician, withStewardship, type Somebody, type StewardsRoom } from "./stewardship.ts";

export interface Asking {
  readonly purpose: Purpose;
  readonly name: string;
  readonly slot: number;
  /** base64url. */
  readonly blinded: string;
}

export class IssuingRoom {
  readonly sealKey = redact(new Uint8Array(randomBytes(32)));
  readonly room: StewardsRoom;
  db!: IssuingDeps["db"];

  constructor(room: StewardsRoom) {
    this.room = room;
  }

  /** A server that has just started. */
  async open(): Promise<void> {
    const { cluster, clock, identity } = this.room;
    await this.room.app.close();
    const app = Fastify();
    await app.register(fastifyCookie);
    this.room.app = app;
    this.db = cluster.as("pass");
    const sessions = await makeSessions(identity, cluster, clock);
    const community = await communityOf(this.db);
    issuingRoutes(
      {
        app,
        limits: { take: () => 0, giveBack: () => undefined },
        identify: sessions.identify,
        defect: (error) => {
          throw error;
        },
        mounted: [],
      },
      { db: this.db, clock, sealKey: this.sealKey, community },
    );
  }

  async prepare(day = today(this.room.clock)): Promise<void> {
    const prepared = await prepareIssuerKeys(this.db, this.sealKey, day);
    if (!prepared.ok) throw new Error(prepared.refusal.type);
  }

  /** A day and the keys that belong to it. */
  async goTo(day: string): Promise<void> {
    this.room.clock.at = Date.parse(`${day}T09:30:00Z`);
    await this.prepare(day);
  }

  /** Somebody whom stewards verified. */
  async doctor(): Promise<Somebody> {
    const somebody = await this.room.join();
    await this.verify(somebody);
    return somebody;
  }

  async verify(somebody: Somebody): Promise<void> {
    await this.room.askFor(somebody);
    const claimSealed = this.room.claims.seal(physician());
    await keepDecision(this.room.identity, somebody.account, { state: "verified", claimSealed });
  }

  async log(who: Somebody): Promise<{ community: Community; log: KeyLog }> {
    const { community, entries } = await this.room.must(readKeyLogEntries, {}, who);
    const log = readKeyLog(
      entries.map(({ spki, ...period }): KeyLogEntry => ({
        period,
        spki: base64urlToBytes(spki)!,
      })),
    );
    if (!log.ok) throw new Error(log.refusal.type);
    return { community, log: log.value };
  }

  /** What a device of somebody's wants, as its vault key says. */
  async wanted(who: Somebody, name: string, number = 0): Promise<Wanted> {
    const { community, log } = await this.log(who);
    const key = log.keys.find(({ period }) => period.name === name)!;
    return { walletSecret: who.vaultKey, community, key, number };
  }

  async asking(who: Somebody, name: string): Promise<Asking> {
    return askingFor(await this.wanted(who, name));
  }

  ask(who: Somebody, ...requests: Asking[]) {
    return this.room.ask(issuePasses, { body: { requests } }, who);
  }

  /** A finished badge; throws where it is refused. */
  async badge(who: Somebody, name: string): Promise<Bytes> {
    const wanted = await this.wanted(who, name);
    const told = await this.ask(who, askingFor(wanted));
    if (told.answer === null) throw new Error(told.refusal!);
    const finished = finishedPass(wanted, base64urlToBytes(told.answer.signatures[0]!)!);
    if (!finished.ok) throw new Error(finished.refusal.type);
    return finished.value;
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.room.cluster.owner.query<{ count: number }>(
      `select count(*) as count from ${table}`,
    );
    return rows[0]!.count;
  }
}

export function askingFor(wanted: Wanted): Asking {
  const blinded = blindedMessage(wanted);
  if (!blinded.ok) throw new Error(blinded.refusal.type);
  const { purpose, name } = wanted.key.period;
  return { purpose, name, slot: wanted.number, blinded: bytesToBase64url(blinded.value) };
}

/** Call at the top of a test file: every test begins without keys, on the morning of 22 November 2026. */
export function withIssuing(): IssuingRoom {
  const issuing = new IssuingRoom(withStewardship());
  const startWithKeys = firstKeys();
  beforeEach(async () => {
    await issuing.open();
    await startWithKeys(issuing.room.cluster.owner, () => issuing.prepare());
  });
  return issuing;
}

/**
 * Begins a test with the issuer keys of a file's first morning and nothing issued. Only the first test makes them: two
 * RSA keys take longer than most of the others.
 */
export function firstKeys() {
  let made: string | null = null;
  return async (owner: pg.Pool, prepare: () => Promise<void>): Promise<void> => {
    await owner.query("truncate pass.issued, pass.issuer_key");
    if (made !== null)
      await owner.query(
        "insert into pass.issuer_key select * from json_populate_recordset(null::pass.issuer_key, $1)",
        [made],
      );
    await prepare();
    if (made !== null) return;
    const { rows } = await owner.query<{ keys: unknown }>(
      "select json_agg(k) as keys from pass.issuer_key k",
    );
    made = JSON.stringify(rows[0]!.keys);
  };
}
