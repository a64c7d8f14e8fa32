import fastifyCookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import * as v from "valibot";
import { afterEach, describe, expect, test } from "vitest";
import { route, type AnyRoute } from "../contract.ts";
import { paddedSize, padJson } from "../padding.ts";
import { ok, refuse } from "../result.ts";
import { isNamelessRequest, mount, sendRefusal, SESSION_COOKIE, type Handler } from "./http.ts";
import { makeLimits } from "./limits.ts";
import { makeLog } from "./log.ts";

const say = route({
  name: "say",
  about: "For a test.",
  method: "POST",
  path: "/api/nameless/say",
  zone: "nameless",
  who: "anyone",
  body: v.strictObject({ word: v.string() }),
  answer: v.strictObject({ said: v.string() }),
  refusals: { AlreadySpent: 409 },
  perMinute: 100,
});

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function serving(handler: Handler<typeof say>, declared: AnyRoute = say) {
  const clock = { at: 0, now: () => clock.at };
  const lines: string[] = [];
  const log = makeLog({ level: "debug", write: (line) => lines.push(line), now: clock.now });
  const app = Fastify({ trustProxy: "127.0.0.1" });
  apps.push(app);
  await app.register(fastifyCookie);
  app.setErrorHandler((error, _request, reply) =>
    (error as { statusCode?: number }).statusCode === 413
      ? sendRefusal(reply, 413, { type: "TooLarge" })
      : sendRefusal(reply, 400, { type: "BadInput" }),
  );
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, 404, { type: "NotFound" }));
  const identified: string[] = [];
  const mounting = {
    app,
    limits: makeLimits(clock),
    identify: (token: string) => {
      identified.push(token);
      return Promise.resolve(null);
    },
    defect: log.defect,
    mounted: [],
  };
  mount(mounting, declared as typeof say, handler);
  const ask = ({ from, body, ...rest }: Asked = {}) =>
    app.inject({
      method: "POST",
      url: rest.url ?? "/api/nameless/say",
      payload: body ?? padJson(JSON.stringify({ word: "hello" })),
      headers: {
        "content-type": "application/json",
        ...(from === undefined ? {} : { "x-forwarded-for": from }),
        ...rest.headers,
      },
    });
  return { ask, app, lines, log, clock, identified, mounting };
}

interface Asked {
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly from?: string;
  readonly url?: string;
}

const echo: Handler<typeof say> = ({ body }) => Promise.resolve(ok({ said: body.word }));

describe("who brings something to know them by is refused", () => {
  test.each<[string, Record<string, string>]>([
    ["our cookie", { cookie: `${SESSION_COOKIE}=abc` }],
    ["our cookie without a value", { cookie: `${SESSION_COOKIE}=` }],
    ["our cookie's bare name", { cookie: SESSION_COOKIE }],
    ["our cookie in other letters", { cookie: "__secure-CALLROOM=abc" }],
    ["our cookie among others", { cookie: `theirs=1; ${SESSION_COOKIE}=abc; more=2` }],
    ["a cookie that an older or a newer Callroom may have set", { cookie: "callroom-device=1" }],
    ["an Authorization", { authorization: "Bearer x" }],
    ["an empty Authorization", { authorization: "" }],
  ])("%s", async (_, headers) => {
    const { ask, lines, identified } = await serving(echo);
    const response = await ask({ headers });
    expect([response.statusCode, response.json()]).toEqual([
      400,
      { refusal: { type: "BadInput" } },
    ]);
    expect([identified, lines]).toEqual([[], []]);
  });

  test("but a cookie of a proxy before us is nobody's, and is not even read", async () => {
    const { ask, identified } = await serving(echo);
    expect((await ask({ headers: { cookie: "balancer=3" } })).statusCode).toBe(200);
    expect(identified).toEqual([]);
  });
});

