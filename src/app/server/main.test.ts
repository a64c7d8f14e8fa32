/** The whole program, in this process, on two empty databases of the run's own PostgreSQL. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import * as booking from "#coaching/booking/contract.ts";
import * as directory from "#coaching/directory/contract.ts";
import * as space from "#coaching/space/contract.ts";
import * as identity from "#identity/contract.ts";
import * as standing from "#identity/standing-contract.ts";
import * as verification from "#identity/verification-contract.ts";
import * as circles from "#circles/contract.ts";
import * as judging from "#circles/judging-contract.ts";
import * as circleLive from "#circles/live-contract.ts";
import * as merging from "#circles/merging-contract.ts";
import * as circleRooms from "#circles/room-contract.ts";
import * as courses from "#learn/contract.ts";
import * as pass from "#pass/contract.ts";
import * as passesDue from "#pass/due-contract.ts";
import * as instruments from "#reflect/instrument/contract.ts";
import { GENERAL_REFUSALS, type AnyRoute } from "#platform/contract.ts";
import { redact } from "#platform/redacted.ts";
import type { Config } from "#platform/server/config.ts";
import { makeLog } from "#platform/server/log.ts";
import * as stewardship from "#stewardship/contract.ts";
import * as stewardLogs from "#stewardship/logs-contract.ts";
import * as stewardKeys from "#stewardship/steward-keys-contract.ts";
import * as queue from "#stewardship/verification-contract.ts";
import * as vault from "#vault/contract.ts";
import { ask, join as joinAs, must, setUp, type Member } from "../../../proofs/member.ts";
import { makeStewardInvitation } from "./steward-way-back.ts";
import { startCallroom, type Running } from "./main.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");
const names = ["named", "nameless"].map((kind) => `main_${kind}_${randomBytes(5).toString("hex")}`);
const lines: string[] = [];
const log = makeLog({ level: "debug", write: (line) => lines.push(line), now: () => Date.now() });

let folder: string;
let running: Running;
let named: pg.Client;
let steward: Member;

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

const config = (): Config => ({
  home: folder,
  dataDir: join(folder, "data"),
  host: "127.0.0.1",
  port: 0,
  origin: null,
  databases: {
    named: { kind: "address", url: redact(url(names[0]!)) },
    nameless: { kind: "address", url: redact(url(names[1]!)) },
  },
  acceptOneServer: true,
  mail: { smtpUrl: null, from: "front-desk@room.example" },
  secretsFile: join(folder, "data/secrets.json"),
  backupPassphraseFile: null,
  trustProxy: ["127.0.0.1"],
  turnUrls: [],
  logLevel: "debug",
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callroom-main-"));
  await mkdir(join(folder, "data"));
  await mkdir(join(folder, "dist/web"), { recursive: true });
  await symlink(join(REPOSITORY, "content"), join(folder, "content"));
  await writeFile(join(folder, "dist/web/index.html"), "<title>Callroom</title>");
  await writeFile(join(folder, "dist/web/csp.json"), '{"inlineHashes":["sha256-x"]}');
  for (const name of names) await asMaker(`create database ${name}`);
  running = await startCallroom(config(), { sample: false, log });
  named = new pg.Client(address(names[0]!));
  await named.connect();
  steward = await setUp(running.origin, running.setupLink!.split("#")[1]!);
});
afterAll(async () => {
  await named?.end();
  await running?.stop();
  for (const name of names) await asMaker(`drop database if exists ${name} with (force)`);
  await rm(folder, { recursive: true, force: true });
});

const post = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(running.origin + path, {
    method: "POST",
    body: body as string,
    headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.9", ...headers },
  });
const refusalIn = async (response: Response) =>
  ((await response.json()) as { refusal: { type: string; detail?: { incident?: string } } })
    .refusal;

// What is served ----------------------------------------------------------------------------------

test("the first start makes one set-up link, good once; later starts make none", async () => {
  expect(running.setupLink).toMatch(/\/set-up#[\w-]{32}$/);
  const token = running.setupLink!.split("#")[1]!;
  const again = await ask(running.origin, identity.setUpCommunity, {
    body: { token, name: "Another", country: "US", floor: 8, sample: false },
  });
  expect([again.ok, again.status]).toEqual([false, 410]);
  const looked = await must(ask(running.origin, identity.community));
  expect(looked).toMatchObject({ setUp: true, name: "Proving ground", oneServer: true });
});

test("the API's description has every route of every contract, with its refusals", async () => {
  const contracts = [
    identity,
    standing,
    verification,
    vault,
    booking,
    directory,
    space,
    stewardship,
    queue,
    stewardKeys,
    stewardLogs,
    pass,
    passesDue,
    circles,
    circleRooms,
    circleLive,
    judging,
    merging,
    courses,
    instruments,
  ];
  const isRoute = (value: unknown): value is AnyRoute =>
    typeof value === "object" && value !== null && "refusals" in value && "path" in value;
  const routes = contracts.flatMap((contract) => Object.values<unknown>(contract).filter(isRoute));
  const document = (await (await fetch(`${running.origin}/api/docs`)).json()) as {
    openapi: string;
    paths: Record<
      string,
      Record<string, { operationId: string; responses: Record<string, { description: string }> }>
    >;
  };
  expect(document.openapi).toBe("3.1.0");
  const described = Object.values(document.paths).flatMap((each) => Object.values(each));
  expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(
    routes.map(({ name }) => name).toSorted(),
  );
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    const operation = document.paths[path]?.[route.method.toLowerCase()];
    expect([route.name, operation?.operationId]).toEqual([route.name, route.name]);
    for (const [type, status] of Object.entries({ ...GENERAL_REFUSALS, ...route.refusals }))
      expect(operation!.responses[String(status)]!.description.split(", ")).toContain(type);
  }
});

test("the page and the API stand on one address, and what is absent is told alike", async () => {
  const page = await fetch(`${running.origin}/join`);
  expect([page.status, await page.text()]).toEqual([200, "<title>Callroom</title>"]);
  const absent = await fetch(`${running.origin}/api/named/nothing`);
  expect([absent.status, await refusalIn(absent)]).toEqual([404, { type: "NotFound" }]);
  expect(absent.headers.get("x-content-type-options")).toBe("nosniff");
});

// Nonsense ----------------------------------------------------------------------------------------

test.each<[string, string | Uint8Array, Record<string, string>, number, string]>([
  ["JSON that is none", "{", {}, 400, "BadInput"],
  ["nothing at all", "", {}, 400, "BadInput"],
  ["a form", "code=x", { "content-type": "application/x-www-form-urlencoded" }, 400, "BadInput"],
  ["a media type that is none", "{}", { "content-type": "///" }, 400, "BadInput"],
  ["bytes that are no UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), {}, 400, "BadInput"],
  ["a prototype to pollute", '{"code":"x","__proto__":{"a":1}}', {}, 400, "BadInput"],
  ["very deep lists", "[".repeat(8000), {}, 400, "BadInput"],
  ["more than a route takes", `{"code":"${"x".repeat(20_000)}"}`, {}, 413, "TooLarge"],
])("%s is refused in one form", async (_, body, headers, status, type) => {
  const response = await post("/api/public/invitations", body, headers);
  expect([response.status, await refusalIn(response)]).toEqual([status, { type }]);
  expect(response.headers.get("content-type")).toContain("application/json");
});

test("a method that a route hasn't, and an address that is none, are not found", async () => {
  for (const [method, path] of [
    ["PATCH", "/api/named/account"],
    ["DELETE", "/api/public/community"],
    ["POST", "/api/docs"],
    ["GET", "/api/%ff"],
    ["GET", "/api/named/vault/records/%E0%A4%A"],
  ] as const) {
    const response = await fetch(running.origin + path, { method });
    expect([method, path, response.status < 500, response.status >= 400]).toEqual([
      method,
      path,
      true,
      true,
    ]);
  }
});

test("a defect leaves the program as a number alone, and the log holds no word of what was sent", async () => {
  lines.length = 0;
  await named.query("alter table identity.invitation rename to hidden");
  const response = await post("/api/public/invitations", '{"code":"CANARYCANARYCANARY22"}');
  await named.query("alter table identity.hidden rename to invitation");
  const refusal = await refusalIn(response);
  expect(response.status).toBe(500);
  expect(refusal).toEqual({
    type: "SomethingWentWrong",
    detail: { incident: expect.stringMatching(/^[0-9a-f]{10}$/) as string },
  });
  const defect = lines.find((line) => line.includes(refusal.detail!.incident!));
  expect(JSON.parse(defect!)).toMatchObject({ where: "lookInvitation", code: "42P01" });
  expect(lines.join("")).not.toMatch(/canary|192\.0\.2|hidden/i);
});

test("a log line of a request has its pattern and no id, address, word or moment", async () => {
  lines.length = 0;
  const id = crypto.randomUUID();
  const as = { cookie: steward.cookie };
  await ask(running.origin, identity.endSession, { ...as, params: { id } });
  await ask(running.origin, vault.readRecords, { ...as, query: { after: 424_242 } });
  const text = lines.join("");
  expect(text).toContain("/api/named/sessions/:id");
  expect(text).not.toMatch(new RegExp(`${id}|${steward.account}|424242|127\\.0\\.0\\.1`));
  for (const line of lines) expect(JSON.parse(line)).not.toHaveProperty("reqId");
});

// Joining with and without mail ---------------------------------------------------------------------

test("whoever runs the server lets a steward in again without mail", async () => {
  const link = await makeStewardInvitation(config());
  expect(link).toMatch(/\/join#[2-9A-Z]{20}$/);
  const code = link.split("#")[1]!;
  const back = await joinAs(running.origin, { code, email: "back@proof.example", name: "Back" });
  const account = await must(ask(running.origin, identity.readAccount, { cookie: back.cookie }));
  expect(account.roles).toEqual(["steward"]);
});

test("a letter that was asked for over the API lies in the folder, with the code that lets in", async () => {
  await must(
    ask(running.origin, stewardship.makeInvitations, {
      cookie: steward.cookie,
      body: { email: "ada@proof.example", roles: [], stage: "resident", show: false },
    }),
  );
  const mail = join(folder, "data/mail");
  const letters = async () => {
    const files = await readdir(mail).catch(() => []);
    const texts = await Promise.all(files.map((file) => readFile(join(mail, file), "utf8")));
    return texts.filter((text) => text.includes("ada@proof.example"));
  };
  await expect.poll(async () => (await letters()).length).toBe(1);
  const [letter = ""] = await letters();
  const code = /#([2-9A-Z]{20})/.exec(letter.replace(/=\r?\n/g, ""))![1]!;
  const member = await joinAs(running.origin, { code, email: "ada@proof.example", name: "Ada" });
  expect(member.account).toMatch(/^[0-9a-f-]{36}$/);
});

// Several tries at once, and a network that breaks ---------------------------------------------------

test("a connection that breaks in the middle is no defect", async () => {
  lines.length = 0;
  const { port } = new URL(running.origin);
  const lock = new pg.Client(address(names[0]!));
  await lock.connect();
  await lock.query("begin; lock table identity.session in access exclusive mode");
  // One breaks off while the server reads the session, one in the middle of its body.
  for (const text of [
    `GET /api/named/account HTTP/1.1\r\nHost: x\r\nCookie: __Secure-callroom=${"A".repeat(43)}\r\n\r\n`,
    'POST /api/public/invitations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"co',
  ]) {
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(text);
    await new Promise((resolve) => setTimeout(resolve, 150));
    socket.destroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  await lock.query("commit");
  await lock.end();
  expect((await fetch(`${running.origin}/api/public/community`)).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(lines.filter((line) => line.includes('"defect"'))).toEqual([]);
});

// Stopping ----------------------------------------------------------------------------------------

test("stopping finishes a slow request, takes no new one, and starts again on the same data", async () => {
  const lock = new pg.Client(address(names[0]!));
  await lock.connect();
  await lock.query("begin; select 1 from vault.safe for update");
  const params = {
    collection: Buffer.alloc(16, 1).toString("base64url"),
    id: Buffer.alloc(16, 2).toString("base64url"),
  };
  const body = { version: 1, sealed: Buffer.alloc(300, 3).toString("base64url") };
  const slow = ask(running.origin, vault.writeRecord, { cookie: steward.cookie, params, body });
  await expect
    .poll(async () => {
      const { rows } = await named.query<{ waiting: string }>(
        "select count(*) as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      return Number(rows[0]!.waiting);
    })
    .toBe(1);
  let isStopped = false;
  const stopping = running.stop().then(() => (isStopped = true));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(isStopped).toBe(false);
  const { port } = new URL(running.origin);
  const refused = new Promise((resolve) => {
    request({ port, host: "127.0.0.1", path: "/", agent: false }, resolve)
      .on("error", resolve)
      .end();
  });
  expect(await refused).toMatchObject({ code: "ECONNREFUSED" });
  await lock.query("commit");
  await lock.end();
  expect(await slow).toMatchObject({ ok: true, value: { sequence: 1 } });
  await stopping;

  running = await startCallroom(config(), { sample: false, log });
  expect(running.setupLink).toBeNull();
  const page = await must(
    ask(running.origin, vault.readRecords, { cookie: steward.cookie, query: { after: 0 } }),
  );
  expect(page.records).toMatchObject([{ ...params, ...body }]);
}, 20_000);

test("a community whose secrets are missing does not start with new ones", async () => {
  await expect(
    startCallroom(
      { ...config(), secretsFile: join(folder, "elsewhere.json") },
      { sample: false, log },
    ),
  ).rejects.toThrow(/secrets file .* is missing/);
  expect((await fetch(`${running.origin}/api/public/community`)).status).toBe(200);
});

// The keys that passes are signed with ---------------------------------------------------------------

test("the first start makes issuer keys, and both sides know the same ones", async () => {
  const nameless = new pg.Client(address(names[1]!));
  await nameless.connect();
  const order = "order by position";
  const here = await named.query(
    `select name, spki from pass.issuer_key where position >= 0 ${order}`,
  );
  const there = await nameless.query(`select name, spki from pass.logged_key ${order}`);
  await nameless.end();
  expect(here.rows.length).toBeGreaterThan(0);
  expect(there.rows).toEqual(here.rows);
});

test.each([
  ["lack what the issuer keys were sealed with", undefined, /older copy: it lacks issuerSealKey/],
  ["have another key than they were sealed with", "A".repeat(43), /under another issuerSealKey/],
])("a community whose secrets %s does not start", async (_, issuerSealKey, words) => {
  const secretsFile = join(folder, "other-secrets.json");
  const secrets = JSON.parse(await readFile(config().secretsFile, "utf8")) as object;
  await writeFile(secretsFile, JSON.stringify({ ...secrets, issuerSealKey }));
  const starting = startCallroom({ ...config(), secretsFile }, { sample: false, log });
  await expect(starting).rejects.toThrow(words);
});

test("the first version's secrets get the key they lack, and everything goes on", async () => {
  await running.stop();
  // As if no key had been made yet.
  await named.query("truncate pass.issuer_key cascade");
  await asMaker(`drop database ${names[1]!} with (force)`);
  await asMaker(`create database ${names[1]!}`);
  const { secretsFile } = config();
  const { issuerSealKey, ...older } = JSON.parse(await readFile(secretsFile, "utf8")) as Record<
    string,
    unknown
  >;
  await writeFile(secretsFile, JSON.stringify(older));
  running = await startCallroom(config(), { sample: false, log });
  const now = JSON.parse(await readFile(secretsFile, "utf8")) as Record<string, unknown>;
  expect(now).toEqual({ ...older, issuerSealKey: expect.stringMatching(/^[\w-]{43}$/) as unknown });
  expect(now["issuerSealKey"]).not.toBe(issuerSealKey);
  expect((await named.query("select from pass.issuer_key")).rowCount).toBeGreaterThan(0);
  await must(ask(running.origin, identity.readAccount, { cookie: steward.cookie }));
}, 30_000);
