/**
 * Coming in: a badge admits its pseudonym once, and on every visit shows that it is the same one. What a visit may
 * do afterwards hangs on its ticket, which nobody keeps.
 */
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { spendOnce } from "#pass/server/spend.ts";
import type { AcceptedBadge } from "#pass/server/origin.ts";
import { admission, visitCircles } from "../contract.ts";
import { bindingMessage, isSigned } from "../room/member-keys.ts";
import type { WireSeat } from "../room/wire.ts";
import { asPassTransaction, today, type CirclesDeps, type CirclesTransaction } from "./deps.ts";
import { keepPseudonym, pseudonymByKey, type PseudonymRow } from "./seat-store.ts";

const HALF_A_DAY_SECONDS = 43_200;
const TICKET = "circle visit";
const PER_MINUTE = 300;

export type VisitRefusal =
  | { readonly type: "VisitOver" }
  | { readonly type: "TooMany"; readonly detail: { readonly seconds: number } };
type AdmissionRefusal = { readonly type: "PassRefused" | "CrowdTooSmall" | "Removed" };

export function visitRoutes(mounting: Mounting, deps: CirclesDeps): void {
  const { db, clock, tickets, currentLog, challenges } = deps;

  mount(mounting, visitCircles, async ({ body }) => {
    const { seat } = body;
    const act = admission(base64urlToBytes(seat.hpkeKey)!);
    const challenge = base64urlToBytes(body.challenge)!;
    const { log, states, origin } = await currentLog();
    const shown = { showing: { challenge, act }, proof: base64urlToBytes(body.proof)! };
    const badge = base64urlToBytes(seat.badge)!;
    const accepted = origin.acceptBadge(badge, "circle-badge", today(clock), shown);
    if (!accepted.ok) return accepted;
    const { pseudonym, period } = accepted.value;
    const key = log.keys.findIndex(
      (each) => each.period.name === period.name && each.period.purpose === period.purpose,
    );
    const isBound = isSigned(
      bindingMessage(base64urlToBytes(seat.hpkeKey)!),
      base64urlToBytes(seat.binding)!,
      pseudonym,
    );
    if (!isBound) return refuse({ type: "PassRefused" });
    const admitted = await db.transaction().execute(async (within) => {
      const isFresh = await challenges.use(asPassTransaction(within), challenge);
      return isFresh
        ? admit(within, accepted.value, seat, act, states[key]?.opened === true)
        : refuse({ type: "PassRefused" } as const);
    });
    if (!admitted.ok) return admitted;
    const named = { pseudonym: bytesToBase64url(pseudonym) };
    return ok({ visit: tickets.seal(TICKET, named, HALF_A_DAY_SECONDS) });
  });
}

/** The first time, or again, or renewed by a later badge. `isCrowd`: the key's crowd has been large enough. */
export async function admit(
  within: CirclesTransaction,
  accepted: AcceptedBadge,
  seat: WireSeat,
  act: Uint8Array,
  isCrowd: boolean,
): Promise<Result<object, AdmissionRefusal>> {
  const key = Buffer.from(accepted.pseudonym);
  const known = await pseudonymByKey(within, key);
  if (known?.removed) return refuse({ type: "Removed" });
  if (!known && !accepted.mayBegin)
    return refuse({ type: isCrowd ? "PassRefused" : "CrowdTooSmall" });
  const spent = await spendOnce(asPassTransaction(within), { accepted, act }, async () => {
    await keepPseudonym(within, {
      key,
      badge: Buffer.from(base64urlToBytes(seat.badge)!),
      hpke_key: Buffer.from(base64urlToBytes(seat.hpkeKey)!),
      binding: Buffer.from(base64urlToBytes(seat.binding)!),
      begins_until: accepted.period.beginsUntil,
      ends_on: accepted.period.endsOn,
    });
    return {};
  });
  return spent.ok ? spent : refuse({ type: "PassRefused" });
}

/** What a handler is given of a request that brings a visit. */
export interface Visiting {
  readonly body: { readonly visit: string };
  readonly takeTurn: (key: string, perMinute: number) => number;
}

/** Whose visit it is. */
export async function visitorOf(
  deps: CirclesDeps,
  request: Visiting,
): Promise<Result<PseudonymRow, VisitRefusal>> {
  const ticket = ticketOf(deps, request);
  return ticket.ok ? admittedNow(deps, ticket.value.pseudonym) : ticket;
}

/** Who holds a ticket; whether they are still let in is the database's to say. */
export interface TicketHolder {
  readonly pseudonym: Buffer;
  /** The same as base64url. */
  readonly name: string;
}

/** Limits count by the pseudonym from here on (rule 14). */
export function ticketOf(
  { tickets }: CirclesDeps,
  { body, takeTurn }: Visiting,
): Result<TicketHolder, VisitRefusal> {
  const opened = tickets.open<{ readonly pseudonym?: unknown }>(TICKET, body.visit);
  const name = opened?.pseudonym;
  if (typeof name !== "string") return refuse({ type: "VisitOver" });
  const seconds = takeTurn(name, PER_MINUTE);
  if (seconds > 0) return refuse({ type: "TooMany", detail: { seconds } });
  return ok({ pseudonym: Buffer.from(name, "base64url"), name });
}

export async function admittedNow(
  { db, clock }: CirclesDeps,
  pseudonym: Buffer,
): Promise<Result<PseudonymRow, VisitRefusal>> {
  const row = await pseudonymByKey(db, pseudonym);
  if (!row || row.removed || row.ends_on < today(clock)) return refuse({ type: "VisitOver" });
  return ok(row);
}
