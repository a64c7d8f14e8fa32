/** The latest finding in the open safe, and the picks that are being made on this device. */
import { useMemo } from "react";
import { useCollection, useDraft, type Draft } from "#vault/web/safe-context.tsx";
import { latestFinding, type KeptFinding } from "../kept-finding.ts";

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

export function useFinding(): KeptFinding | null {
  const records = useCollection(FINDINGS);
  return useMemo(() => latestFinding(records.map(({ content }) => content)), [records]);
}
