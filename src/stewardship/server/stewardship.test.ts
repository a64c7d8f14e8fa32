import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastifyCookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { redact } from "#platform/redacted.ts";
import { openCluster, type NamedCluster } from "#platform/server/db.ts";
import { startEmbedded, type EmbeddedCluster } from "#platform/server/embedded-postgres.ts";
import { SESSION_COOKIE } from "#platform/server/http.ts";
import { migrateJobs } from "#platform/server/jobs.ts";
import { openLetter, type Letter } from "#platform/server/letters.ts";
import { silentLog } from "#platform/server/log.ts";
import { migrate } from "#platform/server/migrations.ts";
import { makeAddresses } from "#identity/server/addresses.ts";
import { makeSessions } from "#identity/server/sessions.ts";
import {
  findInvitation,
  keepAccount,
  sweepExpired,
  useInvitation,
  type IdentityDb,
} from "#identity/server/store.ts";
import { typedToCode } from "#identity/invitation.ts";
import type { Role } from "#identity/account.ts";
import { hash } from "./inviting.ts";
import { stewardshipRoutes } from "./routes.ts";

const letterKey = redact(new Uint8Array(randomBytes(32)));
const addresses = makeAddresses(redact(randomBytes(32)), redact(randomBytes(32)));
const MORNING = Date.parse("2026-11-22T09:30:00Z");
const clock = { at: MORNING, now: () => clock.at };

let folder: string;
let embedded: EmbeddedCluster;
let cluster: NamedCluster;
let identity: IdentityDb;
let app: FastifyInstance;
const cookies = { steward: "", coach: "", member: "" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callroom-stewardship-"));
  const started = await startEmbedded({ dataDir: folder, cluster: "named", log: silentLog });
  if (!started.ok) throw new Error(JSON.stringify(started.refusal));
  embedded = started.value;
  const client = new pg.Client(embedded.address);
  await client.connect();
  await migrate(client, "named");
  await client.end();
  await migrateJobs(embedded.address);
  cluster = openCluster("named", embedded.address, () => undefined);
  identity = cluster.as("identity");
  const sessions = await makeSessions(identity, cluster, clock);

  app = Fastify();
  await app.register(fastifyCookie);
  stewardshipRoutes(
    {
      app,
      limits: { take: () => 0 },
      identify: sessions.identify,
      defect: (error) => {
        throw error;
      },
      mounted: [],
    },
    {
      db: cluster.as("stewardship"),
      queue: cluster.owner,
      clock,
      addresses,
      letterKey,
      origin: () => "https://room.example.org",
    },
  );
  for (const [who, roles] of Object.entries({ steward: ["steward"], coach: ["coach"], member: [] }))
    cookies[who as keyof typeof cookies] = await sessions.begin(
      identity,
      await keepSomebody(roles as Role[]),
      "Laptop",
    );
}, 60_000);

afterAll(async () => {
  await app?.close();
  await cluster?.close();
  await embedded?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  clock.at = MORNING;
  await cluster.owner.query(
    "truncate identity.invitation, identity.roster, identity.roster_line, stewardship.sponsor, graphile_worker._private_jobs",
  );
});

async function keepSomebody(roles: readonly Role[]): Promise<string> {
  const id = randomUUID();
  const email = `${id}@clinic.example`;
  const key = randomBytes(32);
  await keepAccount(identity, {
    id,
    loginId: randomBytes(32),
    opaqueRecord: "none",
    emailIndex: addresses.index(email),
    emailSealed: addresses.seal(email),
    name: "Somebody",
    stage: "attending",
    roles,
    timeZone: "Europe/Berlin",
    hpkeKey: key,
    signingKey: key,
    recoveryKey: key,
  });
  return id;
}

interface Asked {
  readonly status: number;
  readonly answer: Record<string, never>;
  readonly type: string | undefined;
  readonly text: string;
}

type Asking = "GET" | "POST" | "DELETE";

async function ask(
  method: Asking,
  path: string,
  body?: object,
  who: keyof typeof cookies | null = "steward",
): Promise<Asked> {
  const response = await app.inject({
    method,
    url: `/api/named/stewardship/${path}`,
    ...(body === undefined ? {} : { payload: body }),
    ...(who === null ? {} : { cookies: { [SESSION_COOKIE]: cookies[who] } }),
  });
  const answer = response.json<{ refusal?: { type: string } }>();
  return {
    status: response.statusCode,
    answer: answer as never,
    type: answer.refusal?.type,
    text: response.body,
  };
}

