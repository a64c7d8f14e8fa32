/**
 * The load generator: keeps so many connections busy, one request at a time on each. It speaks HTTP/1.1 over
 * plain sockets, because Node's own client would take more of the machine than either server.
 */
import { once } from "node:events";
import { randomFillSync } from "node:crypto";
import { connect } from "node:net";
import type { LoadOrder, LoadResult, RequestTemplate } from "./requests.ts";

process.on("message", (order: LoadOrder) => {
  void run(order).then((result) => process.send!(result));
});

async function run(order: LoadOrder): Promise<LoadResult> {
  const latencies: number[] = [];
  const others: Record<number, number> = {};
  const texts = order.requests.map(requestText);
  const ids = freshIds();
  const start = performance.now();
  let sent = 0;
  const next = () => {
    if (performance.now() - start >= order.forMs) return null;
    const text = texts[sent++ % texts.length]!;
    return text.head + (text.tail === null ? "" : ids() + text.tail);
  };
  const heard = (status: number, ms: number) => {
    if (status === 200) latencies.push(ms);
    else others[status] = (others[status] ?? 0) + 1;
  };
  await Promise.all(
    Array.from({ length: order.connections }, () => converse(order.port, next, heard)),
  );
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: latencies.length / seconds, latencies, others };
}

/** Cut where the fresh id belongs; without one it is all head. */
function requestText({ method, path, cookie, body }: RequestTemplate) {
  const lines = [`${method} ${path} HTTP/1.1`, "host: localhost", `cookie: ${cookie}`];
  if (body !== "")
    lines.push("content-type: application/json", `content-length: ${Buffer.byteLength(body)}`);
  const [head, tail = null] = `${lines.join("\r\n")}\r\n\r\n${body}`.split("{id}");
  return { head: head!, tail };
}

function freshIds(): () => string {
  const bytes = Buffer.alloc(16 * 1024);
  let used = bytes.length;
  return () => {
    if (used === bytes.length) {
      randomFillSync(bytes);
      used = 0;
    }
    used += 16;
    return bytes.toString("base64url", used - 16, used);
  };
}

async function converse(
  port: number,
  next: () => string | null,
  heard: (status: number, ms: number) => void,
): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  let begun = 0;
  let waiting = "";
  const send = () => {
    const request = next();
    begun = performance.now();
    if (request === null) socket.end();
    else socket.write(request);
  };
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    waiting += text;
    const end = waiting.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = /\r\ncontent-length: (\d+)\r\n/i.exec(waiting)?.[1];
    if (length === undefined) throw new Error("An answer came without its length");
    if (waiting.length < end + 4 + Number(length)) return;
    heard(Number(waiting.slice(9, 12)), performance.now() - begun);
    waiting = "";
    send();
  });
  send();
  await once(socket, "close");
}
