/**
 * The sample's circles in the whole program, on two real databases: whoever signs in as a printed member finds by
 * the code that devices use what a member's own device would find.
 */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { readMyPlace } from "#circles/contract.ts";
import { readRoom } from "#circles/room-contract.ts";
import { shownNames } from "#circles/room/own-name.ts";
import { pseudonymNames, type CircleNames } from "#circles/room/pseudonym-name.ts";
import { threadOf } from "#circles/room/thread.ts";
import { readNamelessKeys } from "#pass/contract.ts";
import { redact } from "#platform/redacted.ts";
import { silentLog } from "#platform/server/log.ts";
import { readStewardKeys } from "#stewardship/steward-keys-contract.ts";
import { readStewardLog } from "#stewardship/logs-contract.ts";
import { epochKeysIn, readStewardLogEntries } from "#stewardship/steward-log.ts";
import { openEpochWrap } from "#stewardship/web/steward-key.ts";
import { toOpenKey } from "#vault/web/keys.ts";
import {
  askNameless,
  fetchBadges,
  toDoctor,
  visit,
  wait,
  type Doctor,
} from "../../../proofs/doctor.ts";
import { ask, must, signIn, type Member } from "../../../proofs/member.ts";
import { enterRoom, hear, sitDown } from "../../../proofs/room.ts";
import { CIRCLE_RULES } from "#circles/fit.ts";
import type { sampleCirclesFileSchema } from "../sample-circles.ts";
import type { InferInput } from "valibot";
import { startCallroom, type Running } from "./main.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");
const yaml = (path: string): unknown =>
  parse(readFileSync(join(REPOSITORY, "content", path), "utf8"));
const written = yaml("sample/circles.yaml") as InferInput<typeof sampleCirclesFileSchema>;
const names = yaml("circles/names.yaml") as CircleNames;

const address = (database: string): pg.ClientConfig => {
  const { host, port, user } = inject("testCluster");
  return { host, user, database, ...(port === null ? {} : { port }) };
};
const url = (database: string): string => {
  const { host, port, user } = inject("testCluster");
  const query = new URLSearchParams({ host, ...(port === null ? {} : { port: String(port) }) });
  return `postgres://${user}@/${database}?${query.toString()}`;
};
async function asMaker(statement: string): Promise<void> {
  const client = new pg.Client(address("postgres"));
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** The first days of a quarter: the circle is older than it, and sits by badges of the one before. */
const TODAY = "2027-01-02";

const databases = ["named", "nameless"].map(
  (kind) => `sample_${kind}_${randomBytes(5).toString("hex")}`,
);
let clock = Date.parse(`${TODAY}T10:00:00Z`);
let folder: string;
let running: Running;
let named: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callroom-sample-"));
  await mkdir(join(folder, "data"));
  await mkdir(join(folder, "dist/web"), { recursive: true });
  // Two coaches are enough: every account of the sample costs a second.
  await cp(join(REPOSITORY, "content"), join(folder, "content"), {
    recursive: true,
    filter: (path) => !/sample.coaches.[^ac]/.test(path),
  });
  await writeFile(join(folder, "dist/web/index.html"), "<title>Callroom</title>");
  await writeFile(join(folder, "dist/web/csp.json"), '{"inlineHashes":["sha256-x"]}');
  for (const name of databases) await asMaker(`create database ${name}`);
  running = await startCallroom(
    {
      home: folder,
      dataDir: join(folder, "data"),
      host: "127.0.0.1",
      port: 0,
      origin: null,
      databases: {
        named: { kind: "address", url: redact(url(databases[0]!)) },
        nameless: { kind: "address", url: redact(url(databases[1]!)) },
      },
      acceptOneServer: true,
      mail: { smtpUrl: null, from: "front-desk@room.example" },
      secretsFile: join(folder, "data/secrets.json"),
      backupPassphraseFile: null,
      trustProxy: ["127.0.0.1"],
      turnUrls: [],
      logLevel: "error",
    },
    { sample: true, log: silentLog, clock: { now: () => clock } },
  );
  named = new pg.Client(address(databases[0]!));
  await named.connect();
}, 240_000);
afterEach(() => (clock += 60_000));
afterAll(async () => {
  await named?.end();
  await running?.stop();
  for (const name of databases) await asMaker(`drop database if exists ${name} with (force)`);
  await rm(folder, { recursive: true, force: true });
});

const printed = (what: string) => running.sampleSignIns.find(({ who }) => who.includes(what))!;
async function member(what: string): Promise<Member> {
  const { email, passphrase } = printed(what);
  return (await signIn(running.origin, email, passphrase))!;
}
async function doctor(what: string): Promise<Doctor> {
  const somebody = await toDoctor(await member(what));
  await fetchBadges(somebody);
  return somebody;
}
async function runTask(name: string): Promise<void> {
  const { rows } = await named.query<{ id: string }>(
    "select (graphile_worker.add_job($1, '{}'::json, max_attempts => 1)).id",
    [name],
  );
  const isThere = async () =>
    (await named.query("select from graphile_worker._private_jobs where id = $1", [rows[0]!.id]))
      .rowCount !== 0;
  while (await isThere()) await new Promise((settle) => setTimeout(settle, 100));
}

test("the sign-ins say who sits in a circle and who can wait", () => {
  expect(running.sampleSignIns.map(({ who }) => who)).toMatchObject([
    "Noor, steward",
    "Edda, steward",
    expect.stringMatching(/, coach$/),
    expect.stringMatching(/, coach$/),
    "Juno, student",
    "Adaeze, resident",
    "Rosalind, attending, sits in a circle",
    "Balthazar, leader",
    "Odile, pre-retirement, can wait for a circle on a weekday evening",
  ]);
  expect(printed("sits").email).toBe(written.circle.members[0]!.email);
  expect(printed("can wait").email).toBe(written.canWait);
});

