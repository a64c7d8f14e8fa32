/** A stop that waits for somebody who doesn't come is caught by the runner's own limit, far below Fastify's 72 s. */
import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { Readable } from "node:stream";
import Fastify, { type FastifyReply } from "fastify";
import { expect, test, vi } from "vitest";
import { openEventStream, type Sink } from "./event-stream.ts";
import { makeStop } from "./stopping.ts";

/** Keeps its connections open for the next request, as browsers and proxies do. */
const agent = new Agent({ keepAlive: true });

interface Served {
  readonly port: number;
  readonly stop: () => Promise<void>;
  /** No newcomer is taken any more. */
  readonly shut: () => Promise<unknown>;
}

async function serve(
  answer: (reply: FastifyReply) => unknown,
  rules?: { readonly graceMs: number },
): Promise<Served> {
  const app = Fastify();
  const stop = makeStop(app, rules);
  app.get("/", (_request, reply) => answer(reply));
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  return { port, stop, shut: () => vi.waitUntil(() => !app.server.listening) };
}

async function ask(port: number): Promise<IncomingMessage> {
  const asked = request({ port, host: "127.0.0.1", agent }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return answer;
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of answer) text += String(part);
  return text;
}

/** Something that happens later, when the test says so. */
function later(): { readonly comes: Promise<void>; readonly come: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { comes: promise, come: resolve };
}

test("who waits for an answer when the stop begins gets it, and then holds nobody up", async () => {
  const [asked, ready] = [later(), later()];
  const { port, stop, shut } = await serve(async () => {
    asked.come();
    await ready.comes;
    return "what was asked for";
  });
  const answer = ask(port);
  await asked.comes;
  const stopped = stop();
  await shut();
  ready.come();
  expect(await textOf(await answer)).toBe("what was asked for");
  await stopped;
});

test("an answer that has begun is read to its end", async () => {
  const body = new Readable({ read: () => undefined });
  const { port, stop, shut } = await serve((reply) => reply.send(body));
  body.push("the first half, ");
  const answer = await ask(port);
  const stopped = stop();
  await shut();
  body.push("and the second");
  body.push(null);
  expect(await textOf(answer)).toBe("the first half, and the second");
  await stopped;
});

test("who follows a stream is let go once it ends, with all that was said", async () => {
  const sinks: Sink[] = [];
  const { port, stop, shut } = await serve((reply) =>
    openEventStream(reply, (sink) => {
      sinks.push(sink);
      return () => undefined;
    }),
  );
  const answer = await ask(port);
  sinks[0]!.write(Buffer.from("data: said\n\n"));
  const stopped = stop();
  await shut();
  sinks[0]!.end();
  expect(await textOf(answer)).toBe("data: said\n\n");
  await stopped;
});

test("who doesn't read what they asked for is cut off when the time of grace is over", async () => {
  const body = Readable.from(Array.from({ length: 1000 }, () => Buffer.alloc(64 * 1024)));
  const { port, stop } = await serve((reply) => reply.send(body), { graceMs: 200 });
  const reader = connect({ port, host: "127.0.0.1" }).pause();
  reader.on("error", () => undefined).write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await once(body, "pause");
  await stop();
  reader.destroy();
});

test("who connected and asked for nothing is let go", async () => {
  const { port, stop } = await serve(() => "nothing");
  const caller = connect({ port, host: "127.0.0.1" });
  await once(caller, "connect");
  await stop();
  caller.destroy();
});
