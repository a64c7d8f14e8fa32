/** A visit: the badge is shown on a fresh challenge, and what follows hangs on the ticket, until it ends. */
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import type { AnswerOf, NamelessRoute } from "#platform/contract.ts";
import { ok, type Result } from "#platform/result.ts";
import type { CallInput, CallRefusal } from "#platform/web/api.ts";
import { callNameless } from "#platform/web/nameless.ts";
import { proveBadge } from "#pass/badge.ts";
import { makeChallenge } from "#pass/contract.ts";
import { parsePass } from "#pass/token.ts";
import { admission, visitCircles } from "../contract.ts";
import type { OwnSeat } from "./own-badge.ts";

type VisitRefusal = CallRefusal<typeof makeChallenge> | CallRefusal<typeof visitCircles>;
type Body<R> = CallInput<R> extends { readonly body: infer B } ? Omit<B, "visit"> : never;

export interface Visit {
  /** A ticket that counts; one that was refused meanwhile is named as `spoilt`. */
  readonly ticket: (spoilt?: string) => Promise<Result<string, VisitRefusal>>;
  /** Asks with the ticket, and once more with a new one where it had ended. */
  readonly call: <R extends NamelessRoute>(
    route: R,
    body: Body<R>,
  ) => Promise<Result<AnswerOf<R>, CallRefusal<R> | VisitRefusal>>;
}

export function makeVisit(own: OwnSeat): Visit {
  let opened: Promise<Result<string, VisitRefusal>> | null = null;

  const ticket = async (spoilt?: string) => {
    if (opened !== null) {
      const before = await opened;
      if (before.ok && before.value !== spoilt) return before;
    }
    opened = show(own);
    const shown = await opened;
    if (!shown.ok) opened = null;
    return shown;
  };

  return {
    ticket,
    call: async <R extends NamelessRoute>(route: R, body: Body<R>) => {
      const ask = (visit: string) =>
        callNameless(route, { body: { ...body, visit } } as unknown as CallInput<R>);
      const first = await ticket();
      if (!first.ok) return first;
      const asked = await ask(first.value);
      if (asked.ok || asked.refusal.type !== "VisitOver") return asked;
      const second = await ticket(first.value);
      return second.ok ? ask(second.value) : second;
    },
  };
}

async function show({ keys, seat, badge }: OwnSeat): Promise<Result<string, VisitRefusal>> {
  const made = await callNameless(makeChallenge, { body: {} });
  if (!made.ok) return made;
  const { challenge } = made.value;
  const showing = { challenge: base64urlToBytes(challenge)!, act: admission(keys.hpke.publicKey) };
  const proof = bytesToBase64url(proveBadge(keys.signing, parsePass(badge)!, showing));
  const visited = await callNameless(visitCircles, { body: { seat, challenge, proof } });
  return visited.ok ? ok(visited.value.visit) : visited;
}