describe("every answer has one of a few sizes and the same headers", () => {
  test.each([
    [0, 1],
    [900, 1],
    [1100, 4],
    [5_000, 16],
    [17_000, 64],
    [70_000, 256],
    [270_000, 512],
  ])("an answer of %i letters goes out in %i KiB", async (letters, kib) => {
    const { ask } = await serving(() => Promise.resolve(ok({ said: "x".repeat(letters) })));
    const response = await ask();
    expect(response.rawPayload.length).toBe(kib * 1024);
    expect(response.headers["content-length"]).toBe(String(kib * 1024));
    expect((response.json() as { said: string }).said).toHaveLength(letters);
  });

  test("letters of several bytes are counted as such", async () => {
    const { ask } = await serving(() => Promise.resolve(ok({ said: "ö".repeat(600) })));
    expect((await ask()).rawPayload.length).toBe(4096);
  });

  test("refusals of every kind are as long as a short answer, and differ in nothing but the status", async () => {
    const { ask } = await serving(({ body }) => {
      if (body.word === "defect") throw new Error("defect");
      return Promise.resolve(
        body.word === "spent" ? refuse({ type: "AlreadySpent" }) : ok({ said: "done" }),
      );
    });
    const json = (body: unknown) => ({ body: padJson(JSON.stringify(body)) });
    const answers = [
      [200, await ask(json({ word: "fine" }))],
      [409, await ask(json({ word: "spent" }))],
      [400, await ask(json({ other: 1 }))],
      [400, await ask({ body: "not JSON" })],
      [400, await ask({ headers: { authorization: "Bearer x" } })],
      [413, await ask(json({ word: "x".repeat(20_000) }))],
      [404, await ask({ url: "/api/nameless/other" })],
      [404, await ask({ headers: { "sec-fetch-site": "cross-site" } })],
      [500, await ask(json({ word: "defect" }))],
    ] as const;
    for (const [status, response] of answers) {
      expect([response.statusCode, response.rawPayload.length]).toEqual([status, 1024]);
      // `connection` ends where the body could not be read.
      const { date: _, connection: __, ...headers } = response.headers;
      expect(headers).toEqual({
        "cache-control": "no-store, no-transform",
        "content-length": "1024",
        "content-type": "application/json; charset=utf-8",
      });
    }
  });

  test("too often is said in the body alone", async () => {
    const { ask } = await serving(echo, { ...say, perMinute: 1 });
    await ask();
    const response = await ask();
    expect([response.statusCode, response.rawPayload.length]).toEqual([429, 1024]);
    expect(response.headers["retry-after"]).toBeUndefined();
    expect(response.json()).toEqual({ refusal: { type: "TooMany", detail: { seconds: 60 } } });
  });

  test("a body that was filled up to the size above its limit is taken", async () => {
    const small = { ...say, bodyLimit: 2000 };
    const { ask } = await serving(echo, small);
    const body = padJson(JSON.stringify({ word: "x".repeat(1900) }));
    expect(body).toHaveLength(4096);
    expect((await ask({ body })).statusCode).toBe(200);
    expect((await ask({ body: `${body} ` })).statusCode).toBe(413);
  });
});

test("a defect leaves neither its number nor a word, and no line but with the day's", async () => {
  const { ask, lines, log } = await serving(() => {
    throw new TypeError("canary");
  });
  const response = await ask();
  expect(response.json()).toEqual({ refusal: { type: "SomethingWentWrong" } });
  expect(lines).toEqual([]);
  log.flush();
  expect(lines.join()).toContain('"where":"say"');
  expect(lines.join()).not.toContain("canary");
});

test("a route with a caller, an ETag, another type or a path elsewhere can't be nameless, nor the other way round", async () => {
  const { mounting } = await serving(echo);
  for (const wrong of [
    { who: "member" },
    { cacheable: true },
    { contentType: "text/calendar" },
    { path: "/api/named/say" },
    { zone: "named" },
    { zone: "public" },
  ])
    expect(() => mount(mounting, { ...say, ...wrong } as typeof say, echo)).toThrow(
      /nameless|zone/,
    );
});

test("a path spelt in another way is as nameless", async () => {
  const { app, ask } = await serving(echo);
  const seen: boolean[] = [];
  app.addHook("onResponse", (request, _reply, done) => {
    seen.push(isNamelessRequest(request));
    done();
  });
  const response = await ask({ url: "/api/%6eameless/say" });
  expect([response.statusCode, response.rawPayload.length, seen]).toEqual([200, 1024, [true]]);
});

describe("limits", () => {
  const few = { ...say, perMinute: 3 };
  /** Proves a pseudonym where the word is one; two requests a minute each. */
  const proving: Handler<typeof say> = ({ body, takeTurn }) => {
    if (body.word === "no proof") return Promise.resolve(refuse({ type: "AlreadySpent" }));
    const seconds = takeTurn(body.word, 2);
    return Promise.resolve(
      seconds > 0 ? refuse({ type: "TooMany", detail: { seconds } }) : ok({ said: "done" }),
    );
  };
  const hospital = "192.0.2.7";

  test("doctors of one hospital who prove who they are don't use up its address", async () => {
    const { ask } = await serving(proving, few);
    for (let doctor = 0; doctor < 20; doctor++) {
      const body = JSON.stringify({ word: `pseudonym ${doctor}` });
      expect((await ask({ from: hospital, body })).statusCode).toBe(200);
    }
  });

  test("one of them is slowed down alone, wherever the requests come from", async () => {
    const { ask } = await serving(proving, few);
    const body = JSON.stringify({ word: "pseudonym" });
    const statuses = [];
    for (const from of [hospital, "198.51.100.1", "203.0.113.1"])
      statuses.push((await ask({ from, body })).statusCode);
    expect(statuses).toEqual([200, 200, 429]);
    const other = JSON.stringify({ word: "another" });
    expect((await ask({ from: hospital, body: other })).statusCode).toBe(200);
  });

  test("who proves nothing is counted by network", async () => {
    const { ask } = await serving(proving, few);
    const statuses = [];
    for (let i = 0; i < 4; i++)
      statuses.push(
        (await ask({ from: hospital, body: JSON.stringify({ word: "no proof" }) })).statusCode,
      );
    expect(statuses).toEqual([409, 409, 409, 429]);
  });
});

test("the sizes are few, and fit what they are for", () => {
  expect([0, 1, 1024, 1025, 4097, 16_385, 65_537, 262_145].map(paddedSize)).toEqual([
    1024, 1024, 1024, 4096, 16_384, 65_536, 262_144, 524_288,
  ]);
});