test("who sits reads every message of the room, as content says it, in order and some days old", async () => {
  const sitting = (await sitDown(await doctor("sits in a circle")))!;
  const room = await enterRoom(sitting, TODAY);
  expect(room.log.epochs).toHaveLength(1);
  const heard = await hear(sitting, room);
  const messages = heard.map(({ opened }) => {
    if (!opened.ok) throw new Error(opened.refusal.type);
    return opened.value;
  });
  const minutes = written.circle.messages.map(({ hoursAgo }) =>
    Math.floor((Date.parse(`${TODAY}T10:00:00Z`) - hoursAgo * 3_600_000) / 60_000),
  );
  expect(messages.map(({ minute }) => minute)).toEqual(minutes);
  const months = minutes.map((minute) => new Date(minute * 60_000).toISOString().slice(0, 7));
  expect(heard.map(({ stamp }) => stamp.month)).toEqual(months);

  const people = new Map(
    messages.map(({ sender }, at) => [written.circle.messages[at]!.by, sender]),
  );
  expect(people.size).toBe(6);
  expect(new Set(people.values()).size).toBe(6);
  expect(people.get("rosalind")).toBe(sitting.own.keys.pseudonym);
  const posts = threadOf(messages);
  const spoken = written.circle.messages.filter((each) => "id" in each);
  expect(posts.map(({ text, sender }) => ({ text, sender }))).toEqual(
    spoken.map(({ text, by }) => ({ text, sender: people.get(by) })),
  );
  const idBy = new Map(spoken.map(({ id }, at) => [id, posts[at]!.id]));
  expect(posts.map(({ replyTo }) => replyTo)).toEqual(
    spoken.map((each) => ("replyTo" in each ? idBy.get(each.replyTo) : null)),
  );
  const reactions = written.circle.messages.flatMap((each) =>
    "reactsTo" in each
      ? [{ on: idBy.get(each.reactsTo), by: people.get(each.by), reaction: each.reaction }]
      : [],
  );
  expect(posts.flatMap(({ id, reactions: on }) => on.map((each) => ({ on: id, ...each })))).toEqual(
    reactions,
  );

  const shown = shownNames(room.log, names);
  expect(shown.get(people.get("tea")!)).toBe("Cold Tea");
  expect(shown.get(people.get("sandwich")!)).toBe("Sandwich");
  expect(pseudonymNames(names, sitting.circle)).toContain(shown.get(people.get("rosalind")!));
  const asked = { visit: sitting.ticket, logAfter: 0, epochsFrom: 1 };
  const { paused } = await must(askNameless(sitting.doctor, readRoom, asked));
  expect(paused).toEqual([people.get("armchair")]);
});

test("another device of the same member has the same badge, and no sample member has two", async () => {
  const [phone, laptop] = [await doctor("sits in a circle"), await doctor("sits in a circle")];
  expect(laptop.badges).toEqual(phone.badges);
  const { rows } = await named.query<{ passes: number }>(
    "select count(*)::int as passes from pass.issued group by account, counted_by",
  );
  expect(new Set(rows.map(({ passes }) => passes))).toEqual(new Set([1]));
});

test("the crowd is open, by a number that says itself invented, and stays open when it is counted", async () => {
  const somebody = await doctor("can wait");
  const crowds = async () =>
    (await must(askNameless(somebody, readNamelessKeys))).crowds.filter(({ open }) => open);
  expect((await crowds()).map(({ holders }) => holders)).toContain(written.crowd);
  await runTask("tell-crowds");
  const counted = await crowds();
  expect(counted.length).toBeGreaterThan(0);
  expect(counted.map(({ holders }) => holders)).not.toContain(written.crowd);
  expect((await visit(somebody)).ok).toBe(true);
});

test("two stewards hold one key, which each opens alone", async () => {
  const { entries } = await must(ask(running.origin, readStewardLog));
  const log = readStewardLogEntries(entries, null);
  expect(log).toMatchObject({ ok: true, value: { epoch: 1, foundings: 1 } });
  const secrets = [];
  for (const who of ["Noor", "Edda"]) {
    const { cookie, vaultKey } = await member(who);
    const { wraps, ...view } = await must(ask(running.origin, readStewardKeys, { cookie }));
    expect(view).toMatchObject({ renewalDue: false, foundingDue: false });
    expect(view.stewards.map(({ inLog }) => inLog)).toEqual([true, true]);
    const open = await toOpenKey(vaultKey);
    secrets.push(await openEpochWrap(open, 1, epochKeysIn(entries, 1)!, wraps[0]!.sealed));
  }
  expect(secrets[0]).not.toBeNull();
  expect(secrets[1]).toEqual(secrets[0]);
});

test("those who wait sit down with nobody of their own, and with a newcomer the night after", async () => {
  const odile = await doctor("can wait");
  await runTask("form-circles");
  const before = await must(visit(odile));
  const alone = await must(askNameless(odile, readMyPlace, { visit: before }));
  expect(alone).toMatchObject({ seat: null, pool: { waiting: written.waiting.length } });

  // Tuesday's evening.
  const ticket = await wait(odile, { themes: ["late-career", "meaning"], blocks: [5], stage: 4 });
  await runTask("form-circles");
  const place = await must(askNameless(odile, readMyPlace, { visit: ticket }));
  expect(place.seat).toMatchObject({ state: "taken", block: 5 });
  expect(place.seat!.reasons.others).toBe(4);
  expect(place.seat!.reasons.themes.map(({ theme }) => theme)).toContain("meaning");
  const sitting = (await sitDown(odile))!;
  expect((await enterRoom(sitting, TODAY)).log.seats).toHaveLength(CIRCLE_RULES.smallest - 1);
});