async function letters(): Promise<{ letter: Letter; id: number; runAt: string }[]> {
  const { rows } = await cluster.owner.query<{ id: number; sealed: string; run_at: string }>(
    "select id, payload ->> 'sealed' as sealed, run_at::text from graphile_worker._private_jobs order by id",
  );
  return rows.map((row) => ({
    letter: openLetter(letterKey, row.sealed)!,
    id: row.id,
    runAt: row.run_at,
  }));
}

async function addSponsor(name = "Northfield Hospital"): Promise<string> {
  const { answer } = await ask("POST", "sponsors", { name });
  return answer["id"]!;
}

const roster = (sponsor: string, csv: string, onlyCheck = false) =>
  ask("POST", "rosters", { sponsor, csv, onlyCheck });

const invite = (over: object = {}) =>
  ask("POST", "invitations", { email: null, roles: [], stage: null, show: false, ...over });

const someRoster = (count: number) =>
  Array.from({ length: count }, (_, at) => `doctor${at}@clinic.example,attending`).join("\n");

// Who may call ------------------------------------------------------------------------------------

const everyRoute: readonly [Asking, string, object?][] = [
  ["POST", "invitations", { email: null, roles: [], stage: null, show: true }],
  ["GET", "invitations"],
  ["DELETE", `invitations/${randomUUID()}`],
  ["POST", "rosters", { sponsor: randomUUID(), csv: "a@b.example,leader", onlyCheck: true }],
  ["GET", "rosters"],
  ["POST", "sponsors", { name: "Northfield Hospital" }],
  ["GET", "failed-jobs"],
  ["POST", "failed-jobs/1", { act: "let-go" }],
  ["POST", "failed-jobs", {}],
];

test.each(everyRoute)("%s %s is a steward's alone", async (method, path, body) => {
  expect((await ask(method, path, body, null)).type).toBe("NotSignedIn");
  expect((await ask(method, path, body, "member")).type).toBe("NotFound");
  expect((await ask(method, path, body, "coach")).type).toBe("NotFound");
  expect((await ask(method, path, body)).type).not.toBe("NotFound");
});

// Invitations ------------------------------------------------------------------------------------

test("an invitation's letter carries a link whose code opens it, and only the code's hash is kept", async () => {
  const { answer } = await invite({
    email: " Ada@Clinic.Example ",
    roles: ["coach", "coach"],
    stage: "leader",
  });
  expect(answer).toEqual({ link: null });
  const [{ letter }] = (await letters()) as [Awaited<ReturnType<typeof letters>>[number]];
  expect(letter).toMatchObject({ template: "invitation", to: "ada@clinic.example" });
  expect(letter.fields["until"]).toBe("22 December 2026");
  const [address, code] = letter.fields["link"]!.split("#");
  expect(address).toBe("https://room.example.org/join");
  const found = await findInvitation(identity, hash(code!), "2026-12-22");
  expect(found).toMatchObject({ roles: ["coach"], stage: "leader" });
  expect(found!.email_index!.equals(addresses.index("ada@clinic.example"))).toBe(true);
  expect(await findInvitation(identity, hash(code!), "2026-12-23")).toBe(null);
  const { rows } = await cluster.owner.query<{ row: string }>(
    "select i::text as row from identity.invitation i",
  );
  expect(rows[0]!.row).not.toContain(code);
  expect(rows[0]!.row).not.toContain("clinic");
});

test("a link to hand over is answered once and no letter leaves", async () => {
  const { answer } = await invite({ email: "ada@clinic.example", show: true });
  const code = String(answer["link"]).split("#")[1]!;
  expect(typedToCode(code)).toBe(code);
  expect(await findInvitation(identity, hash(code), "2026-11-22")).not.toBe(null);
  expect(await letters()).toEqual([]);
  const listed = await ask("GET", "invitations");
  expect(listed.text).toContain("ada@clinic.example");
  expect(listed.text).not.toContain(code);
});

test("an invitation with neither an address nor a hand to give it to is refused", async () => {
  const { status, type } = await invite();
  expect([status, type]).toEqual([422, "AddressNeeded"]);
  expect((await ask("GET", "invitations")).answer["invitations"]).toEqual([]);
});

