import fastifyCookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import * as v from "valibot";
import { afterEach, expect, test } from "vitest";
import { route, type AnyRoute } from "../contract.ts";
import { ok, refuse } from "../result.ts";
import { bytesField, empty, textField } from "../wire.ts";
import { callerOf, mount, SESSION_COOKIE, type Caller, type Handler } from "./http.ts";
import { makeLimits } from "./limits.ts";
import { makeLog } from "./log.ts";

const answer = v.strictObject({ said: v.string() });
const base = {
  about: "For a test.",
  method: "POST",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ word: textField(20) }),
  answer,
  refusals: { SlotTaken: 409 },
  perMinute: 100,
} as const;
const say = route({ ...base, name: "say", path: "/api/named/say" });

const ADA: Caller = { account: "ada", session: "s1", roles: [] };
const CAT: Caller = { account: "cat", session: "s2", roles: ["coach"] };
const callersByToken = new Map([
  ["ada's", ADA],
  ["cat's", CAT],
]);

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function serving<R extends AnyRoute>(declared: R, handler: Handler<R>) {
  const clock = { at: 0, now: () => clock.at };
  const lines: string[] = [];
  const log = makeLog({ level: "debug", write: (line) => lines.push(line), now: clock.now });
  const app = Fastify({ trustProxy: "127.0.0.1" });
  apps.push(app);
  await app.register(fastifyCookie);
  const mounting = {
    app,
    limits: makeLimits(clock),
    identify: (token: string) => Promise.resolve(callersByToken.get(token) ?? null),
    defect: log.defect,
    mounted: [],
  };
  mount(mounting, declared, handler);
  const ask = (
    asked: {
      payload?: unknown;
      headers?: Record<string, string>;
      token?: string;
      from?: string;
      url?: string;
    } = {},
  ) =>
    app.inject({
      method: declared.method,
      url: asked.url ?? declared.path,
      headers: {
        ...(asked.from === undefined ? {} : { "x-forwarded-for": asked.from }),
        ...asked.headers,
      },
      ...(asked.token === undefined ? {} : { cookies: { [SESSION_COOKIE]: asked.token } }),
      ...(declared.method === "GET"
        ? {}
        : { payload: (asked.payload ?? { word: "hello" }) as object }),
    });
  return { ask, lines, clock, mounting };
}

const echo: Handler<typeof say> = ({ body }) => Promise.resolve(ok({ said: body.word }));
const refusalOf = (response: { json: () => unknown }) =>
  (response.json() as { refusal: { type: string; detail?: object } }).refusal;

// In and out --------------------------------------------------------------------------------------

test("what the schema made of the body reaches the handler, and the answer goes out unstored", async () => {
  const { ask } = await serving(say, echo);
  const response = await ask({ payload: { word: "  zoe\u0308 " } });
  expect([response.statusCode, response.json()]).toEqual([200, { said: "zoë" }]);
  expect(response.headers["cache-control"]).toBe("no-store");
});

test.each<[string, unknown, string]>([
  ["a field of another type", { word: 7 }, "word"],
  ["a field that is missing", {}, "word"],
  ["a field more", { word: "a", more: "than asked for" }, "more"],
  ["a list in place of an object", ["word"], "word"],
  ["nothing", null, ""],
])("%s is bad input, told by its field and without what was typed", async (_, payload, field) => {
  const { ask } = await serving(say, echo);
  const response = await ask({
    payload: JSON.stringify(payload),
    headers: { "content-type": "application/json" },
  });
  expect(response.statusCode).toBe(400);
  expect(refusalOf(response)).toEqual({ type: "BadInput", detail: { field } });
  expect(response.body).not.toContain("than asked for");
});

test("params and query are read by their schemas too", async () => {
  const read = route({
    ...base,
    name: "read",
    method: "GET",
    path: "/api/named/things/:id",
    params: v.strictObject({ id: bytesField(2) }),
    query: v.strictObject({ after: v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number)) }),
    body: undefined as never,
  });
  const { ask } = await serving(read, ({ params, query }) =>
    Promise.resolve(ok({ said: `${params.id} ${query.after + 1}` })),
  );
  expect((await ask({ url: "/api/named/things/AAA?after=41" })).json()).toEqual({ said: "AAA 42" });
  for (const url of [
    "/api/named/things/AAAA?after=41",
    "/api/named/things/AAA",
    "/api/named/things/AAA?after=1&after=2",
  ])
    expect([url, (await ask({ url })).statusCode]).toEqual([url, 400]);
});

test("a refusal goes out with its status, its details and nothing else", async () => {
  const { ask } = await serving(say, () =>
    Promise.resolve(refuse({ type: "SlotTaken", detail: { minute: 7 } })),
  );
  const response = await ask();
  expect(response.statusCode).toBe(409);
  expect(response.json()).toEqual({ refusal: { type: "SlotTaken", detail: { minute: 7 } } });
  expect(response.headers["cache-control"]).toBe("no-store");
});

