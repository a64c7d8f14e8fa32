/**
 * Seats in circles that have hardly begun, for whoever is left waiting: the hour and the language are the circle's,
 * and one theme at least is shared. Who wished to avoid an employer isn't offered any: the marks of those who sit
 * there are gone, so that nobody could keep the wish.
 */
import type { WaitingEntry } from "./fit.ts";

export interface OpenCircle {
  readonly id: string;
  readonly hour: number;
  readonly language: string;
  /** What at least two brought. */
  readonly themes: readonly string[];
  /** Seats left. */
  readonly free: number;
}

export interface Offer {
  readonly entry: WaitingEntry;
  readonly circle: OpenCircle;
  readonly shared: readonly string[];
}

/** Whoever shares most goes first; of two circles that fit as well the one with more room takes them. */
export function offersFor(
  waiting: readonly WaitingEntry[],
  circles: readonly OpenCircle[],
): readonly Offer[] {
  const fitting = waiting.flatMap((entry) =>
    circles.flatMap((circle) => {
      const shared = entry.themes.filter((theme) => circle.themes.includes(theme));
      const fits =
        entry.employer === null &&
        entry.language === circle.language &&
        entry.hours.includes(circle.hour) &&
        shared.length > 0;
      return fits ? [{ entry, circle, shared }] : [];
    }),
  );
  const free = new Map(circles.map((circle) => [circle.id, circle.free]));
  const offers = new Map<string, Offer>();
  for (const offer of fitting.toSorted(byFit)) {
    const left = free.get(offer.circle.id)!;
    if (left === 0 || offers.has(offer.entry.id)) continue;
    free.set(offer.circle.id, left - 1);
    offers.set(offer.entry.id, offer);
  }
  return [...offers.values()];
}

const byFit = (one: Offer, other: Offer): number =>
  other.shared.length - one.shared.length || other.circle.free - one.circle.free;
