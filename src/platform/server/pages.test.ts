import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { servePages } from "./pages.ts";

let folder: string;
let app: FastifyInstance;

const FILES: Readonly<Record<string, string>> = {
  "index.html": "<title>Callroom</title>",
  "index.html.br": "the page as brotli",
  "index.html.gz": "the page as gzip",
  "csp.json": '{"inlineHashes":["sha256-abc","sha256-def"]}',
  "assets/index-abc123.js": "script();",
  "assets/index-abc123.js.br": "as brotli",
  "assets/index-abc123.js.map": "the source",
  "assets/opaque.worker-abc123.js": "not this form",
  "assets/opaque-worker-abc123.js": "worker();",
  "sw.js": "service();",
  ".secret": "no",
  "icon.svg": "<svg/>",
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callroom-pages-"));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await writeFile(join(folder, "../outside.txt"), "outside");
  app = Fastify();
  app.get("/api/public/thing", () => ({ thing: 1 }));
  await servePages(app, folder);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: "GET", url, headers });

test.each(["/", "/join", "/stewardship/rosters", "/today?from=mail", "/nowhere/at/all"])(
  "%s is the page, from no cache, and lets only our own unaltered scripts run",
  async (url) => {
    const response = await get(url);
    expect([response.statusCode, response.body]).toEqual([200, FILES["index.html"]]);
    expect(response.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(response.headers["cache-control"]).toBe("no-cache");
    const policy = String(response.headers["content-security-policy"]).split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'sha256-abc' 'sha256-def'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join()).not.toMatch(/unsafe|https?:|\*|blob:/);
  },
);

test("hashed files are kept for a year, others are asked for again", async () => {
  expect((await get("/assets/index-abc123.js")).headers["cache-control"]).toBe(
    "public, max-age=31536000, immutable",
  );
  for (const url of ["/sw.js", "/icon.svg"])
    expect((await get(url)).headers["cache-control"]).toBe("no-cache");
});

test("a compressed copy goes to who takes it", async () => {
  const response = await get("/assets/index-abc123.js", { "accept-encoding": "br" });
  expect([response.headers["content-encoding"], response.body]).toEqual(["br", "as brotli"]);
  expect((await get("/assets/index-abc123.js")).body).toBe("script();");
});

test.each([
  ["br", "br", "the page as brotli"],
  ["gzip, deflate, BR;q=0.9", "br", "the page as brotli"],
  ["gzip;q=0.5", "gzip", "the page as gzip"],
  ["br;q=0, gzip", "gzip", "the page as gzip"],
  ["br;q=0.0,gzip; q=0", undefined, "<title>Callroom</title>"],
  ["zstd, *", undefined, "<title>Callroom</title>"],
  ["", undefined, "<title>Callroom</title>"],
])("who takes %s gets the page in it", async (accepted, encoding, body) => {
  const response = await get("/join", { "accept-encoding": accepted });
  expect(response.body).toBe(body);
  expect(response.headers["content-encoding"]).toBe(encoding);
  expect(response.headers["content-length"]).toBe(String(body.length));
  expect(response.headers["vary"]).toBe("accept-encoding");
  expect(response.headers["content-type"]).toBe("text/html; charset=utf-8");
});

test("WebAssembly is compiled in the worker alone", async () => {
  const policyOf = async (url: string) =>
    String((await get(url)).headers["content-security-policy"]);
  expect(await policyOf("/assets/opaque-worker-abc123.js")).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  );
  for (const url of ["/", "/assets/index-abc123.js", "/icon.svg", "/api/public/thing"])
    expect(await policyOf(url)).not.toContain("wasm");
});

test("every answer, the API's too, carries the headers that keep it in its place", async () => {
  for (const url of ["/", "/assets/index-abc123.js", "/api/public/thing", "/api/nothing"])
    expect((await get(url)).headers).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "x-robots-tag": "noindex",
      "strict-transport-security": "max-age=31536000",
    });
});

test.each([
  "/assets/index-abc123.js.map",
  "/csp.json",
  "/index.html",
  "/index.html.br",
  "/.secret",
  "/wp-login.php",
  "/favicon.ico",
  "/api/nothing",
  "/api/named/vault/records/x",
  "/../outside.txt",
  "/%2e%2e/outside.txt",
  "/..%2foutside.txt",
  "/assets/..%2f..%2foutside.txt",
  "/assets/%2e%2e/csp.json",
])("%s is not here", async (url) => {
  const response = await get(url);
  expect([url, response.body.includes("outside"), response.body.includes("sha256")]).toEqual([
    url,
    false,
    false,
  ]);
  expect([url, response.statusCode >= 400 || response.body === FILES["index.html"]]).toEqual([
    url,
    true,
  ]);
  expect(response.body).not.toContain("the source");
});

test("an absent route of the API is a refusal, and nothing but reading reaches a page", async () => {
  const api = await get("/api/nothing");
  expect([api.statusCode, api.json()]).toEqual([404, { refusal: { type: "NotFound" } }]);
  for (const method of ["POST", "PUT", "DELETE"] as const) {
    const response = await app.inject({ method, url: "/join" });
    expect([method, response.statusCode]).toEqual([method, 404]);
  }
});

test("the page is there under the name by which a service worker keeps it, as fresh as under any other", async () => {
  const [named, plain] = [await get("/index.html"), await get("/")];
  expect([named.statusCode, named.body]).toEqual([200, FILES["index.html"]]);
  for (const header of ["content-type", "cache-control", "content-security-policy"])
    expect(named.headers[header]).toBe(plain.headers[header]);
});

test("a build that is replaced under a running server is served after its restart, page and policy together", async () => {
  const rebuilt = await mkdtemp(join(tmpdir(), "callroom-rebuilt-"));
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(rebuilt, name)), { recursive: true });
    await writeFile(join(rebuilt, name), text);
  };
  const serve = async () => {
    const server = Fastify();
    await servePages(server, rebuilt);
    return server;
  };
  const seen = async (server: FastifyInstance) => {
    const page = await server.inject({ method: "GET", url: "/" });
    return [page.body, /sha256-\w+/.exec(String(page.headers["content-security-policy"]))?.[0]];
  };
  await write("index.html", "old");
  await write("csp.json", '{"inlineHashes":["sha256-old"]}');
  const before = await serve();
  await write("index.html", "new");
  await write("csp.json", '{"inlineHashes":["sha256-new"]}');
  await write("assets/new-abc123.js", "script();");
  const after = await serve();
  // Half of each would be refused by every browser.
  expect(await seen(before)).toEqual(["old", "sha256-old"]);
  expect(await seen(after)).toEqual(["new", "sha256-new"]);
  const asset = await after.inject({ method: "GET", url: "/assets/new-abc123.js" });
  expect(asset.body).toBe("script();");
  await Promise.all([before.close(), after.close()]);
  await rm(rebuilt, { recursive: true });
});
