/**
 * When too few fit: which single wish, let go, would bring how many. The conflict list, the own employer and
 * the need for a valid credential are never among them.
 */
import type { Price } from "../directory/coach.ts";
import { bitByConstraint } from "./constraint.ts";
import type { Judgement } from "./constraint.ts";
import type { PreparedIndex } from "./prepared-index.ts";

/** `brings`: coaches who break this constraint and no other. */
export type Relaxation =
  | { readonly constraint: "path" | "language" | "modality" | "doctor"; readonly brings: number }
  /** `hoursAWeek`: the most that one of them shares; 0 if other free hours are needed. */
  | { readonly constraint: "hours"; readonly brings: number; readonly hoursAWeek: number }
  /** `lowest`: the lowest price among them in each currency. */
  | {
      readonly constraint: "price";
      readonly brings: number;
      readonly lowest: readonly Pick<Price, "currency" | "minorUnitsPerSession">[];
    };

const plain = ["path", "language", "modality", "doctor"] as const;

/** `isPassedOver`: 1 at coaches whom an earlier round offered; they would not be brought back. */
export function relaxations(
  index: PreparedIndex,
  judgement: Judgement,
  isPassedOver: Uint8Array,
): Relaxation[] {
  const onlyBreaking = (bit: number): number[] => {
    const found: number[] = [];
    for (let at = 0; at < judgement.broken.length; at++) {
      if (judgement.broken[at] === bit && isPassedOver[at] === 0) found.push(at);
    }
    return found;
  };
  const byHours = onlyBreaking(bitByConstraint.hours);
  const byPrice = onlyBreaking(bitByConstraint.price);
  const all: Relaxation[] = [
    ...plain.map((constraint) => ({
      constraint,
      brings: onlyBreaking(bitByConstraint[constraint]).length,
    })),
    {
      constraint: "hours",
      brings: byHours.length,
      hoursAWeek: byHours.reduce(
        (most, at) => Math.max(most, judgement.sharedQuarters[at]! / 4),
        0,
      ),
    },
    {
      constraint: "price",
      brings: byPrice.length,
      lowest: lowestPrices(byPrice.map((at) => index.coaches[at]!.price)),
    },
  ];
  return all.filter(({ brings }) => brings > 0).sort((a, b) => b.brings - a.brings);
}

export function lowestPrices(
  prices: readonly Price[],
): Pick<Price, "currency" | "minorUnitsPerSession">[] {
  const lowestByCurrency = new Map<string, number>();
  for (const { currency, minorUnitsPerSession } of prices) {
    lowestByCurrency.set(
      currency,
      Math.min(minorUnitsPerSession, lowestByCurrency.get(currency) ?? Infinity),
    );
  }
  return [...lowestByCurrency]
    .map(([currency, minorUnitsPerSession]) => ({ currency, minorUnitsPerSession }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
