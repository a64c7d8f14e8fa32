/**
 * The circle that somebody sat in last, kept for all their devices: so that each of them notices when it has become
 * one with another, and drops what it kept of the old one.
 */
import type { Place } from "./use-place.ts";

interface KeptSeat {
  readonly pseudonym: string;
  readonly circle: string;
}

type SeatNews =
  | { readonly is: "known" }
  /** To be kept from now on, without a word. */
  | { readonly is: "new"; readonly seat: KeptSeat }
  /** `seat` is null for whoever's pass had ended when their circle merged: nothing was kept for them. */
  | { readonly is: "merged"; readonly from: string; readonly seat: KeptSeat | null };

/** What the place that the server gives says to a device that knew `kept`. */
export function seatNews(
  kept: KeptSeat | null,
  pseudonym: string,
  place: Pick<Place, "seat" | "waiting">,
): SeatNews {
  const { seat, waiting } = place;
  const before = kept?.pseudonym === pseudonym ? kept : null;
  if (seat === null)
    return before === null || waiting !== null
      ? { is: "known" }
      : { is: "merged", from: before.circle, seat: null };
  const { circle, state, reasons } = seat;
  if (state === "offered" || before?.circle === circle) return { is: "known" };
  const now = { pseudonym, circle };
  return before !== null && reasons.merged === true
    ? { is: "merged", from: before.circle, seat: now }
    : { is: "new", seat: now };
}

/** Of what was kept, by whichever version; null for what isn't one. */
export function readKeptSeat(kept: unknown): KeptSeat | null {
  const { pseudonym, circle } = (kept ?? {}) as Partial<KeptSeat>;
  return typeof pseudonym === "string" && typeof circle === "string" ? { pseudonym, circle } : null;
}