test("a withdrawn invitation's code is worthless and its letter does not leave", async () => {
  await invite({ email: "ada@clinic.example" });
  await invite({ email: "ben@clinic.example" });
  const { invitations } = (await ask("GET", "invitations")).answer as unknown as {
    invitations: { id: string; email: string }[];
  };
  const ada = invitations.find(({ email }) => email === "ada@clinic.example")!;
  const code = (await letters())
    .find(({ letter }) => letter.to === ada.email)!
    .letter.fields["link"]!.split("#")[1]!;
  expect((await ask("DELETE", `invitations/${ada.id}`)).status).toBe(200);
  expect(await findInvitation(identity, hash(code), "2026-11-22")).toBe(null);
  expect((await letters()).map(({ letter }) => letter.to)).toEqual(["ben@clinic.example"]);
  expect((await ask("GET", "invitations")).answer["invitations"]).toHaveLength(1);
  expect((await ask("DELETE", `invitations/${ada.id}`)).status).toBe(200);
});

test("an invitation past its last day is not listed", async () => {
  await invite({ email: "ada@clinic.example" });
  clock.at += 31 * 86_400_000;
  expect((await ask("GET", "invitations")).answer["invitations"]).toEqual([]);
});

// Rosters ----------------------------------------------------------------------------------------

test("a roster's letters are the same in every byte but the address, and due at one moment", async () => {
  const sponsor = await addSponsor();
  await roster(sponsor, someRoster(40));
  const sent = await letters();
  expect(new Set(sent.map(({ letter }) => letter.to)).size).toBe(40);
  expect(new Set(sent.map(({ letter }) => JSON.stringify({ ...letter, to: "" }))).size).toBe(1);
  expect(new Set(sent.map(({ runAt }) => runAt)).size).toBe(1);
  const { fields, template } = sent[0]!.letter;
  expect(template).toBe("roster-letter");
  expect(fields["address"]).toBe("room.example.org/join");
  expect(fields["until"]).toBe("21 January 2027");
  expect(JSON.stringify(fields)).not.toMatch(/https?:|Northfield/);
});

test("a place in the queue, or among the rows, is no place in the file", async () => {
  await roster(await addSponsor(), someRoster(40));
  const places = (await letters()).map(({ letter }) => Number(/\d+/.exec(letter.to)![0]));
  expect(places).not.toEqual(places.toSorted((a, b) => a - b));
  const { rows } = await cluster.owner.query<{ email_sealed: Buffer }>(
    "select email_sealed from identity.roster_line order by ctid",
  );
  const kept = rows.map((row) => Number(/\d+/.exec(addresses.open(row.email_sealed))![0]));
  expect(kept.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at));
  expect(kept).not.toEqual(kept.toSorted((a, b) => a - b));
  expect(kept).not.toEqual(places);
});

test("late in the day the letters wait for the next morning, all of them", async () => {
  clock.at = Date.parse("2026-11-22T22:00:00Z");
  const { answer } = await roster(await addSponsor(), someRoster(3));
  expect(answer["windowEnds"]).toBe("2027-01-22");
  const dues = new Set((await letters()).map(({ runAt }) => Date.parse(runAt)));
  expect([...dues]).toEqual([Date.parse("2026-11-23T06:00:00Z")]);
});

test("bad lines are told by their number and the good ones are kept", async () => {
  const csv =
    "E-Mail;Stage\r\nada@clinic.example;leader\r\nnobody;leader\r\nben@clinic.example;chief\r\n";
  const { answer } = await roster(await addSponsor(), csv);
  expect(answer).toEqual({
    goodLines: 1,
    problems: [
      { line: 3, reason: "Address" },
      { line: 4, reason: "Stage" },
    ],
    windowEnds: "2027-01-21",
  });
  expect((await letters()).map(({ letter }) => letter.to)).toEqual(["ada@clinic.example"]);
});

test("checking tells the same and keeps and sends nothing", async () => {
  const sponsor = await addSponsor();
  const { answer } = await roster(sponsor, "ada@clinic.example,leader\nnobody,leader", true);
  expect(answer).toEqual({
    goodLines: 1,
    problems: [{ line: 2, reason: "Address" }],
    windowEnds: null,
  });
  expect((await roster(sponsor, "nobody", true)).answer["goodLines"]).toBe(0);
  expect(await letters()).toEqual([]);
  expect((await ask("GET", "rosters")).answer["rosters"]).toEqual([]);
});

