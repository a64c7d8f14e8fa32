/**
 * The client of the nameless API: no cookie, no referrer, nothing kept, and every body of one of a few sizes. It
 * knows nothing of the session, and the session never hears of it: not that it called, not that it was refused.
 */
import * as v from "valibot";
import type { AnswerOf, NamelessRoute, WireRefusal } from "../contract.ts";
import { padJson } from "../padding.ts";
import { ok, refuse, type Result } from "../result.ts";
import type { CallInput, CallRefusal } from "./api.ts";
import { routeAddress, type AddressInput } from "./route-address.ts";

const TIME_OUT_MS = 20_000;

export async function callNameless<R extends NamelessRoute>(
  route: R,
  input: CallInput<R>,
): Promise<Result<AnswerOf<R>, CallRefusal<R>>> {
  const { body, signal, ...address } = input as AddressInput & {
    body?: unknown;
    signal?: AbortSignal;
  };
  const timeOut = AbortSignal.timeout(TIME_OUT_MS);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(routeAddress(route, address), {
      method: route.method,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "error",
      signal: signal ? AbortSignal.any([signal, timeOut]) : timeOut,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: padJson(JSON.stringify(body)) }),
    });
    answer = await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    return refuse({ type: "Offline" });
  }
  if (!response.ok) {
    const { refusal } = answer as { refusal?: WireRefusal };
    return refuse((refusal ?? { type: "SomethingWentWrong" }) as CallRefusal<R>);
  }
  const parsed = v.safeParse(route.answer, answer);
  if (!parsed.success) return refuse({ type: "SomethingWentWrong" } as CallRefusal<R>);
  return ok(parsed.output as AnswerOf<R>);
}
