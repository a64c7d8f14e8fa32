/**
 * The typed client of the named and public API. Every failure is a refusal with a type, also a network
 * that drops in the middle. Nameless requests have a client of their own, in nameless.ts.
 */
import * as v from "valibot";
import type {
  AnswerOf,
  BodyInputOf,
  KnowingRoute,
  ParamsOf,
  QueryOf,
  RefusalOf,
  WireRefusal,
} from "../contract.ts";
import { patienceMs, SLOWEST_LINE, type Pace } from "../pace.ts";
import { refuse, ok, type Result } from "../result.ts";
import { hearServerTime } from "./clock.ts";
import { routeAddress, type AddressInput } from "./route-address.ts";

export type CallRefusal<R> = WireRefusal<RefusalOf<R> | "Offline">;

type Given<Name extends string, Value> = [Value] extends [undefined]
  ? { [_ in Name]?: never }
  : { [_ in Name]: Value };
/** Numbers and text alike go into an address as text. */
type AsTyped<Query> = Query extends undefined
  ? undefined
  : { [_ in keyof Query]: Query[_] | string };
export type CallInput<R> = Given<"params", ParamsOf<R>> &
  Given<"query", AsTyped<QueryOf<R>>> &
  Given<"body", BodyInputOf<R>> & { readonly signal?: AbortSignal };

const PACE: Pace = { baseMs: 20_000, bytesPerSecond: SLOWEST_LINE };

export const call = <R extends KnowingRoute>(
  route: R,
  input: CallInput<R>,
): Promise<Result<AnswerOf<R>, CallRefusal<R>>> => callAtPace(PACE, route, input);

/** Gives up by the size of what is sent, and once its beginning is there, of what is answered. */
export async function callAtPace<R extends KnowingRoute>(
  pace: Pace,
  route: R,
  input: CallInput<R>,
): Promise<Result<AnswerOf<R>, CallRefusal<R>>> {
  const { body, signal, ...address } = input as AddressInput & {
    body?: unknown;
    signal?: AbortSignal;
  };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const timeOut = new AbortController();
  const giveUpAfter = (bytes: number) => setTimeout(() => timeOut.abort(), patienceMs(pace, bytes));
  let timer = giveUpAfter(text?.length ?? 0);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(routeAddress(route, address), {
      method: route.method,
      credentials: "same-origin",
      referrerPolicy: "no-referrer",
      signal: signal ? AbortSignal.any([signal, timeOut.signal]) : timeOut.signal,
      ...(text === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: text }),
    });
    hearServerTime(response.headers.get("date"));
    clearTimeout(timer);
    timer = giveUpAfter(Number(response.headers.get("content-length") ?? 0));
    answer = await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    return refuse({ type: "Offline" });
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) {
    const refusal = (answer as { refusal?: WireRefusal }).refusal;
    for (const listener of refusalListeners) listener(refusal?.type ?? "");
    return refuse((refusal ?? { type: "SomethingWentWrong" }) as CallRefusal<R>);
  }
  const parsed = v.safeParse(route.answer, answer);
  if (!parsed.success) return refuse({ type: "SomethingWentWrong" } as CallRefusal<R>);
  return ok(parsed.output as AnswerOf<R>);
}

const refusalListeners = new Set<(type: string) => void>();

/** Lets the shell notice that the session ended, wherever that came up. */
export function onRefusal(listener: (type: string) => void): () => void {
  refusalListeners.add(listener);
  return () => refusalListeners.delete(listener);
}
