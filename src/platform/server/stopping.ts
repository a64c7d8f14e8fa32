/**
 * How a server stops: whoever is being answered is answered to the end, and nobody holds it up. Node itself closes
 * only those connections that are idle at that very moment, and would wait for the others' next request.
 */
import type { FastifyInstance } from "fastify";

/** Longer than any answer takes that somebody reads; well below what process managers grant a stop. */
const GRACE_MS = 20_000;

/** Call before the server listens. What keeps a stream open has to be ended when the stop begins. */
export function makeStop(
  app: FastifyInstance,
  { graceMs = GRACE_MS }: { readonly graceMs?: number } = {},
): () => Promise<void> {
  let isStopping = false;
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (isStopping) void reply.header("connection", "close");
    done(null, payload);
  });
  // Also of an answer whose head had gone before.
  app.addHook("onResponse", ({ raw: { socket } }, _reply, done) => {
    if (isStopping) socket.destroySoon();
    done();
  });
  return async () => {
    isStopping = true;
    const late = setTimeout(() => app.server.closeAllConnections(), graceMs);
    try {
      await app.close();
    } finally {
      clearTimeout(late);
    }
  };
}
