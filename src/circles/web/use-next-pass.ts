/**
 * For who has left their circle: the pass that they can begin anew with, asked for by itself until there is one.
 * Without a name, under the pseudonym that left; whose the new one is, nobody can tell (`replaceBadge`).
 */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Period } from "#pass/period.ts";
import { useBadges, useWallet } from "#pass/web/wallet-context.tsx";
import { replaceBadge } from "../contract.ts";
import { useHands } from "./hands-context.ts";
import { dayOf } from "./keeping.ts";
import { badgeAfter } from "./own-badge.ts";
import type { Trouble } from "./room-log.ts";
import type { Here } from "./use-place.ts";

export type NextPass =
  | { readonly at: "asking" }
  | { readonly at: "held"; readonly period: Period }
  | { readonly at: "refused"; readonly trouble: Trouble };

export function useNextPass({ own, visit }: Pick<Here, "own" | "visit">): {
  readonly next: NextPass;
  readonly ask: () => void;
} {
  const wallet = useWallet();
  const badges = useBadges();
  const { now } = useHands();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const today = dayOf(now());
  const held = useMemo(() => badgeAfter(badges, own.bornIn, today), [badges, own, today]);
  const isMissing = held === null;

  const ask = useCallback(async () => {
    setTrouble(null);
    const replaced = await wallet.replace(own.period, today, (month, blinded) =>
      visit.call(replaceBadge, { month, blinded }),
    );
    if (!replaced.ok) setTrouble(replaced.refusal);
  }, [wallet, own, visit, today]);

  useEffect(() => {
    if (!isMissing) return;
    const again = () => void ask();
    again();
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [isMissing, ask]);

  const next: NextPass = held
    ? { at: "held", period: held.period }
    : trouble
      ? { at: "refused", trouble }
      : { at: "asking" };
  return { next, ask: () => void ask() };
}
