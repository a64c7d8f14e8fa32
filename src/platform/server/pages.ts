/**
 * Serves the built web app: hashed files for a year, the page itself never from a cache, and the headers
 * that let nothing but our own, unaltered scripts run.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { sendRefusal } from "./http.ts";

interface Build {
  /** CSP source of the import map, `sha256-…`. */
  readonly importMapHash: string;
}

export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const build = JSON.parse(await readFile(join(folder, "csp.json"), "utf8")) as Build;
  const page = await readFile(join(folder, "index.html"), "utf8");
  const policy = contentSecurityPolicy(build.importMapHash);

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

  const sendPage = (reply: FastifyReply) =>
    reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page);
  app.get("/", (_request, reply) => sendPage(reply));
  // By this name the service worker keeps it; without it nothing at all would be kept for offline.
  app.get("/index.html", (_request, reply) => sendPage(reply));
  app.setNotFoundHandler((request, reply) => {
    const asksForPage =
      request.method === "GET" &&
      !request.url.startsWith("/api/") &&
      !/\.\w+($|\?)/.test(request.url);
    return asksForPage ? sendPage(reply) : sendRefusal(reply, 404, { type: "NotFound" });
  });
}

function contentSecurityPolicy(importMapHash: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' '${importMapHash}'`,
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
    "camera=(), microphone=(), geolocation=(), browsing-topics=(), interest-cohort=(), payment=(), usb=()",
  "strict-transport-security": "max-age=31536000",
  "x-robots-tag": "noindex",
};