test("a roster without a good line, or with too many, or of an unknown sponsor is refused", async () => {
  const sponsor = await addSponsor();
  expect(await roster(sponsor, "nobody,leader")).toMatchObject({ status: 422, type: "NoGoodLine" });
  expect(await roster(sponsor, someRoster(5001))).toMatchObject({
    status: 422,
    type: "TooManyLines",
  });
  expect(await roster(sponsor, "x\n".repeat(5001), true)).toMatchObject({ type: "TooManyLines" });
  const unknown = await roster(randomUUID(), "ada@clinic.example,leader");
  expect(unknown).toMatchObject({ status: 422, type: "SponsorNotFound" });
  expect(await letters()).toEqual([]);
});

test("a sponsor's name is taken once", async () => {
  await addSponsor("Northfield Hospital");
  const again = await ask("POST", "sponsors", { name: " Northfield Hospital " });
  expect([again.status, again.type]).toEqual([409, "NameTaken"]);
});

test("nobody gets a second letter of the same sponsor's, though another sponsor may write", async () => {
  const [north, south] = [await addSponsor("North"), await addSponsor("South")];
  await roster(north, "ada@clinic.example,leader\nnobody,leader");
  const mended = await roster(north, "ada@clinic.example,leader\nben@clinic.example,leader");
  expect(mended.answer).toMatchObject({
    goodLines: 1,
    problems: [{ line: 1, reason: "AlreadyWritten" }],
  });
  expect((await letters()).map(({ letter }) => letter.to)).toEqual([
    "ada@clinic.example",
    "ben@clinic.example",
  ]);
  expect((await roster(north, "ada@clinic.example,leader")).type).toBe("NoGoodLine");
  expect((await roster(south, "ada@clinic.example,leader")).answer["goodLines"]).toBe(1);
});

test("a roster sent twice at once goes out once", async () => {
  const sponsor = await addSponsor();
  const both = await Promise.all([
    roster(sponsor, someRoster(30)),
    roster(sponsor, someRoster(30)),
  ]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);
  expect(await letters()).toHaveLength(30);
});

test("nothing a steward can ask differs by whether a roster's code was used", async () => {
  const sponsor = await addSponsor();
  await roster(sponsor, someRoster(3));
  const code = typedToCode((await letters())[0]!.letter.fields["code"]!)!;
  const everything = async () =>
    Promise.all([
      ask("GET", "rosters"),
      ask("GET", "invitations"),
      ask("GET", "failed-jobs"),
      roster(sponsor, someRoster(4), true),
      roster(sponsor, someRoster(3)),
    ]);
  const before = await everything();
  for (let used = 0; used < 3; used++) {
    const found = await findInvitation(identity, hash(code), "2026-11-22");
    expect(found?.from).toBe("roster");
    expect(await useInvitation(identity, found!)).toBe(true);
    expect(await everything()).toEqual(before);
  }
  expect(await findInvitation(identity, hash(code), "2026-11-22")).toBe(null);
  expect(await everything()).toEqual(before);
});

test("stewardship has no right to read how often a code was used, nor an address of a roster", async () => {
  const db = cluster.as<Record<string, Record<string, unknown>>>("stewardship");
  const read = (table: string, column: string) => db.selectFrom(table).select(column).execute();
  await expect(read("identity.roster", "uses_left")).rejects.toThrow(/permission denied/);
  await expect(read("identity.roster", "code_hash")).rejects.toThrow(/permission denied/);
  await expect(read("identity.roster_line", "email_sealed")).rejects.toThrow(/permission denied/);
  await expect(read("identity.invitation", "code_hash")).rejects.toThrow(/permission denied/);
  await expect(read("identity.account", "email_index")).rejects.toThrow(/permission denied/);
  expect(await read("identity.roster", "id")).toEqual([]);
});

