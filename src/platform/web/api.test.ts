/** The client against real servers that are slow, or stand still. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { afterEach, expect, test, vi } from "vitest";
import { route } from "../contract.ts";
import { callAtPace } from "./api.ts";

const send = route({
  name: "send",
  about: "For a test.",
  method: "POST",
  path: "/api/named/send",
  zone: "named",
  who: "anyone",
  body: v.strictObject({ sealed: v.string() }),
  answer: v.strictObject({ said: v.string() }),
  refusals: {},
  perMinute: 10,
});
/** Standing still is given up after a second; half a megabyte has a second more. */
const PACE = { baseMs: 1000, bytesPerSecond: 500_000 };
const LARGE = { body: { sealed: "A".repeat(3_000_000) } };
const SMALL = { body: { sealed: "A" } };

const closing: (() => void)[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const close of closing.splice(0)) close();
});

async function serving(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const { port } = server.address() as { port: number };
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
    fetch(`http://127.0.0.1:${port}${path}`, init),
  );
}

/** Takes two seconds of the seven that the pace allows: a slow line, but one on which it moves. */
async function readSlowly(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    await sleep(chunk.length / 1500);
  }
  return bytes;
}

async function timed<Value>(asked: Promise<Value>) {
  const began = performance.now();
  return { told: await asked, ms: performance.now() - began };
}

test("a large body that moves arrives, long after a small one would have been given up", async () => {
  await serving(async (request, response) => {
    response.end(JSON.stringify({ said: String(await readSlowly(request)) }));
  });
  const { told, ms } = await timed(callAtPace(PACE, send, LARGE));
  expect(told).toEqual({ ok: true, value: { said: String(JSON.stringify(LARGE.body).length) } });
  expect(ms).toBeGreaterThan(1.5 * PACE.baseMs);
});

test("a server that never answers is given up, and a small request does not wait for a large one's time", async () => {
  await serving((request) => request.resume());
  const { told, ms } = await timed(callAtPace(PACE, send, SMALL));
  expect(told).toEqual({ ok: false, refusal: { type: "Offline" } });
  expect(ms).toBeGreaterThan(0.9 * PACE.baseMs);
  expect(ms).toBeLessThan(5 * PACE.baseMs);
});

test("a large answer has time of its own from when it begins; one that stops in the middle is given up", async () => {
  let answer = JSON.stringify({ said: "A".repeat(3_000_000) });
  let sent = answer.length;
  await serving(async (request, response) => {
    request.resume();
    response.setHeader("content-length", answer.length);
    for (let at = 0; at < sent; at += sent / 10) {
      response.write(answer.slice(at, at + sent / 10));
      await sleep(200);
    }
    if (sent === answer.length) response.end();
  });
  const whole = await timed(callAtPace(PACE, send, SMALL));
  expect(whole.told.ok && whole.told.value.said.length).toBe(3_000_000);
  expect(whole.ms).toBeGreaterThan(1.5 * PACE.baseMs);
  answer = JSON.stringify({ said: "A".repeat(1000) });
  sent = 500;
  expect((await callAtPace(PACE, send, SMALL)).ok).toBe(false);
});

test("whoever calls it off hears that, and not that the server can't be reached", async () => {
  await serving((request) => request.resume());
  const off = new AbortController();
  const asked = callAtPace(PACE, send, { ...SMALL, signal: off.signal });
  off.abort();
  await expect(asked).rejects.toThrow();
});