test("a general refusal has the status that every route gives it; an undeclared one is a defect", async () => {
  const general = await serving(say, () => Promise.resolve(refuse({ type: "NotFound" })));
  expect((await general.ask()).statusCode).toBe(404);
  const undeclared = await serving(say, () =>
    Promise.resolve(refuse({ type: "Unheard" as "SlotTaken" })),
  );
  expect((await undeclared.ask()).statusCode).toBe(500);
});

test("an unknown error leaves as an incident number; the log has it without a word of the request", async () => {
  const { ask, lines } = await serving(say, ({ body }) => {
    throw new TypeError(`A message that quotes ${body.word}`);
  });
  const response = await ask({ payload: { word: "canary" }, token: "ada's" });
  expect(response.statusCode).toBe(500);
  const { type, detail } = refusalOf(response);
  expect(type).toBe("SomethingWentWrong");
  expect(detail).toEqual({ incident: expect.stringMatching(/^[0-9a-f]{10}$/) as string });
  expect(Object.keys(response.json() as object)).toEqual(["refusal"]);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ ...detail, where: "say", kind: "TypeError" });
  expect(lines[0]).not.toMatch(/canary|quotes|ada/);
  expect(response.body).not.toMatch(/canary|TypeError|at /);
});

// Who ---------------------------------------------------------------------------------------------

test.each([
  ["anyone", [200, 200, 200]],
  ["member", [401, 200, 200]],
  ["coach", [401, 404, 200]],
  ["steward", [401, 404, 404]],
] as const)(
  "a route for %s lets in whom it should; forbidden looks like absent",
  async (who, statuses) => {
    const { ask } = await serving(
      route({ ...base, name: "say", path: "/api/named/say", who }),
      echo,
    );
    const told = [await ask(), await ask({ token: "ada's" }), await ask({ token: "cat's" })];
    expect(told.map(({ statusCode }) => statusCode)).toEqual(statuses);
    for (const response of told)
      if (response.statusCode === 404)
        expect(response.json()).toEqual({ refusal: { type: "NotFound" } });
  },
);

test("nobody's token is nobody, and the input of a stranger is not even read", async () => {
  const member = route({ ...base, name: "say", path: "/api/named/say", who: "member" });
  const { ask } = await serving(member, echo);
  for (const token of ["made up", "", "ada's "])
    expect((await ask({ token, payload: { nonsense: 1 } })).statusCode).toBe(401);
});

test("a public route knows nobody, though a cookie came along", async () => {
  const open = route({ ...base, name: "say", path: "/api/public/say", zone: "public" });
  const { ask } = await serving(open, ({ caller }) =>
    Promise.resolve(ok({ said: caller?.account ?? "nobody" })),
  );
  expect((await ask({ token: "ada's" })).json()).toEqual({ said: "nobody" });
});

test("asking for a caller where there is none is a defect", () => {
  expect(() => callerOf({ caller: null })).toThrow(/without a caller/);
  expect(callerOf({ caller: ADA })).toBe(ADA);
});

test("another site's page can't write, whatever it sends along", async () => {
  const { ask } = await serving(say, echo);
  const from = async (site: string) =>
    (await ask({ token: "ada's", headers: { "sec-fetch-site": site } })).statusCode;
  expect(await from("same-origin")).toBe(200);
  for (const site of ["cross-site", "same-site", "none", "SAME-ORIGIN", ""])
    expect([site, await from(site)]).toEqual([site, 404]);
});

test("a form or a plain text of another site is not read as JSON", async () => {
  const { ask } = await serving(say, echo);
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const response = await ask({ payload: '{"word":"hello"}', headers: { "content-type": type } });
    expect([type, response.statusCode >= 400]).toEqual([type, true]);
  }
});

test("where a route takes any body, a form is let in and read by nobody; elsewhere it is refused", async () => {
  const { body: _, ...bodiless } = base;
  const end = route({ ...bodiless, name: "end", path: "/api/named/end", anyBody: true });
  const { ask } = await serving(end, () => Promise.resolve(ok({ said: "ended" })));
  const { ask: askElsewhere } = await serving(say, echo);
  for (const type of [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "x",
  ]) {
    const form = { payload: "a=b", headers: { "content-type": type } };
    expect((await ask(form)).json()).toEqual({ said: "ended" });
    expect((await askElsewhere(form)).statusCode).toBe(415);
  }
});

test("the session's cookie is set and taken away with the same rules", async () => {
  const { ask } = await serving(say, ({ body, cookies }) => {
    if (body.word === "in") cookies.set("fresh");
    else cookies.clear();
    return Promise.resolve(ok({ said: cookies.get() ?? "none" }));
  });
  const set = await ask({ payload: { word: "in" }, token: "ada's" });
  expect(set.json()).toEqual({ said: "ada's" });
  expect(set.cookies).toEqual([
    {
      name: "__Secure-callroom",
      value: "fresh",
      path: "/api/named",
      maxAge: 10_368_000,
      httpOnly: true,
      secure: true,
      sameSite: "Strict",
    },
  ]);
  const [cleared] = (await ask()).cookies;
  expect(cleared).toMatchObject({ value: "", path: "/api/named", secure: true, httpOnly: true });
  expect(cleared!.expires!.getTime()).toBe(0);
});