test("a roster's lines are destroyed when its window ends", async () => {
  await roster(await addSponsor(), someRoster(5));
  const count = async () =>
    (await cluster.owner.query("select 1 from identity.roster_line")).rowCount;
  await sweepExpired(identity, "2027-01-21");
  expect(await count()).toBe(5);
  await sweepExpired(identity, "2027-01-22");
  expect(await count()).toBe(0);
  clock.at = Date.parse("2027-01-22T09:00:00Z");
  expect((await ask("GET", "rosters")).answer["rosters"]).toEqual([]);
});

test("open rosters are listed with their sponsor and their days, and no count", async () => {
  await roster(await addSponsor(), someRoster(5));
  const { answer } = await ask("GET", "rosters");
  expect(answer["rosters"]).toEqual([
    {
      id: expect.any(String),
      sponsor: "Northfield Hospital",
      letterOn: "2026-11-22",
      windowEnds: "2027-01-21",
    },
  ]);
});

// Failed work ------------------------------------------------------------------------------------

async function fail(message: string): Promise<string> {
  const { rows } = await cluster.owner.query<{ id: number }>(
    "select id from graphile_worker.add_job('letter', '{\"sealed\":\"x\"}'::json, max_attempts => 12)",
  );
  await cluster.owner.query("select graphile_worker.permanently_fail_jobs(array[$1::bigint], $2)", [
    rows[0]!.id,
    message,
  ]);
  return String(rows[0]!.id);
}

test("work that failed for good is shown by its kind alone", async () => {
  const id = await fail("ECONNREFUSED");
  await invite({ email: "ada@clinic.example" });
  expect((await ask("GET", "failed-jobs")).answer).toEqual({
    jobs: [{ id, task: "letter", attempts: 12, error: "ECONNREFUSED" }],
    failed: 1,
    waiting: 1,
  });
});

test("an error that is a sentence is not shown: it could hold an address", async () => {
  await fail("No mailbox ada@clinic.example");
  const { answer, text } = await ask("GET", "failed-jobs");
  expect(answer["jobs"]).toMatchObject([{ error: null }]);
  expect(text).not.toContain("ada");
});

test("work scheduled for later does not count as waiting", async () => {
  await cluster.owner.query(
    "select jobs.enqueue('letter', '{}'::json, now() + interval '1 hour', null)",
  );
  expect((await ask("GET", "failed-jobs")).answer).toEqual({ jobs: [], failed: 0, waiting: 0 });
});

test("a steward tries failed work again, or lets it go, or tries all of it", async () => {
  const [one, two, three] = [await fail("EAUTH"), await fail("EAUTH"), await fail("EAUTH")];
  expect((await ask("POST", `failed-jobs/${one}`, { act: "retry" })).status).toBe(200);
  expect((await ask("POST", `failed-jobs/${two}`, { act: "let-go" })).status).toBe(200);
  const { answer } = await ask("GET", "failed-jobs");
  expect(answer).toMatchObject({ jobs: [{ id: three }], failed: 1, waiting: 1 });
  await ask("POST", "failed-jobs", {});
  expect((await ask("GET", "failed-jobs")).answer).toEqual({ jobs: [], failed: 0, waiting: 2 });
  const { rows } = await cluster.owner.query<{ id: number; attempts: number }>(
    "select id, attempts from graphile_worker.jobs order by id",
  );
  expect(rows.map(({ id, attempts }) => [String(id), attempts])).toEqual([
    [one, 0],
    [three, 0],
  ]);
});

test("work that has not failed can be neither let go nor moved", async () => {
  await invite({ email: "ada@clinic.example" });
  const [{ id, runAt }] = (await letters()) as [Awaited<ReturnType<typeof letters>>[number]];
  await ask("POST", `failed-jobs/${id}`, { act: "let-go" });
  await ask("POST", `failed-jobs/${id}`, { act: "retry" });
  await ask("POST", "failed-jobs", {});
  expect((await letters()).map((left) => [left.id, left.runAt])).toEqual([[id, runAt]]);
});

test("a list of five thousand is sent in one go and in good time", async () => {
  const sponsor = await addSponsor();
  const since = performance.now();
  expect((await roster(sponsor, someRoster(5000))).answer["goodLines"]).toBe(5000);
  // The device gives up after twenty seconds; on an idle machine this takes less than two.
  expect(performance.now() - since).toBeLessThan(10_000);
  expect((await cluster.owner.query("select 1 from graphile_worker.jobs")).rowCount).toBe(5000);
}, 30_000);
