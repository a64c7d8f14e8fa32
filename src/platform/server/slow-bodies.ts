/**
 * Hangs up on whoever sends a request's body so slowly that the connection would be held for nothing: by the size
 * of the body, never by more than its route lets in.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { patienceMs, SLOWEST_LINE, type Pace } from "../pace.ts";

const PACE: Pace = { baseMs: 30_000, bytesPerSecond: SLOWEST_LINE };

/** Node's own limit for a whole request. The largest body that any route lets in takes less. */
export const LONGEST_REQUEST_MS = 300_000;

export function hangUpOnSlowBodies(app: FastifyInstance, pace = PACE): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  app.addHook("onRoute", ({ url, bodyLimit = 0 }) => {
    if (patienceMs(pace, bodyLimit) > LONGEST_REQUEST_MS)
      throw new Error(`${url} lets in more than can arrive in time`);
  });
  app.addHook("onRequest", (request, _reply, done) => {
    if (hasBody(request)) {
      const hangUp = () => request.raw.socket.destroy();
      timers.set(request, setTimeout(hangUp, patienceMs(pace, bytesOf(request))).unref());
    }
    done();
  });
  const stop = (request: FastifyRequest) => clearTimeout(timers.get(request));
  // The first when the body has come, the others where it never does.
  app.addHook("preValidation", (request, _reply, done) => {
    stop(request);
    done();
  });
  app.addHook("onResponse", (request, _reply, done) => {
    stop(request);
    done();
  });
  app.addHook("onRequestAbort", (request, done) => {
    stop(request);
    done();
  });
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

function bytesOf({ headers, routeOptions }: FastifyRequest): number {
  const { bodyLimit } = routeOptions;
  const told = headers["content-length"];
  return told === undefined ? bodyLimit : Math.min(Number(told), bodyLimit);
}
