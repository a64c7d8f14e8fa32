/**
 * When too few fit: which single wish, let go, would bring how many. The conflict list, the own employer and
 * the need for a valid credential are never among them.
 */
import type { Coach } from "../directory/coach.ts";
import { CONSTRAINTS } from "./constraint.ts";
import type { Constraint, Tests } from "./constraint.ts";
import type { Amount } from "./score.ts";

/** `brings`: that many coaches, who break this constraint and no other. */
export type Relaxation =
  | { readonly constraint: "path" | "language" | "modality" | "doctor"; readonly brings: number }
  /** `hoursAWeek`: the most that one of them shares; 0 if other free hours are needed. */
  | { readonly constraint: "hours"; readonly brings: number; readonly hoursAWeek: number }
  /** `lowest`: the lowest price among them in each currency. */
  | { readonly constraint: "price"; readonly brings: number; readonly lowest: readonly Amount[] };

const RELAXABLE = ["path", "language", "hours", "modality", "price", "doctor"] as const;

export function relaxations(coaches: readonly Coach[], tests: Tests): Relaxation[] {
  return RELAXABLE.map((constraint) =>
    relaxation(constraint, nearMisses(coaches, constraint, tests), tests),
  )
    .filter(({ brings }) => brings > 0)
    .toSorted((a, b) => b.brings - a.brings);
}

/** The coaches who break this constraint and no other. */
function nearMisses(coaches: readonly Coach[], constraint: Constraint, { breaks }: Tests): Coach[] {
  const others = CONSTRAINTS.filter((other) => other !== constraint);
  return coaches.filter(
    (coach) => breaks[constraint](coach) && !others.some((other) => breaks[other](coach)),
  );
}

function relaxation(
  constraint: Relaxation["constraint"],
  coaches: readonly Coach[],
  { sharedQuarters }: Tests,
): Relaxation {
  const brings = coaches.length;
  switch (constraint) {
    case "price":
      return { constraint, brings, lowest: lowestPrices(coaches) };
    case "hours": {
      const hoursAWeek = coaches.map((coach) => sharedQuarters(coach) / 4);
      return { constraint, brings, hoursAWeek: Math.max(0, ...hoursAWeek) };
    }
    case "path":
    case "language":
    case "modality":
    case "doctor":
      return { constraint, brings };
  }
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
  })).toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}
