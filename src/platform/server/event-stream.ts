/**
 * Server-sent events (WHATWG HTML, section 9.2): an answer that stays open and is written on. A reader that can't
 * keep up is let go; it comes again and says where it was.
 */
import type { FastifyReply } from "fastify";

export const EVENT_STREAM = "text/event-stream";

/** Somebody's open connection. */
export interface Sink {
  /** False where the reader is gone, or so far behind that it had better come again. */
  readonly write: (text: string) => boolean;
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
  raw.writeHead(200, {
    "content-type": EVENT_STREAM,
    "cache-control": "no-store, no-transform",
    // A proxy that waits for more would keep everybody waiting.
    "x-accel-buffering": "no",
  });
  raw.flushHeaders();
  const over = following({
    write: (text) => {
      if (raw.writableEnded || raw.destroyed || raw.writableLength > MOST_UNREAD_BYTES)
        return false;
      raw.write(text);
      return true;
    },
    end: () => raw.end(),
  });
  if (raw.destroyed) over();
  else raw.on("close", over);
}