// Limits ------------------------------------------------------------------------------------------

test("who is signed in is counted by account, from whatever network; others by network", async () => {
  const few = route({ ...base, name: "say", path: "/api/named/say", perMinute: 2 });
  const { ask, clock } = await serving(few, echo);
  const statuses = async (asked: Parameters<typeof ask>[0][]) =>
    (await Promise.all(asked.map((each) => ask(each)))).map(({ statusCode }) => statusCode);
  expect(
    await statuses([
      { token: "ada's", from: "192.0.2.1" },
      { token: "ada's", from: "198.51.100.1" },
      { token: "ada's", from: "203.0.113.1" },
    ]),
  ).toEqual([200, 200, 429]);
  // A colleague behind the same address is not held up by her, nor is she by strangers there.
  expect(
    await statuses([
      { token: "cat's", from: "192.0.2.1" },
      { from: "192.0.2.1" },
      { from: "192.0.2.200" },
      { from: "192.0.2.77" },
      { from: "192.0.3.77" },
      { token: "made up", from: "192.0.2.5" },
    ]),
  ).toEqual([200, 200, 200, 429, 200, 429]);
  const response = await ask({ from: "192.0.2.1" });
  expect(response.headers["retry-after"]).toBe("30");
  expect(refusalOf(response)).toEqual({ type: "TooMany", detail: { seconds: 30 } });
  clock.at += 30_000;
  expect((await ask({ from: "192.0.2.1" })).statusCode).toBe(200);
});

test("the address that the handler may count by is a network's, never somebody's", async () => {
  const { ask } = await serving(say, ({ network }) => Promise.resolve(ok({ said: network })));
  expect((await ask({ from: "192.0.2.17" })).json()).toEqual({ said: "192.0.2" });
  expect((await ask({ from: "2001:db8:7:8:9::1" })).json()).toEqual({ said: "2001:db8:7" });
});

test("too large a body is refused before it is read", async () => {
  const small = route({ ...base, name: "say", path: "/api/named/say", bodyLimit: 200 });
  const { ask } = await serving(small, echo);
  expect((await ask({ payload: { word: "x".repeat(300) } })).statusCode).toBe(413);
  expect((await ask()).statusCode).toBe(200);
});

// Caching -----------------------------------------------------------------------------------------

test("a cacheable answer is not sent again to who has it", async () => {
  let said = "one";
  const cached = route({
    ...base,
    name: "read",
    method: "GET",
    path: "/api/named/read",
    body: undefined as never,
    cacheable: true,
  });
  const { ask } = await serving(cached, () => Promise.resolve(ok({ said })));
  const first = await ask();
  const tag = String(first.headers["etag"]);
  expect(first.headers["cache-control"]).toBe("private, no-cache");
  expect(first.json()).toEqual({ said: "one" });
  // A proxy that compresses makes the tag weak; a browser may know several.
  for (const known of [tag, `W/${tag}`, `"another", ${tag}`]) {
    const again = await ask({ headers: { "if-none-match": known } });
    expect([known, again.statusCode, again.body]).toEqual([known, 304, ""]);
    expect(again.headers["etag"]).toBe(tag);
  }
  for (const unknown of ['"another"', "", tag.slice(1)])
    expect((await ask({ headers: { "if-none-match": unknown } })).statusCode).toBe(200);
  said = "two";
  const changed = await ask({ headers: { "if-none-match": tag } });
  expect([changed.statusCode, changed.json()]).toEqual([200, { said: "two" }]);
});

test("an answer that is no JSON has its own type and is kept by nobody else", async () => {
  const feed = route({
    ...base,
    name: "feed",
    method: "GET",
    path: "/api/public/feed",
    zone: "public",
    body: undefined as never,
    answer: v.string(),
    contentType: "text/calendar; charset=utf-8",
  });
  const { ask } = await serving(feed, () => Promise.resolve(ok("BEGIN:VCALENDAR")));
  const response = await ask();
  expect(response.headers["content-type"]).toBe("text/calendar; charset=utf-8");
  expect(response.headers["cache-control"]).toBe("private, no-cache");
  expect(response.body).toBe("BEGIN:VCALENDAR");
});

test("every route that was mounted is told to whoever describes the API", async () => {
  const nothing = route({ ...base, name: "nothing", path: "/api/named/nothing", body: empty });
  const { mounting } = await serving(say, echo);
  mount(mounting, nothing, () => Promise.resolve(ok({ said: "" })));
  expect(mounting.mounted).toEqual([say, nothing]);
});
