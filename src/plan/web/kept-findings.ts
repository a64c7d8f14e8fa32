/** The finding in the open safe, and the picks that are being made on this device. */
import { useMemo } from "react";
import { useCollection, useDraft, type Draft } from "#vault/web/safe-context.tsx";
import { isKeptFinding, type KeptFinding } from "../kept-finding.ts";

export const FINDINGS = "path";

/** Picks under way. */
export interface Picking {
  readonly drivers: readonly string[];
  readonly wants: readonly string[];
  readonly care: readonly string[];
  readonly withCheckIn: boolean;
}

/** Null while nothing is being picked. */
export const usePicking = (): [Picking | null, (next: Picking | null) => void, Draft] =>
  useDraft<Picking | null>("path", null);

/** Two devices that were both without a connection may have kept one each; the later day counts. */
export function useFinding(): (KeptFinding & { readonly id: string }) | null {
  const records = useCollection(FINDINGS);
  return useMemo(
    () =>
      records
        .flatMap(({ id, content }) => (isKeptFinding(content) ? [{ ...content, id }] : []))
        .toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))[0] ?? null,
    [records],
  );
}
