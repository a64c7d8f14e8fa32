import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hangUpOnSlowBodies } from "./slow-bodies.ts";

/** Nothing sent: 300 ms. A kilobyte more: 200 ms more. */
const PACE = { baseMs: 300, bytesPerSecond: 5000 };

let app: FastifyInstance;
let port: number;
const sockets: Socket[] = [];
beforeEach(async () => {
  app = Fastify({ bodyLimit: 1000 });
  hangUpOnSlowBodies(app, PACE);
  app.get("/slow", async () => {
    await sleep(700);
    return { said: "read" };
  });
  app.post("/small", () => ({ said: "small" }));
  app.post("/large", { bodyLimit: 20_000 }, () => ({ said: "large" }));
  app.post("/thinking", async () => {
    await sleep(700);
    return { said: "thought" };
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  ({ port } = app.server.address() as { port: number });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

/** Sends a body of so many bytes in ten parts over so many milliseconds; what came back, "" where it was hung up. */
async function send(path: string, bytes: number, ms: number, told: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  let heard = "";
  socket.on("data", (chunk: Buffer) => (heard += chunk.toString())).on("error", () => undefined);
  const closed = once(socket, "close");
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n${told}\r\n\r\n`,
  );
  const body = `"${"A".repeat(bytes - 2)}"`;
  const isChunked = told.startsWith("Transfer-Encoding");
  for (let part = 0; part < 10; part++) {
    await sleep(ms / 10);
    const text = body.slice((part * bytes) / 10, ((part + 1) * bytes) / 10);
    socket.write(isChunked ? `${text.length.toString(16)}\r\n${text}\r\n` : text);
  }
  if (isChunked) socket.write("0\r\n\r\n");
  await closed;
  return heard.split("\r\n\r\n").at(-1)!;
}
const length = (bytes: number) => `Content-Length: ${bytes}`;

test("a body has time by its size: a large one on a slow line arrives", async () => {
  expect(await send("/large", 20_000, 1200, length(20_000))).toContain("large");
});

test("a small one that dawdles is hung up on, on a route for large ones too, and where there is none", async () => {
  expect(await send("/small", 100, 1200, length(100))).toBe("");
  expect(await send("/large", 100, 1200, length(100))).toBe("");
  expect(await send("/nowhere", 100, 1200, length(100))).toBe("");
});

test("who doesn't say how much is coming has the time of what the route lets in", async () => {
  expect(await send("/large", 20_000, 1200, "Transfer-Encoding: chunked")).toContain("large");
  expect(await send("/small", 100, 1200, "Transfer-Encoding: chunked")).toBe("");
});

test("what takes its time on the server is nobody's slow body", async () => {
  expect(await send("/thinking", 100, 0, length(100))).toContain("thought");
  const response = await fetch(`http://127.0.0.1:${port}/slow`);
  expect(await response.json()).toEqual({ said: "read" });
});

test("a route that lets in more than could arrive in time is found when Callroom starts", () => {
  const bodyLimit = 300 * PACE.bytesPerSecond;
  const other = Fastify();
  hangUpOnSlowBodies(other, PACE);
  expect(() => other.post("/vast", { bodyLimit }, () => "")).toThrow("/vast");
});
