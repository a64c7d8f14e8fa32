/** Who sits where, as the database says at this moment, and whether they may do there what they ask for. */
import { ok, refuse, type Result } from "#platform/result.ts";
import type { CirclesDeps } from "./deps.ts";
import { maySpeak } from "./policy.ts";
import { placeOf, type PlaceRow } from "./seat-store.ts";
import { admittedNow, ticketOf, type VisitRefusal, type Visiting } from "./visits.ts";

interface Seated {
  readonly circle: string;
  readonly pseudonym: Buffer;
}
type SeatRefusal = { readonly type: "NoSeat" };

/** The visitor's seat, if they may speak in its circle. */
export async function seatOf(
  deps: CirclesDeps,
  request: Visiting,
  may: (place: PlaceRow) => boolean = maySpeak,
): Promise<Result<Seated, VisitRefusal | SeatRefusal>> {
  const ticket = ticketOf(deps, request);
  return ticket.ok ? seatNow(deps, ticket.value.pseudonym, may) : ticket;
}

/** The same, of a visitor whose turn was taken already. */
export async function seatNow(
  deps: CirclesDeps,
  pseudonym: Buffer,
  may: (place: PlaceRow) => boolean = maySpeak,
): Promise<Result<Seated, VisitRefusal | SeatRefusal>> {
  const visitor = await admittedNow(deps, pseudonym);
  if (!visitor.ok) return visitor;
  const place = await placeOf(deps.db, pseudonym);
  return place && may(place)
    ? ok({ circle: place.circle, pseudonym })
    : refuse({ type: "NoSeat" } as const);
}
