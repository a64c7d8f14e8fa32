/**
 * When too few fit: which single wish, let go, would bring how many. The conflict list, the own employer and
 * the need for a valid credential are never among them.
 */
import type { Coach } from "../directory/coach.ts";
import type { Constraint } from "./constraint.ts";
import type { Amount } from "./score.ts";
import type { SharedQuarters } from "./shared-hours.ts";

/** `brings`: coaches who break this constraint and no other. */
export type Relaxation =
  | { readonly constraint: "path" | "language" | "modality" | "doctor"; readonly brings: number }
  /** `hoursAWeek`: the most that one of them shares; 0 if other free hours are needed. */
  | { readonly constraint: "hours"; readonly brings: number; readonly hoursAWeek: number }
  /** `lowest`: the lowest price among them in each currency. */
  | { readonly constraint: "price"; readonly brings: number; readonly lowest: readonly Amount[] };

const RELAXABLE = ["path", "language", "hours", "modality", "price", "doctor"] as const;

/** `nearMisses`: the coaches who break one constraint alone, by that constraint. */
export function relaxations(
  nearMisses: Readonly<Record<Constraint, readonly Coach[]>>,
  quarters: SharedQuarters,
): Relaxation[] {
  return RELAXABLE.map((constraint): Relaxation => {
    const coaches = nearMisses[constraint];
    const brings = coaches.length;
    if (constraint === "price") return { constraint, brings, lowest: lowestPrices(coaches) };
    if (constraint !== "hours") return { constraint, brings };
    const hoursAWeek = coaches.reduce((most, coach) => Math.max(most, quarters(coach) / 4), 0);
    return { constraint, brings, hoursAWeek };
  })
    .filter(({ brings }) => brings > 0)
    .sort((a, b) => b.brings - a.brings);
}

/** In each currency, in the order of their codes. */
export function lowestPrices(coaches: readonly Coach[]): Amount[] {
  const lowestByCurrency = new Map<string, number>();
  for (const { price } of coaches) {
    const known = lowestByCurrency.get(price.currency) ?? Number.POSITIVE_INFINITY;
    lowestByCurrency.set(price.currency, Math.min(price.minorUnitsPerSession, known));
  }
  return Array.from(lowestByCurrency, ([currency, minorUnitsPerSession]) => ({
    currency,
    minorUnitsPerSession,
  })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
