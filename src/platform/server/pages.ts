/**
 * Serves the built web app: hashed files for a year, the page itself never from a cache, all packed when the
 * app was built, and the headers that let nothing but our own, unaltered scripts run.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendRefusal } from "./http.ts";

interface Build {
  /** CSP sources of the scripts in the page itself, `sha256-…`. */
  readonly inlineHashes: readonly string[];
}

export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const build = JSON.parse(await readFile(join(folder, "csp.json"), "utf8")) as Build;
  const page = await readPage(join(folder, "index.html"));
  const policy = contentSecurityPolicy(build.inlineHashes);

  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    serveDotFiles: false,
    cacheControl: false,
    globIgnore: ["index.html*", "csp.json", "**/*.map"],
    setHeaders: (reply, path) => {
      const worker = /-worker-[\w-]+\.js(\.\w+)?$/.test(path);
      void reply.header(
        "cache-control",
        path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      );
      if (worker || path.includes("sw.js"))
        void reply.header("content-security-policy", WORKER_POLICY);
    },
  });

  app.addHook("onSend", (_request, reply, payload, done) => {
    for (const [name, value] of Object.entries(HEADERS)) void reply.header(name, value);
    if (!reply.hasHeader("content-security-policy"))
      void reply.header("content-security-policy", policy);
    done(null, payload);
  });

  app.get("/", (request, reply) => sendPage(request, reply, page));
  // By this name the service worker keeps it; without it nothing at all would be kept for offline.
  app.get("/index.html", (request, reply) => sendPage(request, reply, page));
  app.setNotFoundHandler((request, reply) => {
    const asksForPage =
      request.method === "GET" &&
      !request.url.startsWith("/api/") &&
      !/\.\w+($|\?)/.test(request.url);
    return asksForPage
      ? sendPage(request, reply, page)
      : sendRefusal(reply, 404, { type: "NotFound" });
  });
}

interface Page {
  readonly plain: Buffer;
  /** By the name that Accept-Encoding has for it, the smallest first. */
  readonly packed: ReadonlyMap<string, Buffer>;
}

async function readPage(path: string): Promise<Page> {
  const packed = new Map<string, Buffer>();
  for (const [encoding, ending] of PACKED) {
    const bytes = await readFile(`${path}.${ending}`).catch(() => null);
    if (bytes !== null) packed.set(encoding, bytes);
  }
  return { plain: await readFile(path), packed };
}

const PACKED = [
  ["br", "br"],
  ["gzip", "gz"],
] as const;

function sendPage(request: FastifyRequest, reply: FastifyReply, { plain, packed }: Page) {
  void reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-cache")
    .header("vary", "accept-encoding");
  const accepted = acceptedEncodings(request.headers["accept-encoding"]);
  for (const [encoding, bytes] of packed)
    if (accepted.has(encoding)) return reply.header("content-encoding", encoding).send(bytes);
  return reply.send(plain);
}

/** RFC 9110, 12.5.3: `gzip;q=0` is a refusal. Who says only `*` gets the plain page. */
function acceptedEncodings(header = ""): ReadonlySet<string> {
  const parts = header.toLowerCase().split(",");
  const wanted = parts.filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part));
  return new Set(wanted.map((part) => part.split(";")[0]!.trim()));
}

function contentSecurityPolicy(inlineHashes: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...inlineHashes.map((hash) => `'${hash}'`)].join(" "),
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types app",
  ].join("; ");
}

// OPAQUE is WebAssembly: only the worker's own response may compile it, never the page.
const WORKER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

const HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "permissions-policy":
    "camera=(self), microphone=(self), geolocation=(), browsing-topics=(), interest-cohort=(), payment=(), usb=()",
  "strict-transport-security": "max-age=31536000",
  "x-robots-tag": "noindex",
};
