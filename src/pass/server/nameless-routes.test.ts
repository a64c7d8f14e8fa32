import fastifyCookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { padJson } from "#platform/padding.ts";
import { sendRefusal, SESSION_COOKIE } from "#platform/server/http.ts";
import { makeLimits } from "#platform/server/limits.ts";
import { useNamelessDatabase } from "../../../tests/database.ts";
import { community, testIssuer } from "../../../tests/pass-issuer.ts";
import { issuingPeriod } from "../period.ts";
import { makeChallenges } from "./challenges.ts";
import { makeNamelessKeys } from "./nameless-keys.ts";
import { makeCurrentLog } from "./nameless-origin.ts";
import { namelessPassRoutes } from "./nameless-routes.ts";
import type { NamelessPassTables } from "./nameless-tables.ts";

const database = useNamelessDatabase();
const [january, february] = ["2026-12-22", "2027-01-22"].map((day) =>
  issuingPeriod("circle-badge", day),
);
const week = issuingPeriod("session-token", "2026-12-22");
const issuer = testIssuer([january!, february!, week]);
const clock = { now: () => Date.parse("2027-01-05T10:00:00Z") };
const KEYS = "/api/nameless/passes/keys";
const CHALLENGES = "/api/nameless/passes/challenges";

let app: FastifyInstance;
const db = () => database.cluster().as<NamelessPassTables>("pass");
const challenges = () => makeChallenges(db(), clock);

beforeAll(async () => {
  app = Fastify();
  await app.register(fastifyCookie);
  app.setErrorHandler((_error, _request, reply) => sendRefusal(reply, 400, { type: "BadInput" }));
  const mounting = {
    app,
    limits: makeLimits(clock),
    identify: () => Promise.reject(new Error("Somebody was looked up")),
    defect: (error: unknown) => {
      throw error;
    },
    mounted: [],
  };
  const currentLog = makeCurrentLog(db(), community);
  namelessPassRoutes(mounting, { currentLog, challenges: challenges(), clock, community });
  const keys = makeNamelessKeys(database.cluster());
  await keys.append(issuer.log.keys.map((key) => ({ period: key.period, spki: key.issuer.spki })));
  await keys.setCrowds([
    { ...january!, holders: 1240 },
    { ...february!, holders: 300 },
    { ...week, holders: 19 },
  ]);
});

afterAll(() => app.close());

test("the head is the log's, and each key that counts today has its crowd", async () => {
  const response = await app.inject({ method: "GET", url: KEYS });
  expect(response.json()).toEqual({
    community,
    length: 3,
    hash: bytesToBase64url(issuer.log.hashes[3]!),
    crowds: [
      { purpose: "circle-badge", name: "2027-01", holders: 1240, open: true },
      { purpose: "session-token", name: "2026-12-28", holders: 19, open: false },
    ],
  });
  expect(response.rawPayload.length).toBe(1024);
  expect(response.headers["etag"]).toBeUndefined();
});

test("every challenge is fresh, and can be used", async () => {
  const made = [];
  for (let i = 0; i < 5; i++) {
    const response = await app.inject({ method: "POST", url: CHALLENGES, ...json({}) });
    expect(response.rawPayload.length).toBe(1024);
    made.push(response.json<{ challenge: string }>().challenge);
  }
  expect(new Set(made).size).toBe(5);
  const bytes = base64urlToBytes(made[0]!)!;
  const used = () =>
    db()
      .transaction()
      .execute((within) => challenges().use(within, bytes));
  expect([await used(), await used()]).toEqual([true, false]);
});

describe("hostile requests get one answer", () => {
  test.each<[string, object]>([
    ["a session's cookie", { ...json({}), headers: { cookie: `${SESSION_COOKIE}=x` } }],
    ["an account's Authorization", { ...json({}), headers: { authorization: "Bearer x" } }],
    ["a field too many", json({ account: "x" })],
    ["a list", json(["x"])],
    ["nothing at all", {}],
    ["no JSON", { ...json({}), payload: "{" }],
    ["JSON of another encoding", { ...json({}), payload: Buffer.from("{}", "utf16le") }],
    [
      "a form",
      { payload: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    ["a megabyte", { ...json({}), payload: `{}${" ".repeat(1024 * 1024)}` }],
    ["JSON that would change every object", { ...json({}), payload: '{"__proto__": {"a": 1}}' }],
  ])("%s", async (_, request) => {
    const response = await app.inject({ method: "POST", url: CHALLENGES, ...request });
    expect([response.statusCode, response.rawPayload.length]).toEqual([400, 1024]);
    expect(response.json()).toMatchObject({ refusal: { type: "BadInput" } });
  });
});

function json(body: unknown) {
  return {
    payload: padJson(JSON.stringify(body)),
    headers: { "content-type": "application/json" },
  };
}
