/** What was filled in, in the open safe. */
import { useMemo } from "react";
import { useCollection } from "#vault/web/safe-context.tsx";
import { isFinishedInstrument, type FinishedInstrument } from "../finished-instrument.ts";

export const INSTRUMENTS = "instruments";

export const draftKeyOf = (instrument: string): string => `instrument/${instrument}`;

export interface KeptInstrument extends FinishedInstrument {
  readonly id: string;
}

/** Newest first, of all instruments. */
export function useKeptInstruments(): readonly KeptInstrument[] {
  const records = useCollection(INSTRUMENTS);
  return useMemo(
    () =>
      records
        .flatMap(({ id, content }) => (isFinishedInstrument(content) ? [{ ...content, id }] : []))
        .toSorted((a, b) => (a.on === b.on ? b.nth - a.nth : a.on < b.on ? 1 : -1)),
    [records],
  );
}
