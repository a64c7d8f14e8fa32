/**
 * Server-sent events (WHATWG HTML, section 9.2): an answer that stays open and is written on. A reader that can't
 * keep up is let go; it comes again and says where it was.
 */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyReply } from "fastify";

export const EVENT_STREAM = "text/event-stream";

/** Somebody's open connection. */
export interface Sink {
  /** UTF-8. False where the reader is gone, or so far behind that it had better come again. */
  readonly write: (events: Uint8Array) => boolean;
  readonly end: () => void;
}

/** What a handler answers with: it is given where to write, and gives what to do when the connection has ended. */
export type Following = (sink: Sink) => () => void;

const MOST_UNREAD_BYTES = 256 * 1024;

export function openEventStream(reply: FastifyReply, following: Following): void {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) raw.setHeader(name, value);
  // The answer ends with its connection (RFC 9112, section 6.3): without chunks, one event is the same bytes for
  // everybody.
  raw.removeHeader("transfer-encoding");
  raw.writeHead(200, {
    "content-type": EVENT_STREAM,
    "cache-control": "no-store, no-transform",
    connection: "close",
    // A proxy that waits for more would keep everybody waiting.
    "x-accel-buffering": "no",
  });
  raw.flushHeaders();
  const over = following(new OpenAnswer(raw));
  if (raw.destroyed) over();
  else raw.on("close", over);
}

class OpenAnswer implements Sink {
  readonly #answer: ServerResponse;
  readonly #socket: Socket;

  constructor(answer: ServerResponse) {
    this.#answer = answer;
    this.#socket = answer.socket!;
  }

  /** Past the answer's own `write`, which would hold each event back until the next tick. */
  write(events: Uint8Array): boolean {
    const socket = this.#socket;
    if (this.#answer.writableEnded || socket.destroyed || socket.writableLength > MOST_UNREAD_BYTES)
      return false;
    socket.write(events);
    return true;
  }

  end(): void {
    this.#answer.end();
  }
}
