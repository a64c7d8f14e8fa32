/**
 * A nameless answer that never ends: text as it comes. Asked for as everything nameless is, without cookie or
 * referrer, and given up where nothing comes for longer than the server keeps silent.
 */
import type { NamelessRoute, WireRefusal } from "../contract.ts";
import { padJson } from "../padding.ts";
import { ok, refuse, type Result } from "../result.ts";
import type { CallInput, CallRefusal } from "./api.ts";
import { routeAddress, type AddressInput } from "./route-address.ts";

/** The server says something every 25 seconds at the latest. */
const SILENCE_MS = 60_000;

/** Ends with the connection, or with `signal`; it throws for neither. */
export async function streamNameless<R extends NamelessRoute>(
  route: R,
  input: CallInput<R> & { readonly signal: AbortSignal },
): Promise<Result<AsyncIterable<string>, CallRefusal<R>>> {
  const { body, signal, ...address } = input as AddressInput & {
    body?: unknown;
    signal: AbortSignal;
  };
  const ending = new AbortController();
  const end = () => ending.abort();
  let timer = setTimeout(end, SILENCE_MS);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(end, SILENCE_MS);
  };
  const over = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end);
  try {
    const response = await fetch(routeAddress(route, address), {
      method: route.method,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "error",
      signal: ending.signal,
      headers: { "content-type": "application/json" },
      body: padJson(JSON.stringify(body)),
    });
    if (response.ok && response.body !== null) return ok(pieces(response.body, heard, over));
    over();
    const { refusal } = (await response.json()) as { refusal?: WireRefusal };
    return refuse((refusal ?? { type: "SomethingWentWrong" }) as CallRefusal<R>);
  } catch {
    over();
    return refuse({ type: "Offline" });
  }
}

async function* pieces(
  body: ReadableStream<Uint8Array>,
  heard: () => void,
  done: () => void,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { value, done: isOver } = await reader.read();
      if (isOver) return;
      heard();
      yield decoder.decode(value, { stream: true });
    }
  } catch {
    // Broken off: whoever reads asks anew from where it was.
  } finally {
    done();
    void reader.cancel().catch(() => undefined);
  }
}
